import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { fitGradientBoostingOver } from "../../../src/trees/boosting-over-shards.ts";
import { asOrdinalCodes, loadShopping } from "../../data/tables.ts";
import { openTreeThread } from "../../page/tree-thread.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const nRounds = 100;
const maxDepth = 6;

const scenario: Scenario = {
  name: "boosting.shopping",
  rivalName: "XGBoost hist, 2 threads",
  data: "shopping",
  threads: 2,
  unit: "ms",
  note: "100 rounds of 7 trees of depth 6, no sampling, no early stopping; ordinal codes for categories on both sides; ours with binning, the rival's bins kept from the repetition before.",
  async prepare(data) {
    const { table, task } = await loadShopping(data);
    const train = trainOnAll(asOrdinalCodes(table, task));
    const { thread, close } = openTreeThread();
    const params = { nRounds, maxDepth, learningRate: 0.3, earlyStoppingRounds: 0 };
    return {
      rows: table.nRows,
      ours: () => elapsedMs(() => finishAsync(fitGradientBoostingOver([thread], train, task, params, createRandom(1)))),
      rival: {
        module: "trees",
        task: "boosting",
        settings: { table: "shopping", nRounds, maxDepth, objective: "multi:softprob", threads: 2 },
      },
      close,
    };
  },
};

export default scenario;
