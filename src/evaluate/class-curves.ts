import { createRandom } from "../core/random.ts";
import { calibrationBins, calibrationError } from "../metrics/calibration.ts";
import { binaryAuc } from "../metrics/classification.ts";
import { averagePrecision, countCuts, precisionRecallLine, rocLine, thinLine } from "../metrics/curves.ts";
import { addCounts, chooseCut, countAtCuts, cutGrid } from "../metrics/thresholds.ts";
import type { Table } from "../table/table.ts";
import { type ClassificationTask, classCodes, type RegressionTask, targetValues } from "../table/task.ts";
import type { FoldResult } from "./fold-result.ts";
import type { OutOfFold } from "./out-of-fold.ts";
import type { ClassCurves, PredictedAgainstTrue, ThresholdTable } from "./predict-report.ts";

const N_POINTS = 200;
const N_CUTS = 1000;
const N_DOTS = 2000;
const MAX_BINS = 10;
/** A bin of fewer rows says little: its interval would span a third of the axis or more. */
const MIN_BIN_ROWS = 30;

function columnOf(values: Float64Array, column: number, width: number): Float64Array {
  return new Float64Array(values.length / width).map((_, row) => values[row * width + column]);
}

/** Ranking and calibration of each class against the rest, out of fold. */
export function classCurves(table: Table, task: ClassificationTask, { rows, predictions }: OutOfFold): ClassCurves[] {
  const codes = classCodes(table, task);
  const nBins = Math.max(1, Math.min(MAX_BINS, Math.floor(rows.length / MIN_BIN_ROWS)));
  return task.classes.map((value, code) => {
    const scores = columnOf(predictions, code, task.classes.length);
    const isPositive = (row: number): boolean => codes[rows[row]] === code;
    const cuts = countCuts(scores, isPositive);
    const calibration = calibrationBins(scores, isPositive, nBins);
    return {
      value,
      share: cuts.nPositive / rows.length,
      roc: thinLine(rocLine(cuts), N_POINTS),
      rocAuc: binaryAuc(scores, isPositive),
      precisionRecall: thinLine(precisionRecallLine(cuts), N_POINTS),
      averagePrecision: averagePrecision(cuts),
      calibration,
      calibrationError: calibrationError(calibration),
    };
  });
}

/** Code of the class with fewer rows; the second of equals. */
function rarerClass(codes: Int32Array): number {
  const nSecond = codes.reduce((sum, code) => sum + code, 0);
  return 2 * nSecond <= codes.length ? 1 : 0;
}

/** Cuts through the probability of the rarer of two classes; null for any other number of classes. */
export function thresholdTable(
  table: Table,
  task: ClassificationTask,
  folds: readonly FoldResult[],
  { predictions }: OutOfFold,
): ThresholdTable | null {
  if (task.classes.length !== 2) return null;
  const codes = classCodes(table, task);
  const positive = rarerClass(codes);
  const thresholds = cutGrid(columnOf(predictions, positive, 2), N_CUTS);
  const counts = folds.map((fold) =>
    countAtCuts(columnOf(fold.predictions, positive, 2), (row) => codes[fold.testIndex[row]] === positive, thresholds),
  );
  return {
    value: task.classes[positive],
    thresholds,
    ...addCounts(counts),
    folds: counts,
    chosen: chooseCut(thresholds, counts, { kind: "f1" }),
  };
}

/** Predicted and true numbers of the held-out rows, or of a seeded draw among many. */
export function predictedAgainstTrue(
  table: Table,
  task: RegressionTask,
  { rows, predictions }: OutOfFold,
  seed: number,
): PredictedAgainstTrue {
  const values = targetValues(table, task);
  const all = Int32Array.from(rows, (_, i) => i);
  const shown = rows.length <= N_DOTS ? all : createRandom(seed).split("scatter").shuffle(all).slice(0, N_DOTS).sort();
  return {
    predicted: Float64Array.from(shown, (i) => predictions[i]),
    actual: Float64Array.from(shown, (i) => values[rows[i]]),
  };
}
