import type { GanPreset } from "./gan.types.ts";
import type { NetworkPlan } from "./network-plan.ts";
import type { GanWeights } from "./weights.types.ts";

export type { AdamState, GanWeights } from "./weights.types.ts";

/** Shape and losses of the network. */
export interface NetworkShape {
  readonly batchSize: number;
  readonly hidden: number;
  readonly latentDim: number;
}

export interface LossWeights {
  readonly adversarial: number;
  readonly marginal: number;
  readonly pair: number;
}

/** Weights of the three parts of the generator's loss: without the adversary no critic is trained at all. */
export const LOSS_WEIGHTS: Readonly<Record<GanPreset, LossWeights>> = {
  matched: { adversarial: 1, marginal: 5, pair: 1 },
  adversarial: { adversarial: 1, marginal: 0, pair: 0 },
  matching: { adversarial: 0, marginal: 5, pair: 1 },
};

/** What one step needs from outside: the real rows and all randomness, so that every engine computes the same. */
export interface GanBatch {
  /** Normalised readouts of real rows (batchSize × nReadouts). */
  readonly real: Float32Array;
  /** Standard normal (batchSize × latentDim). */
  readonly latent: Float32Array;
  /** Standard Gumbel (batchSize × nLevels). */
  readonly gumbel: Float32Array;
  /** Dropout masks of the critic's two layers, 0 or 2, for real rows and then generated ones (2·batchSize × hidden). */
  readonly masks: readonly [Float32Array, Float32Array];
  /** Where between a real and a generated row the gradient is penalised, uniform in [0, 1), for half the rows: (batchSize / 2). */
  readonly mix: Float32Array;
}

export interface GanLosses {
  readonly critic: number;
  readonly generator: number;
  readonly marginal: number;
  readonly pair: number;
}

/**
 * One machine that trains the network. The same weights and batch give the same losses on every engine
 * (to single precision). Nothing is read back during `step`.
 */
export interface GanEngine {
  /** Where an engine gives a promise, the batch must stay as it is, and nothing else be asked, until it is kept. */
  step(batch: GanBatch, learningRate: number): void | Promise<void>;
  /** Mean losses since they were last read. */
  readLosses(): Promise<GanLosses>;
  /** Probabilities of the levels (nRows × nLevels) that the averaged generator gives for latent rows (nRows × latentDim). */
  probabilities(latent: Float32Array, nRows: number): Promise<Float32Array>;
  /** Moves the averaged generator's biases until mean probabilities over the latent rows match the training frequencies. */
  calibrate(latent: Float32Array, nRows: number, nRounds: number): void;
  save(): Promise<GanWeights>;
  /** The weights with the optimiser's state, where the engine can tell it. */
  checkpoint?(): Promise<GanWeights>;
  /** Takes over weights, and the optimiser's state where they come with one; else its moments are forgotten. */
  load(weights: GanWeights): void;
  dispose(): void;
}

export type EngineFactory = (plan: NetworkPlan, shape: NetworkShape, losses: LossWeights, initial: GanWeights) => GanEngine;
