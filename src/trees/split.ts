import type { BinMapper } from "./bin-mapper.ts";
import { type Histogram, SUMS_PER_BIN } from "./histogram.ts";
import type { Split } from "./tree.ts";

/** Penalties and limits on splits, with XGBoost's meanings. */
export interface SplitPenalties {
  readonly lambda: number;
  readonly alpha: number;
  readonly gamma: number;
  readonly minChildWeight: number;
}

/** Sums over the rows of a node. */
export interface NodeSums {
  readonly gradients: number;
  readonly hessians: number;
  readonly count: number;
}

export interface FoundSplit extends Split {
  readonly leftSums: NodeSums;
}

/** A feature with fewer categories has them tried one against the rest, with more as groups (XGBoost's `max_cat_to_onehot`). */
const MIN_GROUPED_CATEGORIES = 4;
/** A gain below this is rounding noise (XGBoost's `kRtEps`). */
const MIN_GAIN = 1e-6;

function softThreshold(gradients: number, alpha: number): number {
  if (gradients > alpha) return gradients - alpha;
  return gradients < -alpha ? gradients + alpha : 0;
}

/** T_α(G)² / (H + λ): twice the loss that the best single value takes off a node (Chen & Guestrin 2016, eq. 6). */
export function nodeScore(gradients: number, hessians: number, penalties: SplitPenalties): number {
  const pull = softThreshold(gradients, penalties.alpha);
  const denominator = hessians + penalties.lambda;
  return denominator > 0 ? (pull * pull) / denominator : 0;
}

/** −T_α(G) / (H + λ): the value of a leaf (Chen & Guestrin 2016, eq. 5). */
export function leafValue(gradients: number, hessians: number, penalties: SplitPenalties): number {
  const denominator = hessians + penalties.lambda;
  return denominator > 0 ? -softThreshold(gradients, penalties.alpha) / denominator : 0;
}

/** How the bins of one feature are to be tried at one node. */
interface Candidates {
  readonly feature: number;
  readonly first: number;
  readonly nBins: number;
  /** Bins with rows, listed at the head of `order`. */
  readonly nPresent: number;
  readonly hasMissing: boolean;
  readonly isCategorical: boolean;
  /** Each bin against all others, instead of each head of `order` against its tail. */
  readonly isOneHot: boolean;
}

/**
 * Finds the best split of a node from its histogram: the one with the largest score(left) + score(right) − score(node),
 * which is Chen & Guestrin 2016, eq. 7, without its factor ½, as XGBoost counts; it must exceed γ.
 * Numbers are cut at a bin. Categories are cut one against the rest when few, else in the order of the values they would
 * have as leaves, which holds the best grouping in two (Fisher 1958); one too light to be a leaf stands at 0. Missing
 * values are tried on both sides; where a node has none, they follow the heavier side, and so do categories absent from
 * it.
 */
export class SplitFinder {
  private readonly order = new Int32Array(256);
  private readonly key = new Float64Array(256);
  private readonly best = { gain: 0, position: -1, missingLeft: false, gradients: 0, hessians: 0, count: 0 };

  constructor(
    private readonly mapper: BinMapper,
    private readonly offsets: Int32Array,
    private readonly penalties: SplitPenalties,
  ) {}

  /** The best split over the given features, or null when none is worth it. The first of equals wins. */
  find(histogram: Histogram, node: NodeSums, features: Int32Array): FoundSplit | null {
    let found: FoundSplit | null = null;
    this.best.gain = Math.max(MIN_GAIN, this.penalties.gamma);
    for (const feature of features) {
      const candidates = this.listCandidates(histogram, feature);
      this.best.position = -1;
      this.scan(histogram, node, candidates);
      if (this.best.position >= 0) found = this.describeBest(node, candidates);
    }
    return found;
  }

