import type { BinnedTable } from "./bin-mapper.ts";
import type { Split } from "./tree.ts";

/** Sends the rows of a node to its two sides, each side keeping its order. Holds the memory that takes. */
export class Partitioner {
  private readonly goesLeft = new Uint8Array(256);
  private readonly kept: Int32Array;

  constructor(private readonly binned: BinnedTable) {
    this.kept = new Int32Array(binned.nRows);
  }

  /** Reorders rows[begin, end) so that those of the left child come first; gives where the right child begins. */
  partition(rows: Int32Array, begin: number, end: number, split: Split): number {
    const { bins, nFeatures, nBins } = this.binned;
    const { goesLeft, kept } = this;
    const { feature } = split;
    if (split.leftBins) goesLeft.set(split.leftBins);
    else {
      goesLeft.fill(1, 0, split.bin + 1);
      goesLeft.fill(0, split.bin + 1);
      goesLeft[nBins[feature]] = split.missingLeft ? 1 : 0;
    }
    let middle = begin;
    let nKept = 0;
    for (let i = begin; i < end; i++) {
      const row = rows[i];
      if (goesLeft[bins[row * nFeatures + feature]] === 1) rows[middle++] = row;
      else kept[nKept++] = row;
    }
    for (let i = 0; i < nKept; i++) rows[middle + i] = kept[i];
    return middle;
  }
}
