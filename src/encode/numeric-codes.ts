import { TrendloomError } from "../core/errors.ts";
import { kthExtremes, MIN_ROWS_PER_VALUE } from "./rare-values.ts";

/** What numeric codes are made of, as plain data. */
export type NumericCodesData =
  | { readonly kind: "values"; readonly values: readonly number[] }
  | {
      readonly kind: "bins";
      readonly step: number;
      /** Mean of each bin. */
      readonly centres: readonly number[];
      /** Ascending numbers of each bin, between which it decodes by interpolation; the first is the bin's lowest. */
      readonly knots: readonly (readonly number[])[];
      /** Training rows of each bin; where they are not given, as many as it has knots. */
      readonly sizes?: readonly number[];
    };

/** Numbers as ordered categories: either one per observed value, or quantile bins. */
export interface NumericCodes {
  readonly kind: "values" | "bins";
  readonly nCodes: number;
  /** Typical value of each code (the value itself, or the bin's mean). */
  readonly centres: Float64Array;
  /** The least and the greatest number that is ever decoded. */
  readonly low: number;
  readonly high: number;
  /** Code of a number; numbers outside the range seen get the nearest code. */
  codeOf(value: number): number;
  /** A number with that code; `position` in [0, 1) says where in the bin. */
  valueOf(code: number, position: number): number;
  /** Share of the code's positions whose number, before rounding, is at most `value`. */
  shareUpTo(code: number, value: number): number;
  /** How many training rows have a number from `low` to `high` at least: what the codes tell for certain. */
  rowsWithin(low: number, high: number): number;
  readonly data: NumericCodesData;
}

export interface NumericCodesLimits {
  /** Up to this many distinct values each becomes a category. */
  readonly maxValues: number;
  readonly maxBins: number;
  /** Values seen in fewer rows are pooled with the nearest kept one; extremes are clipped to the k-th. */
  readonly minRows: number;
}

/** Above this share of rows in pooled values, bins describe the column better than its values. */
const MAX_POOLED_SHARE = 0.1;
/** Numbers that a bin keeps of its training rows: what is saved with a generator. */
const MAX_KNOTS = 64;

/** The number on the grid of `step` (a power of ten, or a multiple of it) that lies nearest to `value`. */
export function roundToStep(value: number, step: number): number {
  if (!(step > 0)) return value;
  if (step >= 1) return Math.round(value / step) * step;
  const perUnit = Math.round(1 / step);
  return Math.round(value * perUnit) / perUnit;
}

/** Position of the last element of ascending `sorted` that is ≤ value, at least 0. */
function lastAtMost(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}

function nearest(sorted: Float64Array, value: number): number {
  const below = lastAtMost(sorted, value);
  if (below + 1 >= sorted.length) return below;
  return value - sorted[below] <= sorted[below + 1] - value ? below : below + 1;
}

function valueCodes(data: NumericCodesData & { kind: "values" }): NumericCodes {
  const kept = Float64Array.from(data.values);
  return {
    kind: "values",
    nCodes: kept.length,
    centres: kept,
    low: kept[0],
    high: kept[kept.length - 1],
    codeOf: (value) => nearest(kept, value),
    valueOf: (code) => kept[code],
    shareUpTo: (code, value) => (kept[code] <= value ? 1 : 0),
    rowsWithin: (low, high) => MIN_ROWS_PER_VALUE * kept.filter((value) => low <= value && value <= high).length,
    data,
  };
}

/** Place among the bin's training rows of one of its knots. */
const rankOf = (knot: number, nKnots: number, nRows: number): number =>
  nRows <= nKnots ? knot : Math.round((knot * (nRows - 1)) / (nKnots - 1));

/** Training rows of a bin that surely lie between two numbers: those from the first of its knots there to the last. */
function rowsBetween(knots: Float64Array, nRows: number, low: number, high: number): number {
  const first = knots.findIndex((knot) => knot >= low);
  const last = knots.findLastIndex((knot) => knot <= high);
  return first < 0 || last < first ? 0 : rankOf(last, knots.length, nRows) - rankOf(first, knots.length, nRows) + 1;
}

