import { exp, log } from "../core/exp-log.ts";
import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { cholesky } from "./cholesky.ts";
import { kMeans } from "./k-means.ts";

export type CovarianceKind = "full" | "diagonal";

/** A mixture of k normal distributions in d dimensions. */
export interface Mixture {
  readonly covariance: CovarianceKind;
  readonly weights: Float64Array;
  /** (k × d) */
  readonly means: Matrix;
  /** For each component the lower triangular L with L Lᵀ = covariance (d × d, row-major). */
  readonly factors: readonly Float64Array[];
}

export interface MixtureFit {
  readonly mixture: Mixture;
  /** Mean log-likelihood per row. */
  readonly logLikelihood: number;
  readonly bic: number;
}

export interface MixtureParams {
  readonly k: number;
  readonly covariance: CovarianceKind;
  readonly nStarts: number;
  readonly random: Random;
  /** Added to every variance, by column: keeps a component from shrinking onto a single value. */
  readonly floor: Float64Array;
  /** Ends when an iteration raises the mean log-likelihood per row by less, or after so many iterations. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

const LOG_TWO_PI = 1.8378770664093453;
/** e to a power below this adds nothing to a sum with 1 in it. */
const NEGLIGIBLE = -40;

/** Free parameters: weights, means and covariances. */
export function countParameters(k: number, d: number, covariance: CovarianceKind): number {
  return k - 1 + k * d + k * (covariance === "full" ? (d * (d + 1)) / 2 : d);
}

/** Log density of every row under one component, plus the log of its weight. */
function logDensities(data: Matrix, mixture: Mixture, component: number, result: Float64Array): void {
  const { nRows, nColumns: d, values } = data;
  const factor = mixture.factors[component];
  const mean = mixture.means.values.subarray(component * d, (component + 1) * d);
  let constant = log(mixture.weights[component]) - (d * LOG_TWO_PI) / 2;
  for (let i = 0; i < d; i++) constant -= log(factor[i * d + i]);
  const isFull = mixture.covariance === "full";
  const solved = new Float64Array(d);
  for (let row = 0; row < nRows; row++) {
    let squared = 0;
    for (let i = 0; i < d; i++) {
      let rest = values[row * d + i] - mean[i];
      if (isFull) for (let j = 0; j < i; j++) rest -= factor[i * d + j] * solved[j];
      solved[i] = rest / factor[i * d + i];
      squared += solved[i] * solved[i];
    }
    result[row] = constant - squared / 2;
  }
}

/**
 * Expectation: the probability of each component given each row, component by component (k × nRows), into
 * `responsibilities`. Returns the mean log-likelihood per row.
 */
export function expectation(data: Matrix, mixture: Mixture, responsibilities: Matrix): number {
  const k = mixture.weights.length;
  const { nRows } = data;
  const { values } = responsibilities;
  for (let component = 0; component < k; component++)
    logDensities(data, mixture, component, values.subarray(component * nRows, (component + 1) * nRows));
  let total = 0;
  for (let row = 0; row < nRows; row++) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let at = row; at < values.length; at += nRows) highest = Math.max(highest, values[at]);
    let sum = 0;
    for (let at = row; at < values.length; at += nRows) {
      const difference = values[at] - highest;
      values[at] = difference < NEGLIGIBLE ? 0 : exp(difference);
      sum += values[at];
    }
    for (let at = row; at < values.length; at += nRows) values[at] /= sum;
    total += highest + log(sum);
  }
  return total / nRows;
}

/** One component's weighted mean and covariance factor. */
function fitComponent(
  data: Matrix,
  shares: Float64Array,
  weight: number,
  mean: Float64Array,
  params: MixtureParams,
): Float64Array {
  const { nRows, nColumns: d, values } = data;
  for (let row = 0; row < nRows; row++) {
    if (shares[row] === 0) continue;
    for (let i = 0; i < d; i++) mean[i] += shares[row] * values[row * d + i];
  }
  for (let i = 0; i < d; i++) mean[i] /= weight;
  const covariance = new Float64Array(d * d);
  const isFull = params.covariance === "full";
  const centred = new Float64Array(d);
  for (let row = 0; row < nRows; row++) {
    const share = shares[row];
    if (share === 0) continue;
    for (let i = 0; i < d; i++) centred[i] = values[row * d + i] - mean[i];
    for (let i = 0; i < d; i++) {
      const weighted = share * centred[i];
      for (let j = isFull ? 0 : i; j <= i; j++) covariance[i * d + j] += weighted * centred[j];
    }
  }
  for (let i = 0; i < covariance.length; i++) covariance[i] /= weight;
  for (let i = 0; i < d; i++) covariance[i * d + i] += params.floor[i];
  const factor = cholesky(covariance, d);
  if (factor) return factor;
  // Rounding alone can spoil a covariance with a floor; its variances are still good.
  return covariance.map((value, i) => (i % (d + 1) === 0 ? Math.sqrt(value) : 0));
}

