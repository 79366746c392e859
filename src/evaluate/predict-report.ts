import type { Task } from "../table/task.ts";
import type { LearnerId } from "./learner.ts";

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
  /** Share of each class in the learning table; empty for a numeric target. */
  readonly classShares: readonly { readonly value: string; readonly share: number }[];
}
