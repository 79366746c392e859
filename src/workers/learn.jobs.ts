import type { LearnerId } from "../evaluate/learner.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

/** Scores of one model on one set of rows. Classification and regression fill different keys. */
export type Metrics = Readonly<Record<string, number>>;

/** Which rows a model is fitted on in a fold. */
export type ArmMode = "real-only" | "augment" | "synthetic-only";

export interface FoldRequest {
  readonly learner: LearnerId;
  readonly fold: number;
  readonly nFolds: number;
  readonly seed: number;
  readonly quick: boolean;
  readonly mode: ArmMode;
  /** Rows of the fold's generator: for training (absent when mode is real-only), and apart from them for testing. */
  readonly synthetic: { readonly train: Table | null; readonly test: Table | null };
}

export interface FoldResult {
  readonly learner: LearnerId;
  readonly fold: number;
  readonly mode: ArmMode;
  readonly device: string;
  readonly deviceReason: string;
  readonly fitSeconds: number;
  /** On real held-out rows. */
  readonly real: Metrics;
  /** On generated rows that were not trained on, and on both kinds together; null without generated test rows. */
  readonly synthetic: Metrics | null;
  readonly mixed: Metrics | null;
  /** Predictions for the real held-out rows: (nTest × nClasses) or (nTest). */
  readonly predictions: Float64Array;
  /** Positions of those rows in the learning table. */
  readonly testIndex: Int32Array;
}

export interface Spread {
  readonly mean: number;
  readonly sd: number;
  readonly folds: readonly number[];
}

export interface ModelReport {
  readonly learner: LearnerId;
  readonly device: string;
  readonly why: string;
  readonly fitSeconds: number;
  readonly nFolds: number;
  readonly metrics: Readonly<Record<string, Spread>>;
  /** Counts (nClasses × nClasses), rows are true classes; empty for regression. */
  readonly confusion: readonly (readonly number[])[];
  /** p-value of the out-of-fold score against permuted targets, predictions held fixed. */
  readonly pValue: number;
}

export interface Baseline {
  readonly name: "majority" | "prior" | "mean" | "best-rule";
  /** The column of the best single-column rule. */
  readonly column: string | null;
  readonly metrics: Readonly<Record<string, Spread>>;
}

export interface PredictReport {
  readonly task: Task;
  readonly nRows: number;
  readonly nFolds: number;
  readonly seed: number;
  readonly models: readonly ModelReport[];
  readonly baselines: readonly Baseline[];
  readonly signal: {
    readonly target: string;
    readonly verdict: "none" | "weak" | "predictable";
    readonly pValue: number;
    readonly nPermutations: number;
    /** Accuracy (R² for a numeric target) of the best-scoring own model, and of the best guess that needs no model. */
    readonly score: number;
    readonly chance: number;
    readonly learner: LearnerId;
  };
  /** Gain-free importance: how much the score falls when a column is shuffled on held-out rows, mean and interval over folds. */
  readonly classShares: readonly { readonly value: string; readonly share: number }[];
}

export interface LedgerEntry {
  readonly sampler: "gan";
  readonly mode: "augment" | "synthetic-only" | "real-only";
  readonly multiple: number;
  readonly learner: LearnerId;
  /** The metric that the gain and the verdict refer to; positive gain means better. */
  readonly metric: "logLoss" | "rmse";
  readonly primary: boolean;
  readonly real: Spread;
  readonly synthetic: Spread | null;
  readonly mixed: Spread | null;
  /** The same three for the metric people read (accuracy, or R²). */
  readonly shown: {
    readonly metric: "accuracy" | "r2";
    readonly real: Spread;
    readonly synthetic: Spread | null;
    readonly mixed: Spread | null;
  };
  /** Paired difference to real-only on real held-out rows, Nadeau–Bengio corrected 95 % interval; null for real-only itself. */
  readonly gain: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly shownGain: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly verdict: "helped" | "none" | "hurt" | null;
}

export interface LedgerReport {
  readonly task: Task;
  readonly nFolds: number;
  readonly nRows: number;
  readonly entries: readonly LedgerEntry[];
  readonly baselines: readonly Baseline[];
  /** Worst over the entries: helped if any primary arm helped, else hurt if any hurt, else none. */
  readonly verdict: "helped" | "none" | "hurt";
}

export interface FinalModelReport {
  readonly learner: LearnerId;
  readonly nReal: number;
  readonly nSynthetic: number;
  readonly fitSeconds: number;
  /** For every real row of the learning table: the predicted class or value as text, and the class's probability. */
  readonly predicted: readonly string[];
  readonly probability: Float64Array;
}

export interface LearnJobs {
  /** Keeps a copy of the learning table for the jobs below. */
  load: { input: { table: Table; task: Task }; output: null };
  fitFold: { input: FoldRequest; output: FoldResult };
  assess: { input: { results: readonly FoldResult[]; nFolds: number; seed: number }; output: PredictReport };
  settleLedger: { input: { results: readonly FoldResult[]; nFolds: number; seed: number }; output: LedgerReport };
  /** The model for use, on all real rows and the generated ones. */
  fitFinal: {
    input: { learner: "random-forest" | "xgboost"; synthetic: Table; seed: number; quick: boolean };
    output: FinalModelReport;
  };
}
