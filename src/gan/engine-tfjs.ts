import * as tf from "@tensorflow/tfjs";
import { AdamVector } from "./adam.ts";
import { type CriticWeights, criticStep } from "./critic.ts";
import type { EngineFactory, GanBatch, GanEngine, GanLosses, GanWeights, LossWeights, NetworkShape } from "./engine.ts";
import {
  blockSoftmax,
  type GeneratorWeights,
  type GroupMaps,
  generatorBackward,
  generatorLogits,
  generatorTrunk,
  hardRows,
  logitsBackward,
  readRows,
  relaxedBackward,
  relaxedRows,
} from "./generator.ts";
import { marginalLoss, pairLoss } from "./matching-losses.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { criticShapes, generatorShapes, type ParameterShape } from "./parameters.ts";
import { averageDecay, CALIBRATION_RATE, WEIGHT_DECAY } from "./recipe.ts";
import { flatten, type Matrix, viewParameters } from "./tensors.ts";

interface PlanTensors {
  readonly maps: readonly GroupMaps[];
  readonly padding: Matrix;
  readonly frequencies: Matrix;
  readonly logFrequencies: Matrix;
  readonly pairTarget: Matrix;
  readonly pairMask: Matrix;
}

function planTensors(plan: NetworkPlan): PlanTensors {
  const row = (values: Float32Array) => tf.tensor2d(values, [1, values.length]);
  const square = (values: Float32Array) => tf.tensor2d(values, [plan.nReadouts, plan.nReadouts]);
  return tf.tidy(() => ({
    maps: plan.groups.map((group) => {
      const tilt = tf.tensor2d(group.tilt, [group.nScores, group.nLevels]);
      const readout = tf.tensor2d(group.readout, [group.nLevels, group.nReadouts]);
      const { nBlocks, paddedLevels } = group;
      return { nBlocks, paddedLevels, tilt, tiltT: tf.transpose(tilt), readout, readoutT: tf.transpose(readout) };
    }),
    padding: row(plan.padding),
    frequencies: row(plan.frequencies),
    logFrequencies: row(plan.logFrequencies),
    pairTarget: square(plan.pairTarget),
    pairMask: square(plan.pairMask),
  })) as PlanTensors;
}

/** Trains on whichever backend TensorFlow.js has been set to. All passes are written out: no tape, nothing read back. */
class TfjsEngine implements GanEngine {
  private readonly plan: PlanTensors;
  private readonly generatorShapes: readonly ParameterShape[];
  private readonly criticShapes: readonly ParameterShape[];
  private generator!: AdamVector;
  private critic!: AdamVector;
  private average!: tf.Tensor1D;
  private lossSums: tf.Tensor1D;
  private nStepsRead = 0;
  private nSteps = 0;

  constructor(
    plan: NetworkPlan,
    private readonly shape: NetworkShape,
    private readonly losses: LossWeights,
    initial: GanWeights,
  ) {
    this.plan = planTensors(plan);
    this.generatorShapes = generatorShapes(plan, shape);
    this.criticShapes = criticShapes(plan, shape);
    this.lossSums = tf.keep(tf.zeros([4]));
    this.setWeights(initial);
  }

  step(batch: GanBatch, learningRate: number): void {
    const result = tf.tidy(() => this.gradients(batch));
    this.generator.update(result.generator, learningRate);
    if (result.critic) this.critic.update(result.critic, learningRate);
    tf.dispose([this.lossSums, result.generator]);
    if (result.critic) result.critic.dispose();
    this.lossSums = tf.keep(result.lossSums);
    this.nStepsRead++;
    this.updateAverage();
  }

