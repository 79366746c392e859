import type { GanWeights } from "./weights.types.ts";

/**
 * `wasm` is our own engine, `wasm-exact` the same without fused products, whose numbers are the same in every browser; the
 * others are backends of TensorFlow.js. Models that our engine cannot train take the backend for WebAssembly instead.
 */
export type EngineName = "webgpu" | "webgl" | "wasm" | "wasm-exact" | "cpu";

export interface EngineCandidate {
  readonly name: EngineName;
  /** Median milliseconds per step of the race; null where it was not run. */
  readonly msPerStep: number | null;
  /** Why it was not raced or not taken: `absent`, `software-adapter`, `half-precision`, `slower`, `failed`, `last-resort`; null for the winner. */
  readonly rejected: string | null;
  /** Adapter or renderer, as the browser names it. */
  readonly adapter: string | null;
}

export interface EngineChoice {
  readonly engine: EngineName;
  /** A key that the app turns into words: `fastest`, `only-one`, `asked-for`, `engine-lost`. */
  readonly why: string;
  readonly candidates: readonly EngineCandidate[];
}

export type GanPreset = "matched" | "adversarial" | "matching";

export interface GanSettings {
  readonly preset: GanPreset;
  readonly nSteps: number;
  readonly batchSize: number;
  readonly hidden: number;
  readonly latentDim: number;
  /** Checks on rows held back inside the training rows without a gain before training stops. */
  readonly patience: number;
}

export interface GanCheck {
  readonly step: number;
  readonly criticLoss: number;
  readonly generatorLoss: number;
  readonly marginalLoss: number;
  readonly pairLoss: number;
  /** Mean column shape and mean signal pair of generated rows against held-out rows; NaN where not measured at this step. */
  readonly columnShapes: number;
  readonly pairTrendsSignal: number;
  /** How well boosting tells generated from held-out rows, at every fifth check. */
  readonly twoSampleAuc?: number;
}

export interface ColumnMatch {
  readonly name: string;
  /** Shape of generated against held-out rows (1 is equal), now, for an independent shuffle, and for the training rows. */
  readonly match: number;
  readonly floor: number;
  readonly ceiling: number;
}

export interface Fidelity {
  readonly columnShapes: number;
  readonly pairTrends: number;
  /** NaN where the table has no signal pair. */
  readonly pairTrendsSignal: number;
  /** Share of rows that break a rule found in the training rows. */
  readonly brokenRows: number;
}

/** Training as it stood after a step: enough to go on from there, on any engine. */
export interface GanCheckpoint {
  readonly step: number;
  readonly weights: GanWeights;
  readonly best: { readonly weights: GanWeights; readonly quality: number; readonly step: number; readonly checksSince: number };
  readonly nFailures: number;
  /** Distance of the two-sample AUC from 0.5 when it was last measured. */
  readonly recognised: number;
  readonly history: readonly GanCheck[];
}

export interface GanProgress {
  readonly stage: "race" | "encode" | "train" | "calibrate" | "sample";
  readonly done: number;
  readonly total: number;
  readonly unit: "step";
  readonly engine: EngineChoice | null;
  /** Checks since the last event. */
  readonly checks: readonly GanCheck[];
  readonly columns: readonly ColumnMatch[] | null;
  readonly preview: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } | null;
  /** Comes every few seconds of training. */
  readonly checkpoint?: GanCheckpoint;
}

export interface GanReport {
  readonly engine: EngineChoice;
  readonly preset: GanPreset;
  readonly steps: number;
  readonly stoppedBy: "steps" | "quality" | "user";
  readonly bestStep: number;
  readonly msPerStep: number;
  readonly seconds: number;
  readonly history: readonly GanCheck[];
  readonly columns: readonly ColumnMatch[];
  /** All against the held-out rows of the first fold, which the generator has not seen. */
  readonly fidelity: {
    readonly gan: Fidelity;
    readonly ganStep0: Fidelity;
    readonly floor: Fidelity;
    readonly ceiling: Fidelity;
  };
  /** Column groups that are made together, so that their combinations are always legal. */
  readonly blocks: readonly (readonly string[])[];
  readonly nSignalPairs: number;
  readonly nCopies: number;
  readonly effectiveSampleSize: number;
}
