import { log } from "../core/exp-log.ts";
import type { Random } from "../core/random.ts";
import type { BlocksEncoding } from "./blocks-encoding.ts";
import type { GanBatch, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";

/** Gumbel noise is looked up at this many quantile mid-points: exact enough to train on, and far cheaper than two logarithms. */
const N_QUANTILES = 1 << 16;

function gumbelQuantiles(): Float32Array {
  return Float32Array.from({ length: N_QUANTILES }, (_, i) => -log(-log((i + 0.5) / N_QUANTILES)));
}

/** Readout of every block's levels in the order of the block's codes, for copying rows together. */
interface BlockReadout {
  readonly values: Float32Array;
  readonly width: number;
  /** Where the block's readouts start in a row. */
  readonly start: number;
}

function blockReadouts(encoding: BlocksEncoding, plan: NetworkPlan): BlockReadout[] {
  const result: BlockReadout[] = new Array(plan.nBlocks);
  let level = 0;
  let start = 0;
  for (const group of plan.groups) {
    for (let block = 0; block < plan.nBlocks; block++) {
      const at = plan.levelOffset[block] - level;
      if (at < 0 || at >= group.nLevels) continue;
      const from = at * group.nReadouts;
      const values = group.readout.subarray(from, from + encoding.blocks[block].nCombinations * group.nReadouts);
      result[block] = { values, width: group.nReadouts, start };
    }
    level += group.nLevels;
    start += group.nReadouts;
  }
  return result;
}

/** Fills a vector with standard normal draws. */
export function fillNormal(values: Float32Array, random: Random): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = random.normal();
  return values;
}

/** Fair coin per entry, 0 or 2: dropout of one half with its expectation kept. */
function fillMask(mask: Float32Array, random: Random): void {
  for (let i = 0; i < mask.length; i += 32) {
    const bits = (random.next() * 4294967296) >>> 0;
    const end = Math.min(32, mask.length - i);
    for (let bit = 0; bit < end; bit++) mask[i + bit] = (bits >>> bit) & 1 ? 2 : 0;
  }
}

/** Draws batches: training rows in shuffled epochs, and all the noise a step needs. The arrays are used again for the next batch. */
export class BatchSource {
  private readonly batch: GanBatch;
  private readonly quantiles = gumbelQuantiles();
  private readonly readouts: readonly BlockReadout[];
  private readonly order: Int32Array;
  private readonly rows: Random;
  private readonly noise: Random;
  private cursor = 0;

  constructor(
    encoding: BlocksEncoding,
    private readonly plan: NetworkPlan,
    private readonly shape: NetworkShape,
    /** Block codes of the training rows (nRows × nBlocks). */
    private readonly codes: Int32Array,
    random: Random,
  ) {
    const { batchSize, hidden, latentDim } = shape;
    this.readouts = blockReadouts(encoding, plan);
    this.rows = random.split("rows");
    this.noise = random.split("noise");
    this.order = this.rows.shuffle(Int32Array.from({ length: codes.length / plan.nBlocks }, (_, row) => row));
    this.batch = {
      real: new Float32Array(batchSize * plan.nReadouts),
      latent: new Float32Array(batchSize * latentDim),
      gumbel: new Float32Array(batchSize * plan.nLevels),
      masks: [new Float32Array(2 * batchSize * hidden), new Float32Array(2 * batchSize * hidden)],
      mix: new Float32Array(batchSize),
    };
  }

  next(): GanBatch {
    const { batch, noise, quantiles } = this;
    for (let i = 0; i < this.shape.batchSize; i++) this.copyRow(this.nextRow(), i * this.plan.nReadouts);
    fillNormal(batch.latent, noise);
    for (let i = 0; i < batch.gumbel.length; i++) batch.gumbel[i] = quantiles[(noise.next() * N_QUANTILES) | 0];
    for (const mask of batch.masks) fillMask(mask, noise);
    for (let i = 0; i < batch.mix.length; i++) batch.mix[i] = noise.next();
    return batch;
  }

  private nextRow(): number {
    if (this.cursor === this.order.length) {
      this.cursor = 0;
      this.rows.shuffle(this.order);
    }
    return this.order[this.cursor++];
  }

  /** Adds up the row's readouts: within a group each block fills its own columns. */
  private copyRow(row: number, offset: number): void {
    const { real } = this.batch;
    real.fill(0, offset, offset + this.plan.nReadouts);
    for (let block = 0; block < this.plan.nBlocks; block++) {
      const { values, width, start } = this.readouts[block];
      const from = this.codes[row * this.plan.nBlocks + block] * width;
      for (let r = 0; r < width; r++) real[offset + start + r] += values[from + r];
    }
  }
}
