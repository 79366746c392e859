import type { BinMapper, BinnedTable } from "./bin-mapper.ts";
import { buildHistogram, type Histogram, histogramOffsets, SUMS_PER_BIN, subtractHistogram } from "./histogram.ts";
import { Partitioner } from "./partition.ts";
import { leafValue, type NodeSums, SplitFinder, type SplitPenalties } from "./split.ts";
import { type Tree, TreeBuilder } from "./tree.ts";

export interface GrowthLimits extends SplitPenalties {
  readonly maxDepth: number;
  readonly learningRate: number;
}

/** A node that waits to be grown: its rows, sums and, where it may still be split, its histogram. */
interface OpenNode {
  readonly node: number;
  readonly begin: number;
  readonly end: number;
  readonly depth: number;
  readonly sums: NodeSums;
  readonly histogram: Histogram | null;
}

/**
 * Grows regression trees on gradients and hessians to a fixed depth (Chen & Guestrin 2016). Of two siblings the
 * smaller has its histogram built, the other gets the parent's less that. Memory is kept from tree to tree.
 * Building a tree costs O(nRows × nFeatures × maxDepth).
 */
export class Grower {
  private readonly offsets: Int32Array;
  private readonly finder: SplitFinder;
  private readonly partitioner: Partitioner;
  private readonly spareHistograms: Histogram[] = [];

  constructor(
    mapper: BinMapper,
    private readonly binned: BinnedTable,
    private readonly limits: GrowthLimits,
  ) {
    this.offsets = histogramOffsets(binned);
    this.finder = new SplitFinder(mapper, this.offsets, limits);
    this.partitioner = new Partitioner(binned);
  }

  /**
   * A tree for the given rows (reordered in place) that asks only the given features. Leaf values hold the learning
   * rate already.
   */
  grow(rows: Int32Array, features: Int32Array, gradients: Float64Array, hessians: Float64Array): Tree {
    const builder = new TreeBuilder(1);
    const open: OpenNode[] = [this.openRoot(rows, gradients, hessians)];
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, begin, end, depth, sums, histogram } = next;
      const split = histogram ? this.finder.find(histogram, sums, features) : null;
      if (!histogram || !split) {
        const value = leafValue(sums.gradients, sums.hessians, this.limits);
        builder.addLeaf(node, [value], this.limits.learningRate, sums.hessians);
        if (histogram) this.spareHistograms.push(histogram);
        continue;
      }
      const left = builder.addSplit(node, split, sums.hessians);
      const middle = this.partitioner.partition(rows, begin, end, split);
      const leftIsSmaller = middle - begin <= end - middle;
      let smaller: Histogram | null = null;
      if (depth + 1 < this.limits.maxDepth) {
        smaller = this.spareHistograms.pop() ?? this.newHistogram();
        const [from, to] = leftIsSmaller ? [begin, middle] : [middle, end];
        buildHistogram(smaller, this.offsets, this.binned, rows, from, to, gradients, hessians);
        subtractHistogram(histogram, smaller);
      } else this.spareHistograms.push(histogram);
      const larger = smaller && histogram;
      const right = without(sums, split.leftSums);
      open.push({
        node: left + 1,
        begin: middle,
        end,
        depth: depth + 1,
        sums: right,
        histogram: leftIsSmaller ? larger : smaller,
      });
      open.push({
        node: left,
        begin,
        end: middle,
        depth: depth + 1,
        sums: split.leftSums,
        histogram: leftIsSmaller ? smaller : larger,
      });
    }
    return builder.finish();
  }

  private newHistogram(): Histogram {
    return new Float64Array(SUMS_PER_BIN * this.offsets[this.binned.nFeatures]);
  }

  private openRoot(rows: Int32Array, gradients: Float64Array, hessians: Float64Array): OpenNode {
    const histogram = this.spareHistograms.pop() ?? this.newHistogram();
    buildHistogram(histogram, this.offsets, this.binned, rows, 0, rows.length, gradients, hessians);
    const sums = { gradients: 0, hessians: 0, count: rows.length };
    for (const row of rows) {
      sums.gradients += gradients[row];
      sums.hessians += hessians[row];
    }
    return { node: 0, begin: 0, end: rows.length, depth: 0, sums, histogram };
  }
}

function without(whole: NodeSums, part: NodeSums): NodeSums {
  return {
    gradients: whole.gradients - part.gradients,
    hessians: whole.hessians - part.hessians,
    count: whole.count - part.count,
  };
}
