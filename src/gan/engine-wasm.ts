import { log } from "../core/exp-log.ts";
import type { EngineFactory, GanBatch, GanEngine, GanLosses, GanWeights, LossWeights, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { averageDecay, CALIBRATION_RATE } from "./recipe.ts";
import { PackedGenerator } from "./wasm-generator.ts";
import { someRows, type WasmMath } from "./wasm-math.ts";
import { N_SHARDS, type TrainingPart } from "./wasm-part.ts";
import type { Helpers } from "./wasm-remote.ts";
import { type PartSetup, PartTrainer } from "./wasm-trainer.ts";
import type { OptimiserState } from "./weights.types.ts";

const NO_LOSSES: GanLosses = { critic: 0, generator: 0, marginal: 0, pair: 0 };

/** Our own engine: everything in WebAssembly with SIMD, on this thread or on this one and others. */
class WasmEngine implements GanEngine {
  private readonly math: WasmMath;
  private readonly part: TrainingPart;
  private readonly trainer: PartTrainer;
  private readonly sampling: PackedGenerator;
  private readonly average: number;
  /** What the helpers do not know yet. */
  private news: GanWeights | null = null;
  private losses = NO_LOSSES;
  private nLosses = 0;
  private nSteps = 0;

  constructor(
    plan: NetworkPlan,
    private readonly shape: NetworkShape,
    losses: LossWeights,
    initial: GanWeights,
    isExact: boolean,
    private readonly helpers: Helpers | null,
  ) {
    const nThreads = 1 + (helpers?.count ?? 0);
    const nShards = N_SHARDS / nThreads;
    if (!Number.isInteger(nShards)) throw new Error(`${N_SHARDS} shards cannot be shared by ${nThreads} threads`);
    const [own, ...others] = Array.from({ length: nThreads }, (_, i): PartSetup => {
      return { plan, shape, losses, isExact, shards: { from: i * nShards, to: (i + 1) * nShards } };
    });
    this.trainer = new PartTrainer(own, helpers?.open(others) ?? []);
    this.math = this.trainer.math;
    this.part = this.trainer.part;
    this.average = this.math.floats(this.part.net.generator.size);
    this.sampling = new PackedGenerator(this.math, this.part.net, this.average);
    this.load(initial);
  }

  step(batch: GanBatch, learningRate: number): Promise<void> {
    const { helpers, trainer } = this;
    if (!helpers) return this.follow(trainer.step(batch, learningRate));
    if (this.news) helpers.load(this.news);
    this.news = null;
    helpers.begin(batch, learningRate);
    return this.follow(helpers.guard(trainer.step(batch, learningRate)));
  }

  private async follow(step: Promise<GanLosses>): Promise<void> {
    const { critic, generator, marginal, pair } = await step;
    const { losses, math, part } = this;
    this.losses = {
      critic: losses.critic + critic,
      generator: losses.generator + generator,
      marginal: losses.marginal + marginal,
      pair: losses.pair + pair,
    };
    this.nLosses++;
    math.run.blend(this.average, part.values.address, averageDecay(this.nSteps++), part.net.generator.size);
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
    return { ...this.trainer.save(), average: this.part.net.generator.read(this.math, this.average) };
  }

  async checkpoint(): Promise<GanWeights> {
    const optimiser: OptimiserState = {
      ...this.trainer.saveAdam(),
      nAveraged: this.nSteps,
      lossSums: { ...this.losses, nSteps: this.nLosses },
    };
    return { ...(await this.save()), optimiser };
  }

  load(weights: GanWeights): void {
    this.trainer.load(weights);
    this.part.net.generator.write(this.math, this.average, weights.average);
    this.news = weights;
    const { optimiser } = weights;
    if (!optimiser) return;
    this.nSteps = optimiser.nAveraged;
    const { nSteps, ...losses } = optimiser.lossSums ?? { ...NO_LOSSES, nSteps: 0 };
    this.losses = losses;
    this.nLosses = nSteps;
  }

  dispose(): void {
    this.trainer.dispose();
  }
}

/** Our engine with the other threads that share its steps: none, one or three; their number changes nothing. */
export function wasmEngineFactory(isExact: boolean, helpers: Helpers | null = null): EngineFactory {
  return (plan, shape, losses, initial) => new WasmEngine(plan, shape, losses, initial, isExact, helpers);
}