  private gradients(batch: GanBatch): { generator: tf.Tensor1D; critic: tf.Tensor1D | undefined; lossSums: tf.Tensor1D } {
    const { batchSize, latentDim, hidden } = this.shape;
    const { maps } = this.plan;
    const weights = this.generatorWeights(this.generator.values);
    const latent = tf.tensor2d(batch.latent, [batchSize, latentDim]);
    const trunk = generatorTrunk(weights, latent);
    const logits = generatorLogits(trunk.scores, maps, weights.levelBias); // (batch × nLevels)
    const parts: { dLogits: Matrix; losses: tf.Scalar[] }[] = [];
    let criticGradient: tf.Tensor1D | undefined;
    if (this.losses.adversarial > 0) {
      const relaxed = relaxedRows(logits, tf.tensor2d(batch.gumbel, [batchSize, batch.gumbel.length / batchSize]), maps);
      const result = criticStep(viewParameters(this.critic.values, this.criticShapes) as unknown as CriticWeights, {
        real: tf.tensor2d(batch.real, [batchSize, batch.real.length / batchSize]),
        fake: readRows(hardRows(relaxed), maps),
        masks: [tf.tensor2d(batch.masks[0], [2 * batchSize, hidden]), tf.tensor2d(batch.masks[1], [2 * batchSize, hidden])],
        mix: tf.tensor2d(batch.mix, [batchSize / 2, 1]),
      });
      criticGradient = flatten(result.gradients, this.criticShapes);
      const dReadouts = tf.mul<Matrix>(result.fakeGradient, -this.losses.adversarial);
      const zero = tf.scalar(0);
      parts.push({
        dLogits: relaxedBackward(relaxed, maps, dReadouts),
        losses: [result.loss, tf.mul(result.fakeScore, -this.losses.adversarial), zero, zero],
      });
    }
    if (this.losses.marginal > 0 || this.losses.pair > 0) parts.push(this.matching(logits));
    const dLogits = tf.addN(parts.map((part) => part.dLogits));
    return {
      generator: flatten(generatorBackward(weights, maps, latent, trunk, dLogits), this.generatorShapes),
      critic: criticGradient,
      lossSums: tf.addN([this.lossSums, ...parts.map((part) => tf.stack(part.losses) as tf.Tensor1D)]),
    };
  }

  private matching(logits: Matrix): { dLogits: Matrix; losses: tf.Scalar[] } {
    const { maps, frequencies, pairTarget, pairMask } = this.plan;
    const probabilities = blockSoftmax(logits, maps);
    const levels = this.joinLevels(probabilities);
    const marginal = marginalLoss(levels, frequencies);
    const pair = pairLoss(readRows(probabilities, maps), pairTarget, pairMask);
    const generator = tf.add<tf.Scalar>(tf.mul(marginal.loss, this.losses.marginal), tf.mul(pair.loss, this.losses.pair));
    return {
      dLogits: logitsBackward(
        probabilities,
        maps,
        tf.mul(pair.gradient, this.losses.pair),
        tf.mul(marginal.gradient, this.losses.marginal),
      ),
      losses: [tf.scalar(0), generator, marginal.loss, pair.loss],
    };
  }

  private joinLevels(groups: readonly Matrix[]): Matrix {
    return tf.concat(
      groups.map((group, g) => {
        const { nBlocks, paddedLevels } = this.plan.maps[g];
        return tf.reshape(group, [-1, nBlocks * paddedLevels]) as Matrix;
      }),
      1,
    );
  }

  private generatorWeights(flat: tf.Tensor1D): GeneratorWeights {
    const weights = viewParameters(flat, this.generatorShapes) as unknown as GeneratorWeights;
    return { ...weights, levelBias: tf.add(weights.levelBias, this.plan.padding) };
  }

  private updateAverage(): void {
    const decay = averageDecay(this.nSteps++);
    const next = tf.tidy(() => tf.add<tf.Tensor1D>(tf.mul(this.average, decay), tf.mul(this.generator.values, 1 - decay)));
    this.average.dispose();
    this.average = tf.keep(next);
  }

