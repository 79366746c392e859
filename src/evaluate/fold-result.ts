import type { Table } from "../table/table.ts";
import type { LearnerId } from "./learner.ts";

/** Scores of one model on one set of rows. Classification and regression fill different keys. */
export type Metrics = Readonly<Record<string, number>>;

/** Settings of a learner that differ from its defaults. Flags are 0 or 1. */
export type LearnerParams = Readonly<Record<string, number>>;

/** Which rows a model is fitted on in a fold; `balanced` adds generated rows to the rarer classes only. */
export type ArmMode = "real-only" | "augment" | "balanced" | "synthetic-only";

/** Where generated rows come from. */
export type LedgerSampler = "gan" | "sequential-trees" | "blocks" | "shuffler";

export interface FoldRequest {
  readonly learner: LearnerId;
  /** None where absent. */
  readonly params?: LearnerParams;
  readonly fold: number;
  readonly nFolds: number;
  readonly seed: number;
  readonly quick: boolean;
  readonly mode: ArmMode;
  /** Where the generated rows come from; the GAN where absent. */
  readonly sampler?: LedgerSampler;
  /** Which of several models with seeds of their own, counted from 0; 0 where absent. */
  readonly repeat?: number;
  /** Rows of the fold's generator: for training (absent when mode is real-only), and apart from them for testing. */
  readonly synthetic: { readonly train: Table | null; readonly test: Table | null };
}

/** Which real rows one fit has seen and was scored on; positions are those of the learning table. */
export interface FitRecord {
  readonly learner: LearnerId;
  readonly fold: number;
  readonly mode: ArmMode;
  readonly nTrain: number;
  readonly nSynthetic: number;
  readonly nTest: number;
  /** Fingerprints of the positions trained on and tested. */
  readonly trainRows: string;
  readonly testRows: string;
  /** Rows, and groups of near-duplicates, that were both trained on and tested. */
  readonly nSharedRows: number;
  readonly nSharedGroups: number;
  readonly seed: number;
  /** Names of the random stream, from the seed's on. */
  readonly stream: string;
}

export interface FoldResult {
  readonly learner: LearnerId;
  readonly fold: number;
  readonly mode: ArmMode;
  readonly sampler: LedgerSampler;
  readonly repeat: number;
  /** Generated rows per real training row of the fold, to the nearest whole number, at least 1; 1 for balanced, 0 for real-only. */
  readonly multiple: number;
  readonly device: string;
  readonly deviceReason: string;
  readonly fitSeconds: number;
  /** What the fitted model says of itself, see `FittedModel.facts`. */
  readonly facts: Readonly<Record<string, number>>;
  /** On real held-out rows. */
  readonly real: Metrics;
  /** On generated rows that were not trained on, and on both kinds together; null without generated test rows. */
  readonly synthetic: Metrics | null;
  readonly mixed: Metrics | null;
  /** Predictions for the real held-out rows: (nTest × nClasses) or (nTest). */
  readonly predictions: Float64Array;
  /** Positions of those rows in the learning table. */
  readonly testIndex: Int32Array;
  readonly fit: FitRecord;
}
