import { createRandom } from "../../../src/core/random.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { fitGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import { loadMillion } from "../../data/tables.ts";
import type { Scenario } from "../../scenario.ts";
import { elapsedMs } from "../../stopwatch.ts";

const maxDepth = 6;

const scenario: Scenario = {
  name: "boosting.1m.round",
  rivalName: "XGBoost hist, 2 threads",
  data: "million",
  threads: 1,
  unit: "ms",
  note: "The second round of a model (logistic loss, depth 6): rows are binned before, on both sides.",
  async prepare(data) {
    const { table, task } = await loadMillion(data);
    const train = trainOnAll(table);
    const params = {
      nRounds: 2,
      maxDepth,
      learningRate: 0.3,
      subsample: 1,
      colsampleByTree: 1,
      minChildWeight: 1,
      earlyStoppingRounds: 0,
    };
    return {
      rows: table.nRows,
      ours() {
        const work = fitGradientBoosting(train, task, params, createRandom(1));
        let event = work.next();
        while (!event.done && event.value.done < 1) event = work.next();
        return elapsedMs(() => {
          while (!event.done) event = work.next();
        });
      },
      rival: {
        module: "trees",
        task: "boosting_round",
        settings: { table: "million", maxDepth, objective: "binary:logistic", threads: 2 },
      },
    };
  },
};

export default scenario;
