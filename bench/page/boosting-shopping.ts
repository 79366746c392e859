import { finishAsync } from "../../src/core/progress.ts";
import { createRandom } from "../../src/core/random.ts";
import { trainOnAll } from "../../src/table/split-rows.ts";
import { fitGradientBoostingOver } from "../../src/trees/boosting-over-shards.ts";
import { asOrdinalCodes, loadShopping } from "../data/tables.ts";
import type { Scenario } from "../scenario.ts";
import { elapsedMs } from "../stopwatch.ts";
import { openTreeThread } from "./tree-thread.ts";

const nRounds = 100;
const maxDepth = 6;

/** 100 rounds × 7 trees on the shopping table, categories as such or as ordinal codes on both sides. */
export function boostShopping(categories: "native" | "ordinal"): Scenario {
  const isNative = categories === "native";
  return {
    name: isNative ? "boosting.shopping.native" : "boosting.shopping",
    rivalName: `XGBoost hist${isNative ? " with native categories" : ""}, 2 threads`,
    data: "shopping",
    threads: 2,
    unit: "ms",
    note: `100 rounds of 7 trees of depth 6, no sampling, no early stopping; ${
      isNative ? "native categories" : "ordinal codes for categories"
    } on both sides; ours with binning, the rival's bins kept from the repetition before.`,
    async prepare(data) {
      const { table, task } = await loadShopping(data);
      const train = trainOnAll(isNative ? table : asOrdinalCodes(table, task));
      const { thread, close } = openTreeThread();
      const params = { nRounds, maxDepth, learningRate: 0.3, earlyStoppingRounds: 0 };
      return {
        rows: table.nRows,
        ours: () => elapsedMs(() => finishAsync(fitGradientBoostingOver([thread], train, task, params, createRandom(1)))),
        rival: {
          module: "trees",
          task: "boosting",
          settings: {
            table: isNative ? "shopping_native" : "shopping",
            nRounds,
            maxDepth,
            objective: "multi:softprob",
            threads: 2,
          },
        },
        close,
      };
    },
  };
}
