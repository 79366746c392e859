import { exp, log } from "../core/exp-log.ts";
import type { Table } from "../table/table.ts";
import { classCodes, type Task, targetValues } from "../table/task.ts";

/**
 * What boosting takes off the rows, as plain data. Each margin is what one tree per round adds to; the kernels of
 * src/wasm hold the derivatives.
 */
export interface Loss {
  readonly kind: "squared-error" | "logistic" | "softmax";
  /** A value, or a class's code, per row. */
  readonly targets: Float64Array;
  /** Null where each row weighs 1. */
  readonly weights: Float64Array | null;
  /** Start of each margin, before any tree. */
  readonly baseMargins: readonly number[];
}

export function sigmoid(margin: number): number {
  return 1 / (1 + exp(-margin));
}

/** Turns the margins of one row (stride apart, from `at`) into class probabilities, in place, safe from overflow. */
export function softmaxInPlace(values: Float64Array, at: number, stride: number, nClasses: number): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < nClasses; c++) largest = Math.max(largest, values[at + c * stride]);
  let sum = 0;
  for (let c = 0; c < nClasses; c++) {
    const grown = exp(values[at + c * stride] - largest);
    values[at + c * stride] = grown;
    sum += grown;
  }
  for (let c = 0; c < nClasses; c++) values[at + c * stride] /= sum;
}

/** Starts where the loss on the first nTrainRows is least, one margin for all: the mean, the log odds, the log shares. */
function baseMargins(
  kind: Loss["kind"],
  targets: Float64Array,
  weights: Float64Array | null,
  nTrainRows: number,
  nClasses: number,
) {
  if (kind === "squared-error") return [targets.subarray(0, nTrainRows).reduce((sum, value) => sum + value, 0) / nTrainRows];
  const sizes = new Array<number>(nClasses).fill(0);
  for (let row = 0; row < nTrainRows; row++) sizes[targets[row]] += weights ? weights[row] : 1;
  // An absent class counts as half a row, so that its logarithm exists.
  const shares = sizes.map((size) => Math.max(size, 0.5) / nTrainRows);
  return kind === "logistic" ? [log(shares[1] / shares[0])] : shares.map(log);
}

/** n / (K n_c) for each class c of the first nTrainRows: with it, every class weighs the same in all. */
function classWeights(codes: Int32Array, nTrainRows: number, nClasses: number): Float64Array {
  const counts = new Array<number>(nClasses).fill(0);
  for (let row = 0; row < nTrainRows; row++) counts[codes[row]]++;
  const nPresent = counts.filter((count) => count > 0).length;
  return Float64Array.from(codes, (code) => nTrainRows / (nPresent * Math.max(1, counts[code])));
}

/** The loss of a task: squared error, logistic for two classes, softmax for more. Rows from nTrainRows on are for validation. */
export function lossOf(table: Table, task: Task, nTrainRows: number, isBalanced: boolean): Loss {
  if (task.kind === "regression") {
    const targets = targetValues(table, task);
    return {
      kind: "squared-error",
      targets,
      weights: null,
      baseMargins: baseMargins("squared-error", targets, null, nTrainRows, 0),
    };
  }
  const codes = classCodes(table, task);
  const nClasses = task.classes.length;
  const kind = nClasses === 2 ? "logistic" : "softmax";
  const targets = Float64Array.from(codes);
  const weights = isBalanced ? classWeights(codes, nTrainRows, nClasses) : null;
  return { kind, targets, weights, baseMargins: baseMargins(kind, targets, weights, nTrainRows, nClasses) };
}

function rowLoss(loss: Loss, margins: Float64Array, stride: number, row: number): number {
  const target = loss.targets[row];
  if (loss.kind === "squared-error") return (margins[row] - target) ** 2;
  if (loss.kind === "logistic") {
    const signed = target === 1 ? margins[row] : -margins[row];
    return log(1 + exp(-Math.abs(signed))) + Math.max(0, -signed);
  }
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < loss.baseMargins.length; c++) largest = Math.max(largest, margins[c * stride + row]);
  let sum = 0;
  for (let c = 0; c < loss.baseMargins.length; c++) sum += exp(margins[c * stride + row] - largest);
  return log(sum) + largest - margins[target * stride + row];
}

/** Mean log loss (nats), or root mean squared error, of rows [begin, end), weighted; margins (nMargins × stride). */
export function meanLoss(loss: Loss, margins: Float64Array, stride: number, begin: number, end: number): number {
  let sum = 0;
  let weight = 0;
  for (let row = begin; row < end; row++) {
    const own = loss.weights ? loss.weights[row] : 1;
    sum += own * rowLoss(loss, margins, stride, row);
    weight += own;
  }
  return loss.kind === "squared-error" ? Math.sqrt(sum / weight) : sum / weight;
}
