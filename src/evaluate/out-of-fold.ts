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
  const nRows = results.reduce((sum, { testIndex }) => sum + testIndex.length, 0);
  const rows = new Int32Array(nRows);
  let nJoined = 0;
  for (const { testIndex } of results) {
    rows.set(testIndex, nJoined);
    nJoined += testIndex.length;
  }
  rows.sort();
  const placeOf = new Int32Array((rows.at(-1) ?? -1) + 1);
  rows.forEach((row, place) => {
    placeOf[row] = place;
  });
  const predictions = new Float64Array(nRows * width);
  for (const { testIndex, predictions: own } of results) {
    for (let at = 0; at < testIndex.length; at++) {
      const place = placeOf[testIndex[at]] * width;
      for (let k = 0; k < width; k++) predictions[place + k] = own[at * width + k];
    }
  }
  return { learner, rows, predictions };
}
