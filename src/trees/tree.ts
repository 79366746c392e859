/** Words of 32 flags that hold one node's set of bins. */
const WORDS_PER_SET = 8;

/**
 * A binary tree as flat arrays, one entry per node; node 0 is the root. A row goes left when its bin is at most `bin`
 * (or stands in the node's set of bins), and a missing value where `missingLeft` says.
 */
export interface Tree {
  readonly nOutputs: number;
  /** The feature asked; −1 at a leaf. */
  readonly feature: Int32Array;
  /** The left child, which the right one follows; at a leaf, the leaf's number. */
  readonly left: Int32Array;
  readonly bin: Uint8Array;
  readonly missingLeft: Uint8Array;
  /** Number of the node's set of left-going bins in `binSets`; −1 where `bin` decides. A set covers the missing bin too. */
  readonly binSet: Int32Array;
  readonly binSets: Uint32Array;
  /** What the split won, in the grower's own measure; 0 at a leaf. */
  readonly gain: Float64Array;
  /** Sum of hessians (boosting) or of row weights (forest) at the node. */
  readonly weight: Float64Array;
  /** (nLeaves × nOutputs). */
  readonly values: Float64Array;
}

/** A rule that sends the rows of a node to two sides. */
export interface Split {
  readonly feature: number;
  /** Bins up to this one go left, where `leftBins` is null. */
  readonly bin: number;
  readonly missingLeft: boolean;
  /** One flag per bin, the missing one included: set where it goes left. */
  readonly leftBins: Uint8Array | null;
  readonly gain: number;
}

/** Collects a tree node by node. */
export class TreeBuilder {
  private readonly feature: number[] = [];
  private readonly left: number[] = [];
  private readonly bin: number[] = [];
  private readonly missingLeft: number[] = [];
  private readonly binSet: number[] = [];
  private readonly binSets: number[] = [];
  private readonly gain: number[] = [];
  private readonly weight: number[] = [];
  private readonly values: number[] = [];
  private nLeaves = 0;

  constructor(private readonly nOutputs: number) {
    this.addNode();
  }

  private addNode(): number {
    this.feature.push(-1);
    this.left.push(-1);
    this.bin.push(0);
    this.missingLeft.push(0);
    this.binSet.push(-1);
    this.gain.push(0);
    return this.weight.push(0) - 1;
  }

  /** Makes `node` an inner node and gives its left child; the right one is the next number. */
  addSplit(node: number, split: Split, weight: number): number {
    const left = this.addNode();
    this.addNode();
    this.feature[node] = split.feature;
    this.left[node] = left;
    this.bin[node] = split.bin;
    this.missingLeft[node] = split.missingLeft ? 1 : 0;
    this.gain[node] = split.gain;
    this.weight[node] = weight;
    if (split.leftBins) {
      const words = new Array<number>(WORDS_PER_SET).fill(0);
      split.leftBins.forEach((isLeft, bin) => {
        if (isLeft) words[bin >> 5] |= 1 << (bin & 31);
      });
      this.binSet[node] = this.binSets.push(...words) / WORDS_PER_SET - 1;
    }
    return left;
  }

  /** Makes `node` a leaf whose outputs are `sums` times `scale`. */
  addLeaf(node: number, sums: ArrayLike<number>, scale: number, weight: number): void {
    this.left[node] = this.nLeaves++;
    this.weight[node] = weight;
    for (let i = 0; i < this.nOutputs; i++) this.values.push(sums[i] * scale);
  }

  finish(): Tree {
    return {
      nOutputs: this.nOutputs,
      feature: new Int32Array(this.feature),
      left: new Int32Array(this.left),
      bin: new Uint8Array(this.bin),
      missingLeft: new Uint8Array(this.missingLeft),
      binSet: new Int32Array(this.binSet),
      binSets: new Uint32Array(this.binSets),
      gain: new Float64Array(this.gain),
      weight: new Float64Array(this.weight),
      values: new Float64Array(this.values),
    };
  }
}

/** Whether a bin stands in one of the tree's sets. */
export function isInBinSet(tree: Tree, set: number, bin: number): boolean {
  return ((tree.binSets[set * WORDS_PER_SET + (bin >> 5)] >>> (bin & 31)) & 1) === 1;
}