/** Positions (in knots) at which a bin's number is at most `value`, as a share of its whole length. */
function shareUpTo(knots: Float64Array, value: number): number {
  const last = knots.length - 1;
  if (value < knots[0]) return 0;
  if (value >= knots[last]) return 1;
  const left = lastAtMost(knots, value);
  return (left + (value - knots[left]) / (knots[left + 1] - knots[left])) / last;
}

function binCodes(data: NumericCodesData & { kind: "bins" }): NumericCodes {
  const parts = data.knots.map((knots) => Float64Array.from(knots));
  const lowest = Float64Array.from(parts, (part) => part[0]);
  const low = parts[0][0];
  const lastPart = parts[parts.length - 1];
  const high = lastPart[lastPart.length - 1];
  return {
    kind: "bins",
    nCodes: parts.length,
    centres: Float64Array.from(data.centres),
    low,
    high,
    codeOf: (value) => lastAtMost(lowest, value),
    valueOf(code, position) {
      const part = parts[code];
      const place = position * (part.length - 1);
      const left = Math.floor(place);
      const right = Math.min(left + 1, part.length - 1);
      const value = part[left] + (place - left) * (part[right] - part[left]);
      return Math.min(high, Math.max(low, roundToStep(value, data.step)));
    },
    shareUpTo: (code, value) => shareUpTo(parts[code], value),
    rowsWithin: (from, to) =>
      parts.reduce((sum, part, bin) => sum + rowsBetween(part, data.sizes?.[bin] ?? part.length, from, to), 0),
    data,
  };
}

/** At most `MAX_KNOTS` of ascending numbers, evenly spaced among them, the first and the last included. */
function thinKnots(sorted: Float64Array): number[] {
  if (sorted.length <= MAX_KNOTS) return Array.from(sorted);
  return Array.from({ length: MAX_KNOTS }, (_, i) => sorted[rankOf(i, MAX_KNOTS, sorted.length)]);
}

function cutBins(sorted: Float64Array, step: number, limits: NumericCodesLimits): NumericCodesData & { kind: "bins" } {
  const n = sorted.length;
  const { low, high } = kthExtremes(sorted, limits.minRows);
  const clipped = sorted.map((value) => Math.min(high, Math.max(low, value)));
  const nBins = Math.max(1, Math.min(limits.maxBins, Math.floor(n / limits.minRows)));
  const starts: number[] = [0];
  for (let bin = 1; bin < nBins; bin++) {
    let start = Math.floor((bin * n) / nBins);
    while (start > 0 && clipped[start - 1] === clipped[start]) start--;
    if (start > starts[starts.length - 1]) starts.push(start);
  }
  const parts = starts.map((start, bin) => clipped.subarray(start, starts[bin + 1] ?? n));
  return {
    kind: "bins",
    step,
    centres: parts.map((part) => part.reduce((sum, value) => sum + value, 0) / part.length),
    knots: parts.map(thinKnots),
    sizes: parts.map((part) => part.length),
  };
}

/** The codes that the data describe. */
export function numericCodesOf(data: NumericCodesData): NumericCodes {
  return data.kind === "values" ? valueCodes(data) : binCodes(data);
}

/**
 * Fits codes on the numbers of training rows (NaN is left out). A column with few distinct values keeps them,
 * any other is cut into quantile bins that decode by interpolation between the sorted values of the bin.
 * @throws TrendloomError too-few-rows when every value is missing
 */
export function fitNumericCodes(values: Float64Array, step: number, limits: NumericCodesLimits): NumericCodes {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) throw new TrendloomError("too-few-rows", { expected: 1, got: 0 });
  const counts = new Map<number, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size <= limits.maxValues) {
    const kept = [...counts].filter(([, count]) => count >= limits.minRows);
    const nKept = kept.reduce((sum, [, count]) => sum + count, 0);
    if (nKept >= (1 - MAX_POOLED_SHARE) * sorted.length)
      return numericCodesOf({ kind: "values", values: kept.map(([value]) => value) });
  }
  return numericCodesOf(cutBins(sorted, step, limits));
}