  private listCandidates(histogram: Histogram, feature: number): Candidates {
    const { order, key } = this;
    const first = this.offsets[feature];
    const nBins = this.offsets[feature + 1] - first - 1;
    let nPresent = 0;
    for (let bin = 0; bin < nBins; bin++) if (histogram[SUMS_PER_BIN * (first + bin) + 2] > 0) order[nPresent++] = bin;
    const hasMissing = histogram[SUMS_PER_BIN * (first + nBins) + 2] > 0;
    const isCategorical = this.mapper.features[feature].kind === "categorical";
    const isOneHot = isCategorical && nBins < MIN_GROUPED_CATEGORIES;
    if (isCategorical && !isOneHot) {
      for (let i = 0; i < nPresent; i++) {
        const at = SUMS_PER_BIN * (first + order[i]);
        const isRare = histogram[at + 1] < this.penalties.minChildWeight;
        key[order[i]] = isRare ? 0 : leafValue(histogram[at], histogram[at + 1], this.penalties);
      }
      order.subarray(0, nPresent).sort((a, b) => key[a] - key[b] || a - b);
    }
    return { feature, first, nBins, nPresent, hasMissing, isCategorical, isOneHot };
  }

  /** Tries the split after each position of `order` (or that bin alone), with missing values on the right, then left. */
  private scan(histogram: Histogram, node: NodeSums, candidates: Candidates): void {
    const { first, nBins, nPresent, hasMissing, isOneHot } = candidates;
    const missingAt = SUMS_PER_BIN * (first + nBins);
    const nodeScored = nodeScore(node.gradients, node.hessians, this.penalties);
    let gradients = 0;
    let hessians = 0;
    let count = 0;
    for (let position = 0; position < nPresent; position++) {
      const at = SUMS_PER_BIN * (first + this.order[position]);
      gradients = histogram[at] + (isOneHot ? 0 : gradients);
      hessians = histogram[at + 1] + (isOneHot ? 0 : hessians);
      count = histogram[at + 2] + (isOneHot ? 0 : count);
      this.tryLeft(node, nodeScored, position, false, gradients, hessians, count);
      if (!hasMissing) continue;
      const leftGradients = gradients + histogram[missingAt];
      const leftHessians = hessians + histogram[missingAt + 1];
      this.tryLeft(node, nodeScored, position, true, leftGradients, leftHessians, count + histogram[missingAt + 2]);
    }
  }

  private tryLeft(
    node: NodeSums,
    nodeScored: number,
    position: number,
    missingLeft: boolean,
    gradients: number,
    hessians: number,
    count: number,
  ): void {
    const { best, penalties } = this;
    const rightHessians = node.hessians - hessians;
    if (count === node.count || hessians < penalties.minChildWeight || rightHessians < penalties.minChildWeight) return;
    const leftScored = nodeScore(gradients, hessians, penalties);
    const rightScored = nodeScore(node.gradients - gradients, rightHessians, penalties);
    const gain = leftScored + rightScored - nodeScored;
    if (gain <= best.gain) return;
    best.gain = gain;
    best.position = position;
    best.missingLeft = missingLeft;
    best.gradients = gradients;
    best.hessians = hessians;
    best.count = count;
  }

  private describeBest(node: NodeSums, candidates: Candidates): FoundSplit {
    const { best, order } = this;
    const { feature, nBins, nPresent, hasMissing, isCategorical, isOneHot } = candidates;
    const isHeavierLeft = 2 * best.hessians >= node.hessians;
    const missingLeft = hasMissing ? best.missingLeft : isHeavierLeft;
    let leftBins: Uint8Array | null = null;
    if (isCategorical) {
      leftBins = new Uint8Array(nBins + 1).fill(isHeavierLeft ? 1 : 0);
      for (let i = 0; i < nPresent; i++) leftBins[order[i]] = i === best.position || (!isOneHot && i < best.position) ? 1 : 0;
      leftBins[nBins] = missingLeft ? 1 : 0;
    }
    const leftSums = { gradients: best.gradients, hessians: best.hessians, count: best.count };
    return { feature, bin: order[best.position], missingLeft, leftBins, gain: best.gain, leftSums };
  }
}
