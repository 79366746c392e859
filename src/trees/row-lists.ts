import type { BoostingKernel } from "./boosting-kernel.ts";
import type { Split } from "./tree.ts";

/**
 * The rows of a tree's nodes, in a kernel's memory: those that the tree grows on, then those that it only carries to
 * their leaves (rows not drawn, rows for validation). A node's rows of either kind stand together.
 */
export interface NodeRows {
  readonly begin: number;
  readonly end: number;
  readonly carriedBegin: number;
  readonly carriedEnd: number;
}

/** Which rows of a node go left, a bit each in the order of its rows; lets others partition without the column. */
export interface Sides {
  readonly grown: Uint8Array;
  readonly carried: Uint8Array;
}

const bitBytes = (nRows: number): number => (nRows + 7) >> 3;

export class RowLists {
  /** Address of the row numbers, 32 bits each. */
  readonly rows: number;
  private readonly scratch: number;
  private readonly bits: number;
  private readonly columns: number;
  private readonly flags: number;

  /** bins: (nRows × nFeatures), row-major; kept column by column, so that a partition reads one column alone. */
  constructor(
    private readonly kernel: BoostingKernel,
    bins: Uint8Array,
    private readonly nRows: number,
    private readonly nTrainRows: number,
    private readonly nBins: readonly number[],
  ) {
    const nFeatures = nBins.length;
    this.rows = kernel.allocate(4 * nRows);
    this.scratch = kernel.allocate(4 * nRows);
    this.bits = kernel.allocate(bitBytes(nRows));
    this.columns = kernel.allocate(nRows * nFeatures);
    this.flags = kernel.allocate(256);
    for (let feature = 0; feature < nFeatures; feature++) {
      const column = kernel.bytes(this.columns + feature * nRows, nRows);
      for (let row = 0, at = feature; row < nRows; row++, at += nFeatures) column[row] = bins[at];
    }
  }

  /** The root's rows: all for training, or those drawn (ascending). */
  start(drawn: Int32Array | null): NodeRows {
    const { kernel, nRows, nTrainRows } = this;
    const nGrown = drawn ? drawn.length : nTrainRows;
    if (!drawn) kernel.functions.countUp(this.rows, 0, nRows);
    else {
      const rows = kernel.int32(this.rows, nRows);
      rows.set(drawn);
      let at = nGrown;
      for (let row = 0, next = 0; row < nRows; row++) {
        if (next < nGrown && drawn[next] === row) next++;
        else rows[at++] = row;
      }
    }
    return { begin: 0, end: nGrown, carriedBegin: nGrown, carriedEnd: nRows };
  }

  private setFlags(place: number, split: Split): void {
    const flags = this.kernel.bytes(this.flags, 256);
    if (split.leftBins) flags.set(split.leftBins);
    else {
      flags.fill(1, 0, split.bin + 1);
      flags.fill(0, split.bin + 1);
      flags[this.nBins[place]] = split.missingLeft ? 1 : 0;
    }
  }

  /** The sides of a node's rows by the feature at `place`. */
  sides(node: NodeRows, place: number, split: Split): Sides {
    this.setFlags(place, split);
    const write = (begin: number, end: number): Uint8Array => {
      const { functions } = this.kernel;
      functions.writeSides(this.rows, begin, end, this.columns + place * this.nRows, this.flags, this.bits);
      return this.kernel.bytes(this.bits, bitBytes(end - begin)).slice();
    };
    return { grown: write(node.begin, node.end), carried: write(node.carriedBegin, node.carriedEnd) };
  }

  /** Brings the left child's rows before the right one's, each keeping their order: by a column of this kernel. */
  divide(node: NodeRows, place: number, split: Split): [NodeRows, NodeRows] {
    this.setFlags(place, split);
    const { functions } = this.kernel;
    const column = this.columns + place * this.nRows;
    return this.cut(node, (begin, end) => functions.partition(this.rows, begin, end, column, this.flags, this.scratch));
  }

  /** `divide` by sides that were found elsewhere. */
  divideBySides(node: NodeRows, sides: Sides): [NodeRows, NodeRows] {
    const { kernel, rows, scratch, bits } = this;
    return this.cut(node, (begin, end, which) => {
      kernel.bytes(bits, sides[which].length).set(sides[which]);
      return kernel.functions.partitionBySides(rows, begin, end, bits, scratch);
    });
  }

  private cut(node: NodeRows, partition: (begin: number, end: number, which: keyof Sides) => number): [NodeRows, NodeRows] {
    const { begin, end, carriedBegin, carriedEnd } = node;
    const middle = begin + partition(begin, end, "grown");
    const carriedMiddle = carriedBegin + (carriedEnd > carriedBegin ? partition(carriedBegin, carriedEnd, "carried") : 0);
    return [
      { begin, end: middle, carriedBegin, carriedEnd: carriedMiddle },
      { begin: middle, end, carriedBegin: carriedMiddle, carriedEnd },
    ];
  }
}
