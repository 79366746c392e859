import { exp, log } from "../core/exp-log.ts";

/** No hessian falls below this (as in XGBoost), so that a sure prediction cannot stop the division. */
const MIN_HESSIAN = 1e-16;

/** A loss over margins (nMargins × nRows): each margin is what one tree per round adds to. */
export interface Loss {
  /** Start of each margin, before any tree. */
  readonly baseMargins: readonly number[];
  /** Fills first and second derivatives by each margin, (nMargins × nRows). */
  derive(margins: Float64Array, gradients: Float64Array, hessians: Float64Array): void;
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

/** ½ (margin − value)²; starts at the mean. */
export function squaredError(values: Float64Array): Loss {
  return {
    baseMargins: [values.reduce((sum, value) => sum + value, 0) / values.length],
    derive(margins, gradients, hessians) {
      for (let row = 0; row < values.length; row++) gradients[row] = margins[row] - values[row];
      hessians.fill(1);
    },
  };
}

/** Share of each class, an absent one counted as half a row so that its logarithm exists. */
function classShares(codes: Int32Array, nClasses: number): number[] {
  const counts = new Array<number>(nClasses).fill(0);
  for (const code of codes) counts[code]++;
  return counts.map((count) => Math.max(count, 0.5) / codes.length);
}

/** Log loss of two classes by the margin of class 1; starts at the log odds of the classes' shares. */
export function logistic(codes: Int32Array): Loss {
  const [share0, share1] = classShares(codes, 2);
  return {
    baseMargins: [log(share1 / share0)],
    derive(margins, gradients, hessians) {
      for (let row = 0; row < codes.length; row++) {
        const probability = sigmoid(margins[row]);
        gradients[row] = probability - codes[row];
        hessians[row] = Math.max(probability * (1 - probability), MIN_HESSIAN);
      }
    },
  };
}

/** Log loss of several classes, one margin each, with the hessian 2 p (1 − p) of XGBoost; starts at the logs of the shares. */
export function softmax(codes: Int32Array, nClasses: number): Loss {
  const nRows = codes.length;
  return {
    baseMargins: classShares(codes, nClasses).map(log),
    derive(margins, gradients, hessians) {
      gradients.set(margins);
      for (let row = 0; row < nRows; row++) softmaxInPlace(gradients, row, nRows, nClasses);
      for (let i = 0; i < gradients.length; i++) hessians[i] = Math.max(2 * gradients[i] * (1 - gradients[i]), MIN_HESSIAN);
      for (let row = 0; row < nRows; row++) gradients[codes[row] * nRows + row] -= 1;
    },
  };
}
