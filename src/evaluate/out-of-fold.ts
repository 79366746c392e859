import type { Task } from "../table/task.ts";
import type { FoldResult } from "./fold-result.ts";
import type { LearnerId } from "./learner.ts";

/** A learner's predictions for every held-out row of its folds, in table order. */
export interface OutOfFold {
  readonly learner: LearnerId;
  /** Rows of the learning table, ascending. */
  readonly rows: Int32Array;
  /** (rows × nClasses) or (rows). */
  readonly predictions: Float64Array;
}

/** Joins the folds of one learner, fitted on real rows only. */
export function joinFolds(results: readonly FoldResult[], task: Task): OutOfFold {
  return joinPredictions(results[0].learner, results, task);
}

/** Predictions of folds' held-out rows in table order. */
export function joinPredictions(
  learner: LearnerId,
  results: readonly Pick<FoldResult, "testIndex" | "predictions">[],
  task: Task,
): OutOfFold {
  const width = task.kind === "classification" ? task.classes.length : 1;
  const places = results.flatMap((result, fold) => Array.from(result.testIndex, (row, at) => ({ row, fold, at })));
  places.sort((a, b) => a.row - b.row);
  const predictions = new Float64Array(places.length * width);
  places.forEach(({ fold, at }, i) => {
    predictions.set(results[fold].predictions.subarray(at * width, (at + 1) * width), i * width);
  });
  return { learner, rows: Int32Array.from(places, ({ row }) => row), predictions };
}
