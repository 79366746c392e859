import type { BoostingKernel } from "./boosting-kernel.ts";

/** Bytes of one slot: the sum of gradients and the sum of hessians. */
export const SLOT_BYTES = 16;
/** Slots of a block are numbered in 16 bits. */
const MAX_BLOCK_SLOTS = 65_536;
/** A call that has begun goes on in slow code where a browser has faster code ready by now; the next one takes it. */
const ROWS_PER_CALL = 16_384;

/** Features whose slots stand row by row in one matrix. */
interface FeatureBlock {
  readonly bins: number;
  readonly width: number;
  readonly firstSlot: number;
}

/** Where each feature's bins begin in a histogram, its missing bin last; the last entry is the number of slots. */
export function histogramOffsets(nBins: ArrayLike<number>): Int32Array {
  const offsets = new Int32Array(nBins.length + 1);
  for (let feature = 0; feature < nBins.length; feature++) offsets[feature + 1] = offsets[feature] + nBins[feature] + 1;
  return offsets;
}

/**
 * Sums of gradients and hessians over a node's rows per (feature, bin), in a kernel's memory: feature f's bin b has slot
 * offsets[f] + b. Rows hold slots and not bins (16 bits each), and the two sums stand side by side: measured 0.6 ns a
 * sum for 4,000 rows and 0.8 to 1.1 ns for a million, against 2.9 to 6 in JavaScript and 1.2 to 1.8 with bins of 8 bits.
 */
export class HistogramStore {
  readonly nSlots: number;
  private readonly blocks: FeatureBlock[] = [];
  private readonly spare: number[] = [];

  /** bins: (nRows × nFeatures), row-major. */
  constructor(
    private readonly kernel: BoostingKernel,
    bins: Uint8Array,
    nRows: number,
    readonly offsets: Int32Array,
  ) {
    const nFeatures = offsets.length - 1;
    this.nSlots = offsets[nFeatures];
    for (let from = 0; from < nFeatures; ) {
      let to = from + 1;
      while (to < nFeatures && offsets[to + 1] - offsets[from] <= MAX_BLOCK_SLOTS) to++;
      const width = to - from;
      const address = kernel.allocate(2 * nRows * width);
      const slots = kernel.uint16(address, nRows * width);
      for (let feature = from; feature < to; feature++) {
        const first = offsets[feature] - offsets[from];
        let at = feature - from;
        for (let i = feature; i < bins.length; i += nFeatures, at += width) slots[at] = first + bins[i];
      }
      this.blocks.push({ bins: address, width, firstSlot: offsets[from] });
      from = to;
    }
  }

  /** The histogram of rows[begin, end), at an address to be given back with `release`. O((end − begin) × nFeatures). */
  build(rows: number, begin: number, end: number, pairs: number): number {
    const { functions } = this.kernel;
    const histogram = this.spare.pop() ?? this.kernel.allocate(SLOT_BYTES * this.nSlots);
    functions.clear(histogram, SLOT_BYTES * this.nSlots);
    for (let from = begin; from < end; from += ROWS_PER_CALL) {
      const to = Math.min(from + ROWS_PER_CALL, end);
      for (const { bins, width, firstSlot } of this.blocks)
        functions.fillHistogram(bins, width, rows, from, to, pairs, histogram + SLOT_BYTES * firstSlot);
    }
    return histogram;
  }

  /** Turns the parent's histogram into that of one child by taking the other child's away. */
  subtract(parent: number, child: number): void {
    this.kernel.functions.subtractHistogram(parent, child, this.nSlots);
  }

  release(histogram: number): void {
    this.spare.push(histogram);
  }
}
