import { log } from "../core/exp-log.ts";
import { quadraticKappa } from "./kappa.ts";

/** A probability below this counts as this in the log loss, so that one sure mistake stays finite. */
export const MIN_PROBABILITY = 1e-15;

/** The likeliest class of each row of probabilities (nRows × nClasses); the first of equals. */
export function likeliestClasses(probabilities: Float64Array, nClasses: number): Int32Array {
  return new Int32Array(probabilities.length / nClasses).map((_, row) => {
    let best = 0;
    for (let c = 1; c < nClasses; c++) if (probabilities[row * nClasses + c] > probabilities[row * nClasses + best]) best = c;
    return best;
  });
}

/** Counts (nClasses × nClasses): rows are true classes, columns predicted ones. */
export function confusionMatrix(codes: Int32Array, predicted: Int32Array, nClasses: number): number[][] {
  const matrix = Array.from({ length: nClasses }, () => new Array<number>(nClasses).fill(0));
  codes.forEach((code, row) => {
    matrix[code][predicted[row]]++;
  });
  return matrix;
}

/** −mean of the log of the true class's probability, clipped to [1e-15, 1]. */
export function logLoss(codes: Int32Array, probabilities: Float64Array, nClasses: number): number {
  return mean(codes, (code, row) => -log(Math.max(probabilities[row * nClasses + code], MIN_PROBABILITY)));
}

/** Mean squared distance of the probabilities from the truth, summed over classes (Brier 1950); halved for two classes. */
export function brierScore(codes: Int32Array, probabilities: Float64Array, nClasses: number): number {
  const distance = mean(codes, (code, row) => {
    let sum = 0;
    for (let c = 0; c < nClasses; c++) sum += (probabilities[row * nClasses + c] - (c === code ? 1 : 0)) ** 2;
    return sum;
  });
  return nClasses === 2 ? distance / 2 : distance;
}

/**
 * Area under the ROC curve: how often a positive row scores above a negative one, ties counting half (Mann and
 * Whitney 1947). NaN when either kind is absent. O(n log n).
 */
export function binaryAuc(scores: Float64Array, isPositive: (row: number) => boolean): number {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a] - scores[b]);
  let nNegative = 0;
  let nPositive = 0;
  let nWins = 0;
  for (let from = 0; from < order.length; ) {
    let positives = 0;
    let to = from;
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++) if (isPositive(order[to])) positives++;
    const negatives = to - from - positives;
    nWins += positives * (nNegative + negatives / 2);
    nNegative += negatives;
    nPositive += positives;
    from = to;
  }
  return nWins / (nNegative * nPositive);
}

/** Two classes: the AUC of class 1. More: the mean over classes, each against the rest, of those that occur. */
export function aucScore(codes: Int32Array, probabilities: Float64Array, nClasses: number): number {
  const aucs: number[] = [];
  for (let c = nClasses === 2 ? 1 : 0; c < nClasses; c++) {
    const scores = new Float64Array(codes.length).map((_, row) => probabilities[row * nClasses + c]);
    const auc = binaryAuc(scores, (row) => codes[row] === c);
    if (!Number.isNaN(auc)) aucs.push(auc);
  }
  return mean(aucs, (auc) => auc);
}

/** Mean recall over the classes that occur. */
function balancedAccuracy(confusion: readonly (readonly number[])[]): number {
  const recalls = confusion.flatMap((row, c) => {
    const nTrue = row.reduce((sum, count) => sum + count, 0);
    return nTrue > 0 ? [row[c] / nTrue] : [];
  });
  return mean(recalls, (recall) => recall);
}

/** Mean of 2 tp / (2 tp + fp + fn) over the classes that occur or are predicted. */
function macroF1(confusion: readonly (readonly number[])[]): number {
  const scores = confusion.flatMap((row, c) => {
    const nTrue = row.reduce((sum, count) => sum + count, 0);
    const nPredicted = confusion.reduce((sum, other) => sum + other[c], 0);
    return nTrue + nPredicted > 0 ? [(2 * row[c]) / (nTrue + nPredicted)] : [];
  });
  return mean(scores, (score) => score);
}

/**
 * Every score of predicted probabilities (nRows × nClasses) against the true classes: accuracy, balancedAccuracy,
 * macroF1, logLoss, brier, auc, and for classes with an order kappa. All are NaN without rows; auc is NaN where a single
 * class occurs.
 */
export function classificationMetrics(
  codes: Int32Array,
  probabilities: Float64Array,
  nClasses: number,
  ranks: Int32Array | null = null,
): Record<string, number> {
  const predicted = likeliestClasses(probabilities, nClasses);
  const confusion = confusionMatrix(codes, predicted, nClasses);
  return {
    accuracy: mean(codes, (code, row) => (code === predicted[row] ? 1 : 0)),
    balancedAccuracy: balancedAccuracy(confusion),
    macroF1: macroF1(confusion),
    logLoss: logLoss(codes, probabilities, nClasses),
    brier: brierScore(codes, probabilities, nClasses),
    auc: aucScore(codes, probabilities, nClasses),
    ...(ranks ? { kappa: quadraticKappa(codes, predicted, ranks) } : {}),
  };
}

function mean(values: ArrayLike<number>, term: (value: number, at: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += term(values[i], i);
  return sum / values.length;
}
