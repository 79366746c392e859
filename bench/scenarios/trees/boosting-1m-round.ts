import { createRandom } from "../../../src/core/random.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { fitGradientBoostingOver } from "../../../src/trees/boosting-over-shards.ts";
import { loadMillion } from "../../data/tables.ts";
import { openTreeThread } from "../../page/tree-thread.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const maxDepth = 6;

const scenario: Scenario = {
  name: "boosting.1m.round",
  rivalName: "XGBoost hist, 2 threads",
  data: "million",
  threads: 2,
  unit: "ms",
  note: "The second round of a model (logistic loss, depth 6): rows are binned before, on both sides.",
  async prepare(data) {
    const { table, task } = await loadMillion(data);
    const train = trainOnAll(table);
    const { thread, close } = openTreeThread();
    const params = { nRounds: 2, maxDepth, learningRate: 0.3, earlyStoppingRounds: 0 };
    return {
      rows: table.nRows,
      async ours() {
        const work = fitGradientBoostingOver([thread], train, task, params, createRandom(1));
        let event = await work.next();
        while (!event.done && event.value.done < 1) event = await work.next();
        return elapsedMs(async () => {
          while (!event.done) event = await work.next();
        });
      },
      rival: {
        module: "trees",
        task: "boosting_round",
        settings: { table: "million", maxDepth, objective: "binary:logistic", threads: 2 },
      },
      close,
    };
  },
};

export default scenario;
