import type { BoostingKernel } from "./boosting-kernel.ts";
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
}

export interface FoundSplit extends Split {
  readonly leftSums: NodeSums;
}

/** A feature as splits see it: `feature` is its number in the model. */
export interface SplitFeature {
  readonly feature: number;
  readonly nBins: number;
  readonly isCategorical: boolean;
}

/** A feature with fewer categories has them tried one against the rest, with more as groups (XGBoost's `max_cat_to_onehot`). */
const MIN_GROUPED_CATEGORIES = 4;
const NUMERIC = 0;
const ONE_HOT = 1;
const GROUPED = 2;
/** Where `findSplit` writes the flags of a set, from the start of what it found. */
const FLAGS_AT = 40;
/** What `findSplit` works in: 258 keys, then twice 256 bins. */
const WORK_BYTES = 8 * 258 + 2 * 256;

function softThreshold(gradients: number, alpha: number): number {
  if (gradients > alpha) return gradients - alpha;
  return gradients < -alpha ? gradients + alpha : 0;
}

/** T_α(G)² / (H + λ): twice the loss that the best single value takes off a node (Chen & Guestrin 2016, eq. 6). */
export function nodeScore({ gradients, hessians }: NodeSums, penalties: SplitPenalties): number {
  const pull = softThreshold(gradients, penalties.alpha);
  const denominator = hessians + penalties.lambda;
  return denominator > 0 ? (pull * pull) / denominator : 0;
}

/** −T_α(G) / (H + λ): the value of a leaf (Chen & Guestrin 2016, eq. 5). */
export function leafValue({ gradients, hessians }: NodeSums, penalties: SplitPenalties): number {
  const denominator = hessians + penalties.lambda;
  return denominator > 0 ? -softThreshold(gradients, penalties.alpha) / denominator : 0;
}

/** The sums that are left of a whole without a part. */
export function without(whole: NodeSums, part: NodeSums): NodeSums {
  return { gradients: whole.gradients - part.gradients, hessians: whole.hessians - part.hessians };
}

/**
 * Finds the split of a node with the largest gain (Chen & Guestrin 2016, eq. 7, times two as XGBoost reports it).
 * Numbers are cut between bins. Few categories are tried one against the rest, more in the order of their leaf values,
 * in which the best grouping in two lies (Fisher 1958). Missing values go to the side where they win more; where a node
 * has none, they follow the heavier side, and so do categories that it does not hold.
 */
export class SplitFinder {
  private readonly table: number;
  private readonly list: number;
  private readonly penalties: number;
  private readonly work: number;
  private readonly found: number;

  /** offsets: first slot of each feature in a histogram. */
  constructor(
    private readonly kernel: BoostingKernel,
    private readonly features: readonly SplitFeature[],
    offsets: Int32Array,
    penalties: SplitPenalties,
  ) {
    this.table = kernel.allocate(16 * features.length);
    this.list = kernel.allocate(4 * features.length);
    this.penalties = kernel.allocate(32);
    this.work = kernel.allocate(WORK_BYTES);
    this.found = kernel.allocate(FLAGS_AT + 256);
    const { lambda, alpha, gamma, minChildWeight } = penalties;
    kernel.float64(this.penalties, 4).set([lambda, alpha, gamma, minChildWeight]);
    const table = kernel.int32(this.table, 4 * features.length);
    for (const [place, { nBins, isCategorical }] of features.entries()) {
      const kind = nBins < MIN_GROUPED_CATEGORIES ? ONE_HOT : GROUPED;
      table.set([offsets[place], nBins, isCategorical ? kind : NUMERIC, 0], 4 * place);
    }
  }

  /** The best split on the features at the given places, or null when none wins enough; the first of equals wins. */
  find(histogram: number, sums: NodeSums, places: Int32Array): FoundSplit | null {
    const { kernel, table, list, penalties, work, found } = this;
    kernel.int32(list, places.length).set(places);
    const { gradients, hessians } = sums;
    kernel.functions.findSplit(histogram, table, list, places.length, gradients, hessians, penalties, work, found);
    const [place, bin, missingLeft, isSet] = kernel.int32(found + 24, 4);
    if (place < 0) return null;
    const { feature, nBins } = this.features[place];
    const [gain, leftGradients, leftHessians] = kernel.float64(found, 3);
    return {
      feature,
      bin,
      missingLeft: missingLeft === 1,
      leftBins: isSet === 1 ? kernel.bytes(found + FLAGS_AT, nBins + 1).slice() : null,
      gain,
      leftSums: { gradients: leftGradients, hessians: leftHessians },
    };
  }
}
