import type { BinnedTable } from "./bin-mapper.ts";

/** Numbers kept per bin: sum of gradients, sum of hessians, count of rows. */
export const SUMS_PER_BIN = 3;

/**
 * Sums over a node's rows per (feature, bin), as (nSlots × 3): gradients, hessians, count. Feature f's bin b has slot
 * offsets[f] + b; its missing bin is its last. The three stand side by side because that was measured fastest.
 */
export type Histogram = Float64Array;

/** Where each feature's bins begin in a histogram; the last entry is the number of slots. */
export function histogramOffsets(binned: BinnedTable): Int32Array {
  const offsets = new Int32Array(binned.nFeatures + 1);
  for (let feature = 0; feature < binned.nFeatures; feature++)
    offsets[feature + 1] = offsets[feature] + binned.nBins[feature] + 1;
  return offsets;
}

/** Fills a histogram from rows[begin, end). O((end − begin) × nFeatures). */
export function buildHistogram(
  histogram: Histogram,
  offsets: Int32Array,
  binned: BinnedTable,
  rows: Int32Array,
  begin: number,
  end: number,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const { bins, nFeatures } = binned;
  histogram.fill(0);
  for (let i = begin; i < end; i++) {
    const row = rows[i];
    const gradient = gradients[row];
    const hessian = hessians[row];
    const start = row * nFeatures;
    for (let feature = 0; feature < nFeatures; feature++) {
      const at = SUMS_PER_BIN * (offsets[feature] + bins[start + feature]);
      histogram[at] += gradient;
      histogram[at + 1] += hessian;
      histogram[at + 2] += 1;
    }
  }
}

/** Turns the parent's histogram into that of one child by taking the other child's away. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
}