/** Maximisation: the mixture that fits the responsibilities (k × nRows) best. */
function maximise(data: Matrix, responsibilities: Matrix, params: MixtureParams): Mixture {
  const { nRows, nColumns: d } = data;
  const means = createMatrix(params.k, d);
  const weights = new Float64Array(params.k);
  const factors = Array.from({ length: params.k }, (_, component) => {
    const shares = responsibilities.values.subarray(component * nRows, (component + 1) * nRows);
    const weight = shares.reduce((sum, share) => sum + share, 10 * Number.EPSILON);
    weights[component] = weight / nRows;
    return fitComponent(data, shares, weight, means.values.subarray(component * d, (component + 1) * d), params);
  });
  return { covariance: params.covariance, weights, means, factors };
}

/** Expectation maximisation from a labelling. Yields after each iteration. */
function* fitFrom(data: Matrix, labels: Uint8Array, params: MixtureParams): Work<MixtureFit> {
  const { k, covariance, tolerance, maxIterations } = params;
  const { nRows, nColumns: d } = data;
  const responsibilities = createMatrix(k, nRows);
  for (let row = 0; row < nRows; row++) responsibilities.values[labels[row] * nRows + row] = 1;
  let mixture = maximise(data, responsibilities, params);
  let logLikelihood = expectation(data, mixture, responsibilities);
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    yield { stage: "mixture", done: iteration, total: maxIterations, unit: "step" };
    const next = maximise(data, responsibilities, params);
    const reached = expectation(data, next, responsibilities);
    const gain = reached - logLikelihood;
    mixture = next;
    logLikelihood = reached;
    if (gain < tolerance) break;
  }
  const bic = -2 * logLikelihood * nRows + countParameters(k, d, covariance) * log(nRows);
  return { mixture, logLikelihood, bic };
}

/** Starts of the k-means that the first start begins with; it is cheap beside a mixture. */
const K_MEANS_STARTS = 4;

/**
 * The likeliest of `nStarts` Gaussian mixtures by expectation maximisation (Dempster, Laird and Rubin 1977), the first from
 * the best of several k-means, the others from one run of k-means each, with BIC = −2 log L + parameters · log nRows
 * (Schwarz 1978). Yields after each iteration. O(nStarts · iterations · nRows · k · d²), or d with diagonal covariances.
 */
export function* gaussianMixture(data: Matrix, params: MixtureParams): Work<MixtureFit> {
  const { k, nStarts, random } = params;
  const first = yield* kMeans(data, { k, nStarts: K_MEANS_STARTS, random });
  let best = yield* fitFrom(data, first.labels, params);
  for (let start = 1; start < nStarts; start++) {
    const { labels } = yield* kMeans(data, { k, nStarts: 1, random: random.split(`mixture ${start}`) });
    const next = yield* fitFrom(data, labels, params);
    if (next.logLikelihood > best.logLikelihood) best = next;
  }
  return best;
}

/** The likeliest component of each row (the first among equals). */
export function likeliestComponents(data: Matrix, mixture: Mixture): Uint8Array {
  const labels = new Uint8Array(data.nRows);
  const highest = new Float64Array(data.nRows).fill(Number.NEGATIVE_INFINITY);
  const own = new Float64Array(data.nRows);
  for (let component = 0; component < mixture.weights.length; component++) {
    logDensities(data, mixture, component, own);
    for (let row = 0; row < data.nRows; row++) {
      if (own[row] <= highest[row]) continue;
      highest[row] = own[row];
      labels[row] = component;
    }
  }
  return labels;
}
