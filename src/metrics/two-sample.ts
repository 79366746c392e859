import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { splitFold } from "../table/split-rows.ts";
import { type CategoricalColumn, concatTables, type Table } from "../table/table.ts";
import { makeTask } from "../table/task.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../trees/gradient-boosting.ts";
import { binaryAuc } from "./classification.ts";

const N_FOLDS = 3;
const BOOSTING = { nRounds: 100, maxDepth: 6, learningRate: 0.3, earlyStoppingRounds: 0 } as const;
const ORIGIN = "\u0000origin";

/** The rows of both tables with a last column that says which is which. */
function labelled(real: Table, synthetic: Table): Table {
  const both = concatTables(real, synthetic);
  const codes = Int32Array.from({ length: both.nRows }, (_, row) => (row < real.nRows ? 0 : 1));
  const origin: CategoricalColumn = {
    kind: "categorical",
    name: ORIGIN,
    type: "categorical",
    codes,
    levels: ["real", "synthetic"],
  };
  return { nRows: both.nRows, columns: [...both.columns, origin] };
}

/**
 * How well boosting (100 rounds, depth 6, rate 0.3) tells generated rows from real ones it was not shown: the mean AUC over
 * three folds (classifier two-sample test, Lopez-Paz and Oquab 2017). 0.5 means not at all; far above, the rows are
 * recognisable; far below, they repeat single real rows. Use tables of equal size. Yields once per round.
 */
export function* twoSampleAuc(real: Table, synthetic: Table, random: Random): Work<number> {
  const table = labelled(real, synthetic);
  const task = makeTask(table, ORIGIN, () => "feature", N_FOLDS);
  let sum = 0;
  for (let fold = 0; fold < N_FOLDS; fold++) {
    const { train, test } = splitFold(table, ORIGIN, N_FOLDS, fold, random.split("folds"));
    const model = yield* fitGradientBoosting(train, task, BOOSTING, random.split(`fold ${fold}`));
    const probabilities = predictGradientBoosting(model, test.table);
    const { codes } = test.table.columns.at(-1) as CategoricalColumn;
    const scores = Float64Array.from(codes, (_, row) => probabilities[2 * row + 1]);
    sum += binaryAuc(scores, (row) => codes[row] === 1);
  }
  return sum / N_FOLDS;
}
