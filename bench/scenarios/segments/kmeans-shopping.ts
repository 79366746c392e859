import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { kMeans } from "../../../src/segments/k-means.ts";
import { loadPoints } from "../../data/segment-points.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const [minK, maxK, nStarts] = [4, 8, 10];

const scenario: Scenario = {
  name: "kmeans.shopping",
  rivalName: "scikit-learn KMeans, 2 threads",
  data: "shopping",
  threads: 1,
  unit: "ms",
  note: "10 starts for each of k = 4…8 on 4 standardised columns, k-means++ with Lloyd; ours on one thread, the rival on two.",
  async prepare(data) {
    const points = await loadPoints(data);
    return {
      rows: points.nRows,
      ours: () =>
        elapsedMs(() => {
          for (let k = minK; k <= maxK; k++) finish(kMeans(points, { k, nStarts, random: createRandom(k) }));
        }),
      rival: { module: "segments", task: "kmeans", settings: { minK, maxK, nStarts, threads: 2 } },
    };
  },
};

export default scenario;
