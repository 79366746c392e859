import type { BinnedTable } from "./bin-mapper.ts";
import type { ForestTarget } from "./forest-target.ts";
import type { Split } from "./tree.ts";

/** Up to this share of a feature's bins in use, they are sorted; beyond, all bins are walked through. */
const SORTED_SHARE = 0.25;

/**
 * Finds the cut of a feature that takes most impurity off a node: the largest |S_left|² / n_left + |S_right|² / n_right,
 * with S the channel sums and n the row weights of a side. For class indicators that is the Gini index, for numbers the
 * variance (Breiman, Friedman, Olshen and Stone 1984). Missing values are tried on both sides.
 * A feature costs O(rows + bins in use × nChannels): deep nodes touch few bins, and only those are cleaned.
 */
export class ImpuritySplitFinder {
  private readonly sums: Float64Array;
  private readonly weights = new Float64Array(256);
  private readonly used = new Int32Array(256);
  private readonly left: Float64Array;
  private readonly right: Float64Array;

  constructor(
    private readonly binned: BinnedTable,
    private readonly target: ForestTarget,
    private readonly minLeafRows: number,
  ) {
    this.sums = new Float64Array(256 * target.nChannels);
    this.left = new Float64Array(target.nChannels);
    this.right = new Float64Array(target.nChannels);
  }

  /**
   * The best cut of one feature for rows[begin, end), or null when none is legal. `nodeSums` (nChannels) and `nodeWeight`
   * belong to these rows; `gain` is the sum of both sides' terms, without the node's own.
   */
  find(
    feature: number,
    rows: Int32Array,
    begin: number,
    end: number,
    rowWeights: Float64Array,
    nodeSums: Float64Array,
    nodeWeight: number,
  ): Split | null {
    const nUsed = this.collect(feature, rows, begin, end, rowWeights);
    const missing = this.binned.nBins[feature];
    const hasMissing = this.weights[missing] > 0;
    let best: Split | null = null;
    if (nUsed + (hasMissing ? 1 : 0) > 1) {
      best = this.scan(feature, nUsed, nodeSums, nodeWeight, false, hasMissing ? nUsed : nUsed - 1);
      if (hasMissing) {
        const other = this.scan(feature, nUsed, nodeSums, nodeWeight, true, nUsed - 1);
        if (other && (!best || other.gain > best.gain)) best = other;
      }
    }
    for (let i = 0; i < nUsed; i++) this.clear(this.used[i]);
    this.clear(missing);
    return best;
  }

  /** Sums weights and channels by bin and lists the bins in use, ascending, without the missing one. */
  private collect(feature: number, rows: Int32Array, begin: number, end: number, rowWeights: Float64Array): number {
    const { bins, nFeatures } = this.binned;
    const { channel, value, nChannels } = this.target;
    const { sums, weights, used } = this;
    const missing = this.binned.nBins[feature];
    let nUsed = 0;
    for (let i = begin; i < end; i++) {
      const row = rows[i];
      const bin = bins[row * nFeatures + feature];
      const weight = rowWeights[row];
      if (weights[bin] === 0 && bin !== missing) used[nUsed++] = bin;
      weights[bin] += weight;
      sums[bin * nChannels + channel[row]] += weight * value[row];
    }
    if (nUsed > SORTED_SHARE * missing) {
      nUsed = 0;
      for (let bin = 0; bin < missing; bin++) if (weights[bin] > 0) used[nUsed++] = bin;
    } else sortHead(used, nUsed);
    return nUsed;
  }

  private clear(bin: number): void {
    const { nChannels } = this.target;
    this.weights[bin] = 0;
    for (let c = bin * nChannels; c < (bin + 1) * nChannels; c++) this.sums[c] = 0;
  }

  /** Walks the cut through the bins in use; sums of squares follow by s' ² − s² = d (2 s + d). */
  private scan(
    feature: number,
    nUsed: number,
    nodeSums: Float64Array,
    nodeWeight: number,
    missingLeft: boolean,
    nCuts: number,
  ): Split | null {
    const { sums, weights, used, left, right, minLeafRows } = this;
    const { nChannels } = this.target;
    const missing = this.binned.nBins[feature];
    let leftWeight = missingLeft ? weights[missing] : 0;
    let leftSquares = 0;
    let rightSquares = 0;
    for (let c = 0; c < nChannels; c++) {
      left[c] = missingLeft ? sums[missing * nChannels + c] : 0;
      right[c] = nodeSums[c] - left[c];
      leftSquares += left[c] * left[c];
      rightSquares += right[c] * right[c];
    }
    let bestGain = Number.NEGATIVE_INFINITY;
    let bestCut = -1;
    let bestLeftWeight = 0;
    for (let cut = 0; cut < nCuts; cut++) {
      const from = used[cut] * nChannels;
      leftWeight += weights[used[cut]];
      for (let c = 0; c < nChannels; c++) {
        const moved = sums[from + c];
        if (moved === 0) continue;
        leftSquares += moved * (2 * left[c] + moved);
        rightSquares -= moved * (2 * right[c] - moved);
        left[c] += moved;
        right[c] -= moved;
      }
      const rightWeight = nodeWeight - leftWeight;
      if (leftWeight < minLeafRows) continue;
      if (rightWeight < minLeafRows) break;
      const gain = leftSquares / leftWeight + rightSquares / rightWeight;
      if (gain > bestGain) {
        bestGain = gain;
        bestCut = cut;
        bestLeftWeight = leftWeight;
      }
    }
    if (bestCut < 0) return null;
    const next = bestCut + 1 < nUsed ? used[bestCut + 1] : missing;
    const isMissingLeft = weights[missing] > 0 ? missingLeft : 2 * bestLeftWeight >= nodeWeight;
    return { feature, bin: (used[bestCut] + next - 1) >> 1, missingLeft: isMissingLeft, leftBins: null, gain: bestGain };
  }
}

/** Sorts the first n values, ascending, by insertion: n is small. */
function sortHead(values: Int32Array, n: number): void {
  for (let i = 1; i < n; i++) {
    const value = values[i];
    let at = i;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}
