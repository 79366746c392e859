import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { fitRandomForest } from "../../../src/trees/random-forest.ts";
import { loadMillion } from "../../data/tables.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const limits = { maxDepth: 16, minLeafRows: 5 };

const scenario: Scenario = {
  name: "forest.1m.tree",
  rivalName: "scikit-learn RandomForestClassifier(n_jobs=1)",
  data: "million",
  threads: 1,
  unit: "ms",
  note: "Whole fit of a forest of one tree, ours with binning (once per forest); depth at most 16, leaves of at least 5 rows, √18 features a split on both sides.",
  async prepare(data) {
    const { table, task } = await loadMillion(data);
    const train = trainOnAll(table);
    return {
      rows: table.nRows,
      ours: () => elapsedMs(() => finish(fitRandomForest(train, task, { nTrees: 1, ...limits }, createRandom(1)))),
      rival: { module: "trees", task: "forest", settings: { table: "million", nTrees: 1, ...limits, threads: 1 } },
    };
  },
};

export default scenario;
