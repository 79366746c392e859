import { UMAP } from "umap-js";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { sampleRows, takeMatrixRows } from "../../../src/segments/segment-matrix.ts";
import { layOutByUmap } from "../../../src/segments/umap.ts";
import { loadPoints } from "../../data/segment-points.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const [nNeighbors, minDistance, maxRows] = [15, 0.1, 1500];

const scenario: Scenario = {
  name: "umap.shopping",
  rivalName: "umap-js",
  data: "shopping",
  threads: 1,
  unit: "ms",
  note: "1,500 rows, 15 neighbours, default epochs; ours finds exact neighbours by itself and lays out with umap-js, the rival is umap-js alone.",
  async prepare(data) {
    const all = await loadPoints(data);
    const points = takeMatrixRows(all, sampleRows(all.nRows, maxRows, createRandom(1)));
    const { nRows, nColumns, values } = points;
    const rows = Array.from({ length: nRows }, (_, row) => [...values.subarray(row * nColumns, (row + 1) * nColumns)]);
    return {
      rows: nRows,
      ours: () => elapsedMs(() => finish(layOutByUmap(points, { nNeighbors, minDistance, random: createRandom(1) }))),
      rival: () => {
        const random = createRandom(1);
        const umap = new UMAP({ nComponents: 2, nNeighbors, minDist: minDistance, random: () => random.next() });
        return elapsedMs(() => umap.fit(rows));
      },
    };
  },
};

export default scenario;
