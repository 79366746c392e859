import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { fitRandomForestOver } from "../../../src/trees/forest-over-shards.ts";
import { loadShopping } from "../../data/tables.ts";
import { openTreeThread } from "../../page/tree-thread.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const nTrees = 100;

const scenario: Scenario = {
  name: "forest.shopping",
  rivalName: "scikit-learn RandomForestClassifier(n_jobs=2)",
  data: "shopping",
  threads: 2,
  unit: "ms",
  note: "Whole fit of 100 fully grown trees (leaves of 1 row, √17 features a split), binning included and ours with the out-of-bag score; the rival has categories as ordinal codes.",
  async prepare(data) {
    const { table, task } = await loadShopping(data);
    const train = trainOnAll(table);
    const { thread, close } = openTreeThread();
    const params = { nTrees, minLeafRows: 1 };
    return {
      rows: table.nRows,
      ours: () => elapsedMs(() => finishAsync(fitRandomForestOver([thread.growTrees], train, task, params, createRandom(1)))),
      rival: {
        module: "trees",
        task: "forest",
        settings: { table: "shopping", nTrees, maxDepth: 64, minLeafRows: 1, threads: 2 },
      },
      close,
    };
  },
};

export default scenario;
