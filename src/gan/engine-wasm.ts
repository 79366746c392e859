import { log } from "../core/exp-log.ts";
import type { EngineFactory, GanBatch, GanEngine, GanLosses, GanWeights, LossWeights, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { ADAM, averageDecay, CALIBRATION_RATE, WEIGHT_DECAY } from "./recipe.ts";
import { finishCritic } from "./wasm-critic.ts";
import { PackedGenerator } from "./wasm-generator.ts";
import { ganKernel } from "./wasm-kernels.ts";
import { someRows, WasmMath } from "./wasm-math.ts";
import type { ParameterLayout } from "./wasm-parameters.ts";
import { N_SHARDS, TrainingPart } from "./wasm-part.ts";
import { type PartSetup, type RemotePart, shareOf } from "./wasm-remote.ts";
import type { AdamState, OptimiserState } from "./weights.types.ts";

const NO_LOSSES: GanLosses = { critic: 0, generator: 0, marginal: 0, pair: 0 };

/** Our own engine: everything in WebAssembly with SIMD, on this thread or on this one and others. */
class WasmEngine implements GanEngine {
  private readonly math: WasmMath;
  private readonly part: TrainingPart;
  private readonly sampling: PackedGenerator;
  private readonly average: number;
  private readonly moment1: number;
  private readonly moment2: number;
  private readonly remotes: readonly { readonly part: RemotePart; readonly shards: PartSetup["shards"] }[];
  private readonly received: { readonly address: number; readonly size: number };
  private loaded: Promise<unknown> | null;
  private losses = NO_LOSSES;
  private nLosses = 0;
  private nSteps = 0;
  private nAdamSteps = 0;

  constructor(
    plan: NetworkPlan,
    private readonly shape: NetworkShape,
    losses: LossWeights,
    initial: GanWeights,
    isExact: boolean,
    remotes: readonly RemotePart[],
  ) {
    const nShards = N_SHARDS / (remotes.length + 1);
    if (!Number.isInteger(nShards)) throw new Error(`${N_SHARDS} shards cannot be shared by ${remotes.length + 1} threads`);
    this.math = new WasmMath(ganKernel(isExact));
    this.part = new TrainingPart(this.math, plan, shape, losses, { from: 0, to: nShards });
    this.remotes = remotes.map((part, i) => ({ part, shards: { from: (i + 1) * nShards, to: (i + 2) * nShards } }));
    this.loaded =
      remotes.length > 0
        ? Promise.all(this.remotes.map(({ part, shards }) => part.load({ plan, shape, losses, isExact, shards })))
        : null;
    const { generator } = this.part.net;
    this.average = this.math.floats(generator.size);
    [this.moment1, this.moment2] = [this.part.values.size, this.part.values.size].map((size) => this.math.floats(size));
    const size = Math.max(this.part.gradients.size, this.part.moments.size);
    this.received = { address: remotes.length > 0 ? this.math.floats(size) : 0, size };
    this.sampling = new PackedGenerator(this.math, this.part.net, this.average);
    this.load(initial);
  }

  step(batch: GanBatch, learningRate: number): void | Promise<void> {
    if (this.remotes.length > 0) return this.stepTogether(batch, learningRate);
    this.part.begin(batch);
    this.part.criticise();
    this.update(this.part.finish(), learningRate);
  }

  /** The same over threads: one exchange for the moments, one for the gradients. */
  private async stepTogether(batch: GanBatch, learningRate: number): Promise<void> {
    const { math, part, remotes, shape } = this;
    if (this.loaded) await this.loaded;
    this.loaded = null;
    const half = shape.batchSize / 2;
    const { address, size } = part.values;
    const begun = remotes.map(({ part: remote, shards }) =>
      remote.begin(math.kernel.float32(address, size).slice(), shareOf(batch, half, shards)),
    );
    part.begin(batch);
    part.criticise();
    this.reduce(part.moments, await Promise.all(begun));
    const { moments } = part;
    const finished = remotes.map(({ part: remote }) =>
      remote.finish(math.kernel.float32(moments.address, part.isMatching ? moments.size : 0).slice()),
    );
    const losses = part.finish();
    this.reduce(part.gradients, await Promise.all(finished));
    this.update(losses, learningRate);
  }

  /** Adds the parts' sums to ours: pairs of quarters first, as TrainingPart does with its shards. */
  private reduce(own: { readonly address: number }, others: readonly Float32Array[]): void {
    const add = (values: Float32Array, target: number) => {
      this.math.kernel.float32(this.received.address, values.length).set(values);
      this.math.run.addTo(target, this.received.address, values.length);
    };
    if (others.length === 3) {
      add(others[0], own.address);
      const [, third, fourth] = others;
      for (let i = 0; i < third.length; i++) third[i] += fourth[i];
      add(third, own.address);
    } else for (const values of others) add(values, own.address);
  }

  private update(matching: { marginal: number; pair: number }, learningRate: number): void {
    const { math, part } = this;
    const { net, gradients } = part;
    const { adversarial, marginal, pair } = net.losses;
    const critic = adversarial > 0 ? finishCritic(math, net, part.critic, gradients) : { loss: 0, fakeScore: 0 };
    const generatorLoss = marginal * matching.marginal + pair * matching.pair - adversarial * critic.fakeScore;
    this.losses = {
      critic: this.losses.critic + critic.loss,
      generator: this.losses.generator + generatorLoss,
      marginal: this.losses.marginal + matching.marginal,
      pair: this.losses.pair + matching.pair,
    };
    this.nLosses++;
    this.nAdamSteps++;
    const correction2 = Math.sqrt(1 - ADAM.beta2 ** this.nAdamSteps);
    const rate = (learningRate * correction2) / (1 - ADAM.beta1 ** this.nAdamSteps);
    const { run } = math;
    const { size } = net.generator;
    const rest = 4 * size;
    const { address } = part.values;
    const epsilon = ADAM.epsilon * correction2;
    run.adam(address, gradients.generator, this.moment1, this.moment2, size, rate, epsilon, WEIGHT_DECAY);
    if (adversarial > 0)
      run.adam(address + rest, gradients.critic, this.moment1 + rest, this.moment2 + rest, net.critic.size, rate, epsilon, 0);
    run.blend(this.average, address, averageDecay(this.nSteps++), size);
  }

  async readLosses(): Promise<GanLosses> {
    const n = Math.max(1, this.nLosses);
    const { critic, generator, marginal, pair } = this.losses;
    this.losses = NO_LOSSES;
    this.nLosses = 0;
    return { critic: critic / n, generator: generator / n, marginal: marginal / n, pair: pair / n };
  }

  /** Probabilities of the averaged generator as it was last packed, a few rows at a time. */
  private eachProbabilities(latent: Float32Array, nRows: number, visit: (values: Float32Array, from: number) => void): void {
    const { math, part, sampling } = this;
    const { pass, nRows: atOnce } = part.spare;
    sampling.pack(false);
    for (let from = 0; from < nRows; from += atOnce) {
      const n = Math.min(atOnce, nRows - from);
      math.write(someRows(pass.latent, 0, n), latent, from * this.shape.latentDim);
      const logits = pass.logits(sampling, n);
      pass.softmax(logits);
      const values = new Float32Array(n * part.net.nLevels);
      math.read(logits, values);
      visit(values, from);
    }
  }

  async probabilities(latent: Float32Array, nRows: number): Promise<Float32Array> {
    const { nLevels } = this.part.net;
    const result = new Float32Array(nRows * nLevels);
    this.eachProbabilities(latent, nRows, (values, from) => result.set(values, from * nLevels));
    return result;
  }

  calibrate(latent: Float32Array, nRows: number, nRounds: number): void {
    const { math, part, sampling } = this;
    const { nLevels, frequencies } = part.net;
    const shares = math.kernel.float32(frequencies.address, nLevels).slice();
    for (let round = 0; round < nRounds; round++) {
      const means = new Float64Array(nLevels);
      this.eachProbabilities(latent, nRows, (values) => {
        for (let i = 0; i < values.length; i++) means[i % nLevels] += values[i] / nRows;
      });
      const bias = math.kernel.float32(sampling.parameters.levelBias.address, nLevels);
      for (let k = 0; k < nLevels; k++) {
        if (shares[k] === 0) continue;
        const excess = log(shares[k]) - log(Math.max(means[k], 1e-7));
        bias[k] += CALIBRATION_RATE * Math.max(-1, Math.min(1, excess));
      }
    }
  }

  async save(): Promise<GanWeights> {
    const { math, part, average } = this;
    const { generator, critic } = part.net;
    const { address } = part.values;
    return {
      generator: generator.read(math, address),
      average: generator.read(math, average),
      critic: critic.read(math, address + 4 * generator.size),
    };
  }

  async checkpoint(): Promise<GanWeights> {
    const { generator, critic } = this.part.net;
    const optimiser: OptimiserState = {
      generator: this.adamState(generator, 0),
      critic: this.adamState(critic, 4 * generator.size),
      nAveraged: this.nSteps,
      lossSums: { ...this.losses, nSteps: this.nLosses },
    };
    return { ...(await this.save()), optimiser };
  }

  private adamState(layout: ParameterLayout, offset: number): AdamState {
    const [moment1, moment2] = [this.moment1, this.moment2].map((moment) => layout.read(this.math, moment + offset));
    return { moment1, moment2, nSteps: this.nAdamSteps };
  }

  load({ optimiser, ...weights }: GanWeights): void {
    const { math, part, average } = this;
    const { generator, critic } = part.net;
    const { address, size } = part.values;
    const rest = 4 * generator.size;
    generator.write(math, address, weights.generator);
    generator.write(math, average, weights.average);
    critic.write(math, address + rest, weights.critic);
    for (const moment of [this.moment1, this.moment2]) math.kernel.float32(moment, size).fill(0);
    this.nAdamSteps = optimiser?.generator.nSteps ?? 0;
    if (!optimiser) return;
    for (const [moment, name] of [
      [this.moment1, "moment1"],
      [this.moment2, "moment2"],
    ] as const) {
      generator.write(math, moment, optimiser.generator[name]);
      critic.write(math, moment + rest, optimiser.critic[name]);
    }
    this.nSteps = optimiser.nAveraged;
    const { nSteps, ...losses } = optimiser.lossSums ?? { ...NO_LOSSES, nSteps: 0 };
    this.losses = losses;
    this.nLosses = nSteps;
  }

  dispose(): void {
    this.math.kernel.release();
  }
}

/** Our engine with the other threads that share its steps: none, one or three; their number changes nothing. */
export function wasmEngineFactory(isExact: boolean, remotes: readonly RemotePart[] = []): EngineFactory {
  return (plan, shape, losses, initial) => new WasmEngine(plan, shape, losses, initial, isExact, remotes);
}
