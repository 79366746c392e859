import { wilsonInterval } from "./intervals.ts";

/** Rows in bins of rising probability: what was said, and what happened. */
export interface CalibrationBins {
  /** Mean probability of each bin. */
  readonly predicted: Float64Array;
  /** Share of positive rows of each bin, with its 95 % Wilson interval. */
  readonly observed: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly counts: Int32Array;
}

/** Quantile of ascending values, linear between neighbours (Hyndman and Fan 1996, type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * Rows in at most `nBins` bins of about equal count, cut at quantiles of the probability; equal probabilities share a
 * bin, and bins that this leaves empty are not listed. O(n log n).
 */
export function calibrationBins(
  probabilities: Float64Array,
  isPositive: (row: number) => boolean,
  nBins: number,
): CalibrationBins {
  const sorted = probabilities.slice().sort();
  const edges = Array.from({ length: nBins - 1 }, (_, i) => quantile(sorted, (i + 1) / nBins));
  const counts = new Int32Array(nBins);
  const sums = new Float64Array(nBins);
  const hits = new Int32Array(nBins);
  probabilities.forEach((probability, row) => {
    const found = edges.findIndex((edge) => probability <= edge);
    const bin = found < 0 ? nBins - 1 : found;
    counts[bin]++;
    sums[bin] += probability;
    if (isPositive(row)) hits[bin]++;
  });
  const kept = [...counts.keys()].filter((bin) => counts[bin] > 0);
  const intervals = kept.map((bin) => wilsonInterval(hits[bin], counts[bin]));
  return {
    predicted: Float64Array.from(kept, (bin) => sums[bin] / counts[bin]),
    observed: Float64Array.from(kept, (bin) => hits[bin] / counts[bin]),
    low: Float64Array.from(intervals, ({ low }) => low),
    high: Float64Array.from(intervals, ({ high }) => high),
    counts: Int32Array.from(kept, (bin) => counts[bin]),
  };
}

/** Expected calibration error: mean |observed − predicted| over the bins, weighted by count (Naeini et al. 2015). */
export function calibrationError({ predicted, observed, counts }: CalibrationBins): number {
  let sum = 0;
  let nRows = 0;
  counts.forEach((count, bin) => {
    sum += count * Math.abs(observed[bin] - predicted[bin]);
    nRows += count;
  });
  return sum / nRows;
}
