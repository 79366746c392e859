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
  /** Where the readouts of the block's group start in a row. */
  readonly start: number;
  /** The block's own columns among those of its group: elsewhere its readouts are 0. */
  readonly first: number;
  readonly end: number;
}

function ownColumns(values: Float32Array, width: number): { first: number; end: number } {
  let [first, end] = [width, 0];
  values.forEach((value, i) => {
    if (value === 0) return;
    first = Math.min(first, i % width);
    end = Math.max(end, (i % width) + 1);
  });
  return { first, end };
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
      result[block] = { values, width: group.nReadouts, start, ...ownColumns(values, group.nReadouts) };
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
  private readonly nRows: number;
  private order: Int32Array = new Int32Array(0);
  private epoch = -1;
  private nDrawn = 0;

  constructor(
    encoding: BlocksEncoding,
    private readonly plan: NetworkPlan,
    private readonly shape: NetworkShape,
    /** Block codes of the training rows (nRows × nBlocks). */
    private readonly codes: Int32Array,
    private readonly random: Random,
  ) {
    const { batchSize, hidden, latentDim } = shape;
    this.readouts = blockReadouts(encoding, plan);
    this.nRows = codes.length / plan.nBlocks;
    const pools = random.split("pools");
    this.real = new Float32Array(batchSize * plan.nReadouts);
    this.latent = new Float32Array(batchSize * latentDim);
    this.mix = new Float32Array(batchSize / 2);
    this.gumbel = new NoisePool(batchSize * plan.nLevels, (values) => fillGumbel(values, pools.split("gumbel")));
    this.mask = new NoisePool(2 * batchSize * hidden, (values) => fillMask(values, pools.split("masks")));
  }

  /** The batch of the next step. Each step has streams of its own, so that training can go on from any of them. */
  next(): GanBatch {
    const { real, latent, mix } = this;
    const { batchSize } = this.shape;
    const noise = this.random.split(`step ${this.nDrawn}`);
    for (let i = 0; i < batchSize; i++) this.copyRow(this.rowAt(this.nDrawn * batchSize + i), i * this.plan.nReadouts);
    this.nDrawn++;
    fillNormal(latent, noise);
    for (let i = 0; i < mix.length; i++) mix[i] = noise.next();
    const masks = [this.mask.next(noise), this.mask.next(noise)] as const;
    return { real, latent, mix, masks, gumbel: this.gumbel.next(noise) };
  }

  /** Goes on as after `nSteps` batches. */
  skipTo(nSteps: number): void {
    this.nDrawn = nSteps;
  }

  /** Row number `position` of an endless list of epochs, each in an order of its own. */
  private rowAt(position: number): number {
    const epoch = Math.floor(position / this.nRows);
    if (epoch !== this.epoch) {
      const rows = Int32Array.from({ length: this.nRows }, (_, row) => row);
      this.order = this.random.split(`epoch ${epoch}`).shuffle(rows);
      this.epoch = epoch;
    }
    return this.order[position - epoch * this.nRows];
  }

  /** Puts the row's readouts together: within a group each block fills its own columns. */
  private copyRow(row: number, offset: number): void {
    const { real } = this;
    real.fill(0, offset, offset + this.plan.nReadouts);
    for (let block = 0; block < this.plan.nBlocks; block++) {
      const { values, width, start, first, end } = this.readouts[block];
      const from = this.codes[row * this.plan.nBlocks + block] * width;
      for (let r = first; r < end; r++) real[offset + start + r] += values[from + r];
    }
  }
}
