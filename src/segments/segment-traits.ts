import type { CategoricalColumn, Column } from "../table/table.ts";
import type { SegmentTrait } from "./segments-report.ts";

/** A column as numbers whose means are compared: its own, or 1 where a category's `value` stands. NaN where missing. */
export interface Trait {
  readonly column: string;
  readonly value: string | null;
  readonly numbers: Float64Array;
}

const AFFIRMATIVE = /^(yes|true|1|y|t|có|đúng)$/i;

function countByLevel(column: CategoricalColumn, labels: Uint8Array, k: number): Float64Array {
  const counts = new Float64Array(column.levels.length * k); // (nLevels × k)
  column.codes.forEach((code, row) => {
    if (code >= 0) counts[code * k + labels[row]]++;
  });
  return counts;
}

/** Each level's part of Pearson's chi-squared against the segments, and the number of rows with a level. */
function chiSquared(column: CategoricalColumn, labels: Uint8Array, k: number): { byLevel: Float64Array; nKnown: number } {
  const counts = countByLevel(column, labels, k);
  const bySegment = new Float64Array(k);
  counts.forEach((count, i) => {
    bySegment[i % k] += count;
  });
  const nKnown = bySegment.reduce((sum, count) => sum + count, 0);
  const byLevel = Float64Array.from(column.levels, (_, code) => {
    const own = counts.subarray(code * k, (code + 1) * k);
    const ofLevel = own.reduce((sum, count) => sum + count, 0);
    return own.reduce((sum, count, segment) => {
      const expected = (ofLevel * bySegment[segment]) / nKnown;
      return expected > 0 ? sum + (count - expected) ** 2 / expected : sum;
    }, 0);
  });
  return { byLevel, nKnown };
}

/** The level whose share is told: "Yes" and its like, else the one in which the segments differ most. */
function tellingLevel(column: CategoricalColumn, labels: Uint8Array, k: number): number {
  const affirmative = column.levels.findIndex((level) => AFFIRMATIVE.test(level));
  if (affirmative >= 0) return affirmative;
  const { byLevel } = chiSquared(column, labels, k);
  return byLevel.indexOf(Math.max(...byLevel));
}

/** A column as a trait; `numbers` may stand in for a category's levels (purchases per year). */
export function traitOf(column: Column, labels: Uint8Array, k: number, numbers?: Float64Array): Trait {
  if (numbers) return { column: column.name, value: null, numbers };
  if (column.kind === "numeric") return { column: column.name, value: null, numbers: column.values };
  const level = tellingLevel(column, labels, k);
  return {
    column: column.name,
    value: column.levels[level],
    numbers: Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : Number(code === level))),
  };
}

interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** Moments of the known values of each segment, then of all together. */
function momentsBySegment(numbers: Float64Array, labels: Uint8Array, k: number): readonly Moments[] {
  const n = new Float64Array(k + 1);
  const sums = new Float64Array(k + 1);
  const squares = new Float64Array(k + 1);
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row];
    if (Number.isNaN(value)) continue;
    n[labels[row]]++;
    sums[labels[row]] += value;
  }
  for (let segment = 0; segment < k; segment++) {
    n[k] += n[segment];
    sums[k] += sums[segment];
  }
  const means = sums.map((sum, i) => sum / n[i]);
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row];
    if (Number.isNaN(value)) continue;
    squares[labels[row]] += (value - means[labels[row]]) ** 2;
    squares[k] += (value - means[k]) ** 2;
  }
  return Array.from(n, (count, i) => ({ n: count, mean: means[i], variance: squares[i] / count }));
}

/**
 * How far apart the segments stand in a column, in [0, 1]: ω² for numbers (Hays 1963), bias-corrected V² for
 * categories (Bergsma 2013). About 0 for a column that has nothing to do with the segments.
 */
export function separation(column: Column, labels: Uint8Array, k: number): number {
  if (column.kind === "categorical") {
    const { byLevel, nKnown } = chiSquared(column, labels, k);
    const bias = ((k - 1) * (column.levels.length - 1)) / (nKnown - 1);
    const phiSquared = byLevel.reduce((sum, part) => sum + part, 0) / nKnown - bias;
    return Math.max(0, phiSquared) / Math.max(1, Math.min(k, column.levels.length) - 1);
  }
  const moments = momentsBySegment(column.values, labels, k);
  const whole = moments[k];
  const within = moments.slice(0, k).reduce((sum, own) => sum + (own.n > 0 ? own.n * own.variance : 0), 0);
  const total = whole.n * whole.variance;
  const meanSquare = within / (whole.n - k);
  return total > 0 ? Math.max(0, (total - within - (k - 1) * meanSquare) / (total + meanSquare)) : 0;
}

/**
 * Each segment's mean as a percentage of the whole table's, with a 95 % interval by the delta method: the segment is part
 * of the whole, so cov(m_s, m) = w · var(m_s) with w the segment's share. Null where the whole mean is not positive or
 * values are negative (a percentage would mislead), or the segment has no known value.
 */
export function indexTraits({ column, value, numbers }: Trait, labels: Uint8Array, k: number): (SegmentTrait | null)[] {
  const moments = momentsBySegment(numbers, labels, k);
  const whole = moments[k];
  const isIndex = whole.mean > 0 && !numbers.some((number) => number < 0);
  return moments.slice(0, k).map((own) => {
    if (!isIndex || own.n === 0) return null;
    const ratio = own.mean / whole.mean;
    const ownError = own.variance / own.n;
    const wholeError = whole.variance / whole.n;
    const variance = (ownError + ratio ** 2 * wholeError - 2 * ratio * (own.n / whole.n) * ownError) / whole.mean ** 2;
    const halfWidth = 1.96 * Math.sqrt(Math.max(0, variance));
    return { column, value, index: 100 * ratio, low: 100 * Math.max(0, ratio - halfWidth), high: 100 * (ratio + halfWidth) };
  });
}
