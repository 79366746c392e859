import { log } from "../core/exp-log.ts";
import type { Random } from "../core/random.ts";
import type { BlocksEncoding } from "./blocks-encoding.ts";
import type { GanBatch, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";

/** A pool of noise holds this many steps' worth. */
const POOL_WINDOWS = 8;

/** Standard Gumbel draws: −log(−log(u)). */
function fillGumbel(values: Float32Array, random: Random): void {
  for (let i = 0; i < values.length; i++) values[i] = -log(-log(random.next() + 2 ** -33));
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

/** Noise drawn once and read from a random place at every step: drawing it afresh would cost a tenth of the step. */
class NoisePool {
  private readonly values: Float32Array;

  constructor(
    private readonly windowSize: number,
    fill: (values: Float32Array) => void,
  ) {
    this.values = new Float32Array(POOL_WINDOWS * windowSize);
    fill(this.values);
  }

  next(random: Random): Float32Array {
    const from = random.integer(this.values.length - this.windowSize + 1);
    return this.values.subarray(from, from + this.windowSize);
  }
}

/** Draws batches: training rows in shuffled epochs, and all the noise a step needs. The arrays are used again for the next batch. */
export class BatchSource {
  private readonly real: Float32Array;
  private readonly latent: Float32Array;
  private readonly mix: Float32Array;
  private readonly gumbel: NoisePool;
  private readonly mask: NoisePool;
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
    this.real = new Float32Array(batchSize * plan.nReadouts);
    this.latent = new Float32Array(batchSize * latentDim);
    this.mix = new Float32Array(batchSize / 2);
    this.gumbel = new NoisePool(batchSize * plan.nLevels, (values) => fillGumbel(values, this.noise));
    this.mask = new NoisePool(2 * batchSize * hidden, (values) => fillMask(values, this.noise));
  }

  next(): GanBatch {
    const { real, latent, mix, noise } = this;
    for (let i = 0; i < this.shape.batchSize; i++) this.copyRow(this.nextRow(), i * this.plan.nReadouts);
    fillNormal(latent, noise);
    for (let i = 0; i < mix.length; i++) mix[i] = noise.next();
    const masks = [this.mask.next(noise), this.mask.next(noise)] as const;
    return { real, latent, mix, masks, gumbel: this.gumbel.next(noise) };
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
    const { real } = this;
    real.fill(0, offset, offset + this.plan.nReadouts);
    for (let block = 0; block < this.plan.nBlocks; block++) {
      const { values, width, start } = this.readouts[block];
      const from = this.codes[row * this.plan.nBlocks + block] * width;
      for (let r = 0; r < width; r++) real[offset + start + r] += values[from + r];
    }
  }
}
