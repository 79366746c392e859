import type { Random } from "../core/random.ts";
import { allRows } from "../table/table.ts";
import type { BinnedTable } from "./bin-mapper.ts";
import type { ForestTarget } from "./forest-target.ts";
import { ImpuritySplitFinder } from "./impurity-split.ts";
import { Partitioner } from "./partition.ts";
import { type Split, type Tree, TreeBuilder } from "./tree.ts";

export interface ForestLimits {
  readonly maxDepth: number;
  readonly minLeafRows: number;
  readonly nFeaturesPerSplit: number;
}

/** A node is pure when its impurity is this small a share of its sum of squares. */
const PURITY_TOLERANCE = 1e-12;

/**
 * Grows one tree of a forest on weighted rows: features are drawn anew at each split, and drawing goes on past
 * `nFeaturesPerSplit` until one can be cut at all (Breiman 2001). Nodes are split until pure or too small. Memory is kept
 * from tree to tree.
 */
export class ForestGrower {
  private readonly finder: ImpuritySplitFinder;
  private readonly partitioner: Partitioner;
  private readonly features: Int32Array;
  private readonly sums: Float64Array;

  constructor(
    binned: BinnedTable,
    private readonly target: ForestTarget,
    private readonly limits: ForestLimits,
  ) {
    this.finder = new ImpuritySplitFinder(binned, target, limits.minLeafRows);
    this.partitioner = new Partitioner(binned);
    this.features = allRows(binned.nFeatures);
    this.sums = new Float64Array(target.nChannels);
  }

  /** A tree for the rows of positive weight; leaf values are weighted means of the channels. */
  grow(rowWeights: Float64Array, random: Random): Tree {
    const rows = allRows(rowWeights.length).filter((row) => rowWeights[row] > 0);
    const builder = new TreeBuilder(this.target.nChannels);
    for (let i = 0; i < this.features.length; i++) this.features[i] = i;
    const open = [{ node: 0, begin: 0, end: rows.length, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, begin, end, depth } = next;
      const { weight, impurity, squares } = this.sumUp(rows, begin, end, rowWeights);
      const mayGrow =
        depth < this.limits.maxDepth && weight >= 2 * this.limits.minLeafRows && impurity > PURITY_TOLERANCE * squares;
      const split = mayGrow ? this.bestOfDrawn(rows, begin, end, rowWeights, weight, random) : null;
      if (!split) {
        builder.addLeaf(node, this.sums, 1 / weight, weight);
        continue;
      }
      const before = squares - impurity;
      const left = builder.addSplit(node, { ...split, gain: split.gain - before }, weight);
      const middle = this.partitioner.partition(rows, begin, end, split);
      open.push({ node: left + 1, begin: middle, end, depth: depth + 1 });
      open.push({ node: left, begin, end: middle, depth: depth + 1 });
    }
    return builder.finish();
  }

  /** Fills the channel sums; gives the weight, Σ w v², and that less |S|² / n, the impurity times the weight. */
  private sumUp(rows: Int32Array, begin: number, end: number, rowWeights: Float64Array) {
    const { channel, value } = this.target;
    this.sums.fill(0);
    let weight = 0;
    let squares = 0;
    for (let i = begin; i < end; i++) {
      const row = rows[i];
      const weighted = rowWeights[row] * value[row];
      weight += rowWeights[row];
      squares += weighted * value[row];
      this.sums[channel[row]] += weighted;
    }
    let ofSums = 0;
    for (let c = 0; c < this.sums.length; c++) ofSums += this.sums[c] * this.sums[c];
    return { weight, squares, impurity: squares - ofSums / weight };
  }

  private bestOfDrawn(
    rows: Int32Array,
    begin: number,
    end: number,
    rowWeights: Float64Array,
    weight: number,
    random: Random,
  ): Split | null {
    const { features, limits } = this;
    let best: Split | null = null;
    for (let drawn = 0; drawn < features.length && (drawn < limits.nFeaturesPerSplit || !best); drawn++) {
      const at = drawn + random.integer(features.length - drawn);
      const feature = features[at];
      features[at] = features[drawn];
      features[drawn] = feature;
      const split = this.finder.find(feature, rows, begin, end, rowWeights, this.sums, weight);
      if (split && (!best || split.gain > best.gain)) best = split;
    }
    return best;
  }
}
