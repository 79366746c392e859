import type { GanBatch, LossWeights, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { CriticPass, type CriticRows, PackedCritic } from "./wasm-critic.ts";
import { GeneratorPass, GeneratorRoom, generatorGradients, type MatchingGradients, PackedGenerator } from "./wasm-generator.ts";
import { someRows, type WasmMath, type WasmMatrix } from "./wasm-math.ts";
import { buildNetwork, type WasmNetwork } from "./wasm-network.ts";
import { type Gradients, type Moments, makeGradients, makeMoments, type Sums } from "./wasm-sums.ts";

/** A batch is always computed in this many shards, so that sums come out the same however many threads there are. */
export const N_SHARDS = 4;

/** Where each shard begins in a half of the batch, and where the last ends. */
export const shardBounds = (half: number): number[] =>
  Array.from({ length: N_SHARDS + 1 }, (_, shard) => Math.floor((half * shard) / N_SHARDS));

/** One shard: rows `from` to `to` of either half of the part's rows. */
interface Shard {
  readonly from: number;
  readonly to: number;
  readonly pass: GeneratorPass;
}

/**
 * Some of a batch's shards on one thread: all of them, a half or a quarter. A shard has as many rows of the batch's first
 * half as of its second. Shards are added up in pairs and pairs in fours, here as between threads.
 */
export class TrainingPart {
  readonly net: WasmNetwork;
  readonly moments: Moments;
  readonly gradients: Gradients;
  readonly generator: PackedGenerator;
  readonly critic: PackedCritic;
  /** The parameters: the generator's and then the critic's. */
  readonly values: Sums;
  private readonly second: { readonly moments: Moments; readonly gradients: Gradients } | null;
  private readonly shards: readonly Shard[];
  private readonly criticPass: CriticPass;
  private readonly matching: MatchingGradients;
  /** Rows in either half of the batch that was given. */
  private half = 0;
  private batch: GanBatch | null = null;

  constructor(
    readonly math: WasmMath,
    plan: NetworkPlan,
    shape: NetworkShape,
    losses: LossWeights,
    shards: { readonly from: number; readonly to: number },
  ) {
    this.net = buildNetwork(math, plan, shape, losses);
    const { generator, critic, nReadouts, nLevels } = this.net;
    const size = generator.size + critic.size;
    this.values = { address: math.floats(size), size };
    this.generator = new PackedGenerator(math, this.net, this.values.address);
    this.critic = new PackedCritic(math, this.net, this.values.address + 4 * generator.size);
    this.moments = makeMoments(math, this.net);
    this.gradients = makeGradients(math, this.net);
    const hasTwoPairs = shards.to - shards.from > 2;
    this.second = hasTwoPairs ? { moments: makeMoments(math, this.net), gradients: makeGradients(math, this.net) } : null;
    const bounds = shardBounds(shape.batchSize / 2);
    const first = bounds[shards.from];
    const spans = Array.from({ length: shards.to - shards.from }, (_, i) => ({
      from: bounds[shards.from + i] - first,
      to: bounds[shards.from + i + 1] - first,
    }));
    const maxRows = Math.max(...spans.map(({ from, to }) => to - from));
    const room = new GeneratorRoom(math, this.net, 2 * maxRows);
    this.shards = spans.map(({ from, to }) => ({
      from,
      to,
      pass: new GeneratorPass(math, this.net, room, 2 * (to - from), to - from),
    }));
    this.criticPass = new CriticPass(math, this.net, 2 * maxRows, maxRows);
    this.matching = {
      pairs: [math.packed(nReadouts, nReadouts), math.packed(nReadouts, nReadouts)],
      levels: [math.matrix(1, nLevels), math.matrix(1, nLevels)],
    };
  }

  get isMatching(): boolean {
    return this.net.losses.marginal > 0 || this.net.losses.pair > 0;
  }

  /** A pass whose rows may be used between steps, and how many it takes. */
  get spare(): { readonly pass: GeneratorPass; readonly nRows: number } {
    const { pass, from, to } = this.shards[0];
    return { pass, nRows: 2 * (to - from) };
  }

  /**
   * Takes a batch, which begins with the part's own rows in either half, through the generator; leaves the moments. The batch
   * must stay as it is until `finish`. Both networks must have been packed since their parameters changed.
   */
  begin(batch: GanBatch): void {
    this.batch = batch;
    this.half = batch.latent.length / (2 * this.net.shape.latentDim);
    const { generator, math, net } = this;
    this.clear(({ moments }) => moments);
    this.shards.forEach((shard, i) => {
      this.writeRows(shard, shard.pass.latent, batch.latent);
      if (net.losses.adversarial > 0) this.writeRows(shard, shard.pass.relaxed, batch.gumbel);
      shard.pass.forward(generator, this.sumsOf(i).moments);
    });
    if (this.second) math.run.addTo(this.moments.address, this.second.moments.address, this.moments.size);
    this.clear(({ gradients }) => gradients);
  }

  /** The critic's loss and gradients, which need nothing of other parts. */
  criticise(): void {
    if (this.net.losses.adversarial === 0) return;
    this.shards.forEach((shard, i) => {
      this.criticPass.run(this.critic, this.rowsOf(shard), this.sumsOf(i).gradients);
    });
  }

  /** The rest, once `moments` holds those of the whole batch; leaves the gradients. Gives the matching losses. */
  finish(): { marginal: number; pair: number } {
    const losses = this.isMatching ? this.match() : { marginal: 0, pair: 0 };
    const matching = this.isMatching ? this.matching : null;
    this.shards.forEach(({ pass }, i) => {
      pass.backward(this.generator, matching, generatorGradients(this.net, this.sumsOf(i).gradients));
    });
    if (this.second) this.math.run.addTo(this.gradients.address, this.second.gradients.address, this.gradients.size);
    this.batch = null;
    return losses;
  }

  /** Turns moments into losses and gradients, as matching-losses.ts. */
  private match(): { marginal: number; pair: number } {
    const { math, net, moments, matching } = this;
    const { run } = math;
    const half = net.shape.batchSize / 2;
    const { pairs, levels } = moments;
    for (const h of [0, 1]) {
      const pair = pairs[h];
      run.excess(pair.address, 1 / half, net.pairTarget.address, net.pairMask.address, pair.nRows * pair.stride);
      const level = levels[h];
      run.excess(level.address, 1 / half, net.frequencies.address, net.levelMask.address, level.stride);
      run.product(level.address, net.rarity.address, 1, matching.levels[h].address, level.stride);
    }
    const loss = {
      marginal: run.dot(levels[0].address, matching.levels[1].address, levels[0].stride),
      pair: run.dot(pairs[0].address, pairs[1].address, pairs[0].nRows * pairs[0].stride) / 2,
    };
    for (const h of [0, 1]) {
      const pair = pairs[h];
      run.product(pair.address, net.pairMask.address, net.losses.pair / half, pair.address, pair.nRows * pair.stride);
      math.pack(pair, matching.pairs[h]);
      const level = matching.levels[h];
      run.product(level.address, net.levelMask.address, net.losses.marginal / half, level.address, level.stride);
    }
    return loss;
  }

  private sumsOf(shard: number): { readonly moments: Moments; readonly gradients: Gradients } {
    return shard > 1 && this.second ? this.second : this;
  }

  private clear(pick: (sums: { readonly moments: Moments; readonly gradients: Gradients }) => Sums): void {
    for (const sums of this.second ? [this, this.second] : [this]) {
      const { address, size } = pick(sums);
      this.math.kernel.float32(address, size).fill(0);
    }
  }

  /** A shard's rows of both halves, out of a source with rows of the batch. */
  private writeRows({ from, to }: Shard, target: WasmMatrix, source: Float32Array, firstRow = 0): void {
    const n = to - from;
    this.math.write(someRows(target, 0, n), source, (firstRow + from) * target.nColumns);
    if (target.nRows > n) this.math.write(someRows(target, n, 2 * n), source, (firstRow + this.half + from) * target.nColumns);
  }

  private rowsOf(shard: Shard): CriticRows {
    const { batch, half, math } = this;
    if (!batch) throw new Error("the critic comes after begin");
    const n = shard.to - shard.from;
    return {
      nRows: 2 * n,
      nMixed: n,
      real: (target) => this.writeRows(shard, target, batch.real),
      fake: (target) => shard.pass.readDrawn(target),
      mask: (layer, kind, target) => this.writeRows(shard, target, batch.masks[layer], kind === "real" ? 0 : 2 * half),
      mix: (address) => math.kernel.float32(address, n).set(batch.mix.subarray(shard.from, shard.to)),
      fakeGradient: shard.pass.fakeGradient,
    };
  }
}
