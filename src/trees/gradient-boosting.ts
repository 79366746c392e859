import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { binTable } from "./bin-mapper.ts";
import type { GradientBoostingModel } from "./boosting-model.ts";
import { BoostingRun } from "./boosting-run.ts";
import { BoostingShard } from "./boosting-shard.ts";
import type { GradientBoostingParams } from "./gradient-boosting.params.ts";
import { sigmoid, softmaxInPlace } from "./losses.ts";
import { addOutputs } from "./predict.ts";
import type { Tree } from "./tree.ts";

export type { GradientBoostingModel } from "./boosting-model.ts";

/**
 * Gradient-boosted trees (Friedman 2001) with second-order gains and shrunken leaves (Chen & Guestrin 2016), grown on
 * binned features: squared error for numbers, logistic loss for two classes, softmax with a tree per class and round for
 * more. Part of the training rows may be held back to tell when to stop. Yields before every tree.
 * O(nRounds × nMargins × nRows × nFeatures × maxDepth).
 * @throws TrendloomError parameter-invalid
 */
export function* fitGradientBoosting(
  train: TrainRows,
  task: Task,
  overrides: Partial<GradientBoostingParams>,
  random: Random,
): Work<GradientBoostingModel> {
  const run = new BoostingRun(train, task, overrides, random);
  return yield* fitAlone(run);
}

/** The fit on this thread alone. */
export function* fitAlone(run: BoostingRun): Work<GradientBoostingModel> {
  const shard = new BoostingShard(run.data);
  try {
    while (run.goesOn) {
      shard.margins.derive();
      const trees: Tree[] = [];
      for (const plan of run.planRound()) {
        yield run.progress;
        trees.push(shard.grow(plan));
      }
      run.keep(trees, shard.margins);
    }
    return run.model();
  } finally {
    shard.release();
  }
}

/** Class probabilities (nRows × nClasses), row-major, or values (nRows). */
export function predictGradientBoosting(model: GradientBoostingModel, table: Table): Float64Array {
  const binned = binTable(model.mapper, table);
  const nMargins = model.baseMargins.length;
  const margins = new Float64Array(table.nRows * nMargins).map((_, at) => model.baseMargins[at % nMargins]);
  for (const trees of model.rounds) {
    for (const [margin, tree] of trees.entries()) addOutputs(tree, binned, margins, nMargins, margin);
  }
  if (model.link === "identity") return margins;
  if (model.link === "softmax") {
    for (let row = 0; row < table.nRows; row++) softmaxInPlace(margins, row * nMargins, 1, nMargins);
    return margins;
  }
  const probabilities = new Float64Array(table.nRows * 2);
  margins.forEach((margin, row) => {
    const probability = sigmoid(margin);
    probabilities[2 * row] = 1 - probability;
    probabilities[2 * row + 1] = probability;
  });
  return probabilities;
}
