import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { kMeans } from "../../../src/segments/k-means.ts";
import { silhouette } from "../../../src/segments/silhouette.ts";
import { loadPoints } from "../../data/segment-points.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const k = 6;

const scenario: Scenario = {
  name: "silhouette.shopping",
  rivalName: "scikit-learn silhouette_score",
  data: "shopping",
  threads: 1,
  unit: "ms",
  note: "The exact mean silhouette of six clusters of all rows, 4 standardised columns; ours on one thread.",
  async prepare(data) {
    const points = await loadPoints(data);
    const { labels } = finish(kMeans(points, { k, nStarts: 1, random: createRandom(1) }));
    return {
      rows: points.nRows,
      ours: () => elapsedMs(() => finish(silhouette(points, labels))),
      rival: { module: "segments", task: "silhouette", settings: { k, threads: 2 } },
    };
  },
};

export default scenario;