  async readLosses(): Promise<GanLosses> {
    const sums = await this.lossSums.data();
    const n = Math.max(1, this.nStepsRead);
    this.lossSums.dispose();
    this.lossSums = tf.keep(tf.zeros([4]));
    this.nStepsRead = 0;
    return { critic: sums[0] / n, generator: sums[1] / n, marginal: sums[2] / n, pair: sums[3] / n };
  }

  private averageLogits(latent: Float32Array, nRows: number): Matrix {
    const weights = this.generatorWeights(this.average);
    const trunk = generatorTrunk(weights, tf.tensor2d(latent, [nRows, this.shape.latentDim]));
    return generatorLogits(trunk.scores, this.plan.maps, weights.levelBias);
  }

  async probabilities(latent: Float32Array, nRows: number): Promise<Float32Array> {
    const levels = tf.tidy(() => this.joinLevels(blockSoftmax(this.averageLogits(latent, nRows), this.plan.maps)));
    try {
      return (await levels.data()) as Float32Array;
    } finally {
      levels.dispose();
    }
  }

  calibrate(latent: Float32Array, nRows: number, nRounds: number): void {
    const next = tf.tidy(() => {
      const base = this.averageLogits(latent, nRows);
      const average = tf.fill([1, nRows], 1 / nRows) as Matrix;
      let shift = tf.zerosLike(this.plan.padding);
      for (let round = 0; round < nRounds; round++) {
        shift = tf.tidy(() => {
          const mean = tf.matMul(average, this.joinLevels(blockSoftmax(tf.add(base, shift), this.plan.maps)));
          const excess = tf.sub(this.plan.logFrequencies, tf.log(tf.maximum(mean, 1e-7)));
          const isLevel = tf.cast(tf.greater(this.plan.frequencies, 0), "float32");
          return tf.add<Matrix>(shift, tf.mul(tf.mul(tf.clipByValue(excess, -1, 1), isLevel), CALIBRATION_RATE));
        });
      }
      const nLevels = shift.shape[1];
      const rest = this.average.shape[0] - nLevels;
      return tf.add<tf.Tensor1D>(this.average, tf.concat([tf.zeros([rest]), tf.reshape(shift, [nLevels])] as tf.Tensor1D[]));
    });
    this.average.dispose();
    this.average = tf.keep(next);
  }

  async save(): Promise<GanWeights> {
    const [generator, average, critic] = await Promise.all(
      [this.generator.values, this.average, this.critic.values].map((tensor) => tensor.data()),
    );
    return { generator: generator.slice(), average: average.slice(), critic: critic.slice() } as GanWeights;
  }

  async checkpoint(): Promise<GanWeights> {
    const weights = await this.save();
    const [generator, critic] = await Promise.all([this.generator.state(), this.critic.state()]);
    return { ...weights, optimiser: { generator, critic, nAveraged: this.nSteps } };
  }

  load(weights: GanWeights): void {
    this.disposeWeights();
    this.setWeights(weights);
  }

  private setWeights(weights: GanWeights): void {
    this.generator = new AdamVector(tf.tensor1d(weights.generator.slice()), WEIGHT_DECAY, weights.optimiser?.generator);
    this.critic = new AdamVector(tf.tensor1d(weights.critic.slice()), 0, weights.optimiser?.critic);
    this.average = tf.keep(tf.tensor1d(weights.average.slice()));
    this.nSteps = weights.optimiser?.nAveraged ?? this.nSteps;
  }

  private disposeWeights(): void {
    this.generator.dispose();
    this.critic.dispose();
    this.average.dispose();
  }

  dispose(): void {
    this.disposeWeights();
    tf.dispose(this.lossSums);
    const { maps, ...rest } = this.plan;
    tf.dispose(Object.values(rest));
    for (const { tilt, tiltT, readout, readoutT } of maps) tf.dispose([tilt, tiltT, readout, readoutT]);
  }
}

export const createTfjsEngine: EngineFactory = (plan, shape, losses, initial) => new TfjsEngine(plan, shape, losses, initial);
