import { exp, log } from "../core/exp-log.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Mean and sample standard deviation (n − 1) of a score's folds; the deviation of a single fold is 0. */
export function summarize(folds: readonly number[]): { mean: number; sd: number; folds: readonly number[] } {
  const mean = folds.reduce((sum, score) => sum + score, 0) / folds.length;
  const squares = folds.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return { mean, sd: folds.length > 1 ? Math.sqrt(squares / (folds.length - 1)) : 0, folds };
}

/**
 * Corrected resampled t interval of a mean difference over folds (Nadeau and Bengio 2003): training sets overlap, so
 * the variance of the mean is (1 / J + testShare / (1 − testShare)) · s², with J − 1 degrees of freedom. `testShare` is
 * the share of rows that a fold holds back. One difference alone has no bounds.
 */
export function correctedPairedInterval(
  differences: readonly number[],
  testShare: number,
  level = 0.95,
): { mean: number; low: number; high: number } {
  const { mean, sd } = summarize(differences);
  const n = differences.length;
  if (n < 2) return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const halfWidth = studentTQuantile((1 + level) / 2, n - 1) * sd * Math.sqrt(1 / n + testShare / (1 - testShare));
  return { mean, low: mean - halfWidth, high: mean + halfWidth };
}

/**
 * The smallest mean difference that would be told from none, at that level and with that power, in a repeat of the same
 * folds: (t_{(1 + level) / 2} + t_power) times the corrected standard error of `correctedPairedInterval`, J − 1 degrees of
 * freedom. Infinite for one difference alone.
 */
export function detectableDifference(differences: readonly number[], testShare: number, level: number, power: number): number {
  const { mean, high } = correctedPairedInterval(differences, testShare, level);
  const n = differences.length;
  if (n < 2) return Number.POSITIVE_INFINITY;
  return (high - mean) * (1 + studentTQuantile(power, n - 1) / studentTQuantile((1 + level) / 2, n - 1));
}

/** Interval of a share from `nHits` of `n` (Wilson 1927). */
export function wilsonInterval(nHits: number, n: number, level = 0.95): Interval {
  const z = normalQuantile((1 + level) / 2);
  const share = nHits / n;
  const spread = z * z;
  const centre = (share + spread / (2 * n)) / (1 + spread / n);
  const halfWidth = (z / (1 + spread / n)) * Math.sqrt((share * (1 - share)) / n + spread / (4 * n * n));
  return { low: Math.max(0, centre - halfWidth), high: Math.min(1, centre + halfWidth) };
}

/** Student's t with whole degrees of freedom: the value that a draw stays below with probability p, 0 < p < 1. */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  return invertSymmetric((t) => studentTUpperHalf(t, degreesOfFreedom), p);
}

/** Standard normal: the value that a draw stays below with probability p, 0 < p < 1. */
export function normalQuantile(p: number): number {
  return invertSymmetric(normalUpperHalf, p);
}

/** The x ≥ 0 (or its mirror) at which `massBelow`, the mass between 0 and x, reaches |p − ½|; by doubling, then halving. */
function invertSymmetric(massBelow: (x: number) => number, p: number): number {
  const mass = Math.abs(p - 0.5);
  let high = 1;
  while (massBelow(high) < mass && high < 1e9) high *= 2;
  let low = 0;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (massBelow(middle) < mass) low = middle;
    else high = middle;
  }
  return p < 0.5 ? -high : high;
}

/** P(0 < Z < z) by the series φ(z) · (z + z³/3 + z⁵/(3·5) + …) (Abramowitz and Stegun 26.2.11). */
function normalUpperHalf(z: number): number {
  if (z > 38) return 0.5;
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return (sum * exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * P(0 < T < t) = ½ − ½ I_x(ν/2, ½), x = ν / (ν + t²), the regularised incomplete beta function by its continued fraction
 * (Abramowitz and Stegun 26.7.1 and 26.5.8). Γ((ν+1)/2) / Γ(ν/2) comes from its recurrence, since ν is whole.
 */
function studentTUpperHalf(t: number, degreesOfFreedom: number): number {
  let gammaRatio = 1 / Math.sqrt(Math.PI);
  for (let n = 1; n < degreesOfFreedom; n++) gammaRatio = n / 2 / gammaRatio;
  const a = degreesOfFreedom / 2;
  const x = degreesOfFreedom / (degreesOfFreedom + t * t);
  const front = (exp(a * log(x)) * Math.sqrt(1 - x) * gammaRatio) / Math.sqrt(Math.PI);
  const isLowerTail = x < (a + 1) / (a + 2.5);
  const tail = isLowerTail ? (front / a) * betaFraction(x, a, 0.5) : 1 - front * 2 * betaFraction(1 - x, 0.5, a);
  return 0.5 - tail / 2;
}

/** The continued fraction in I_x(a, b) = xᵃ (1 − x)ᵇ / (a B(a, b)) · fraction, evaluated forwards with rescaled numerators and denominators. */
function betaFraction(x: number, a: number, b: number): number {
  let [previousTop, previousBottom, top, bottom] = [1, 0, 1, 1];
  let value = 1;
  for (let step = 1; step < 500; step++) {
    const m = step >> 1;
    const coefficient =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    [previousTop, top] = [top, top + coefficient * previousTop];
    [previousBottom, bottom] = [bottom, bottom + coefficient * previousBottom];
    const scale = 1 / bottom;
    previousTop *= scale;
    previousBottom *= scale;
    top *= scale;
    bottom = 1;
    if (Math.abs(top - value) < 1e-16 * Math.abs(top)) break;
    value = top;
  }
  return 1 / value;
}
