import type { CalibrationBins } from "../metrics/calibration.ts";
import type { Line } from "../metrics/curves.ts";
import type { ChosenCut, CountsAtCuts } from "../metrics/thresholds.ts";
import type { Task } from "../table/task.ts";
import type { FitRecord } from "./fold-result.ts";
import type { LearnerId } from "./learner.ts";
import type { Tuning } from "./search-report.ts";

export type { CalibrationBins } from "../metrics/calibration.ts";
export type { Line } from "../metrics/curves.ts";
export type { ChosenCut, CountsAtCuts, CutRule } from "../metrics/thresholds.ts";

export interface Spread {
  readonly mean: number;
  readonly sd: number;
  readonly folds: readonly number[];
}

/** How well the out-of-fold probabilities of one class rank and hold: one against the rest. */
export interface ClassCurves {
  readonly value: string;
  /** Share of rows of the class: what precision is for a blind guess. */
  readonly share: number;
  /** False positive rate against true positive rate, thinned to at most 200 points. */
  readonly roc: Line;
  readonly rocAuc: number;
  /** Recall against precision, thinned likewise; steps, see `precisionRecallLine`. */
  readonly precisionRecall: Line;
  readonly averagePrecision: number;
  /** Mean probability against observed share, in bins of equal count, with 95 % Wilson intervals of the share. */
  readonly calibration: CalibrationBins;
  /** Mean distance of observed share from probability, weighted by count (Naeini et al. 2015). */
  readonly calibrationError: number;
}

/** What a cut through the probability of the rarer of two classes gives, out of fold. */
export interface ThresholdTable extends CountsAtCuts {
  readonly value: string;
  /** Ascending cuts; a row counts as positive when its probability reaches one. The last is reached by none. */
  readonly thresholds: Float64Array;
  /** The same counts fold by fold, which `chooseCut` needs. */
  readonly folds: readonly CountsAtCuts[];
  /** The cut of the largest F1, judged on rows that did not choose it; null with a single fold. */
  readonly chosen: ChosenCut | null;
}

/** A predicted number beside the true one, out of fold, for at most 2,000 seeded rows. */
export interface PredictedAgainstTrue {
  readonly predicted: Float64Array;
  readonly actual: Float64Array;
}

export interface ModelReport {
  readonly learner: LearnerId;
  readonly device: string;
  readonly why: string;
  readonly fitSeconds: number;
  readonly nFolds: number;
  readonly metrics: Readonly<Record<string, Spread>>;
  /** What the folds' models say of themselves, see `FittedModel.facts`. */
  readonly facts: Readonly<Record<string, Spread>>;
  /** Counts (nClasses × nClasses), rows are true classes; empty for regression. */
  readonly confusion: readonly (readonly number[])[];
  /** One per class; empty for a numeric target. */
  readonly curves: readonly ClassCurves[];
  /** For two classes only. */
  readonly thresholds: ThresholdTable | null;
  /** For a numeric target only. */
  readonly scatter: PredictedAgainstTrue | null;
  /** How its settings were searched for; null where they were taken as given. */
  readonly tuning: Tuning | null;
  /** p-value of the out-of-fold score against permuted targets, predictions held fixed. */
  readonly pValue: number;
}

export interface Baseline {
  readonly name: "majority" | "prior" | "mean" | "best-rule";
  /** The column of the best single-column rule. */
  readonly column: string | null;
  readonly metrics: Readonly<Record<string, Spread>>;
}

/** What one feature by itself has to do with the target. */
export interface ColumnSignal {
  readonly name: string;
  readonly measure: "cramers-v" | "correlation-ratio" | "correlation";
  readonly value: number;
  /** From permutations of the target, and adjusted over the features (false discovery rate). */
  readonly pValue: number;
  readonly qValue: number;
}

/** A column, or a legal-cell rule over several, that by itself explains the target. */
export interface TargetRule {
  readonly columns: readonly string[];
  /** `equal`: the target follows from the columns in every row; `majority`: their commonest answer per cell. */
  readonly kind: "equal" | "majority";
  /** Out of fold, on the metric people read, beside the best model's. */
  readonly score: number;
  readonly auc: number | null;
  /** Of the rarer of two classes; null for more. */
  readonly f1: number | null;
  /** No model beats the rule by more than the spread of its folds. */
  readonly isUnbeaten: boolean;
}

/** The quick form of the signal check for another column. */
export interface OtherTarget {
  readonly name: string;
  readonly metric: "accuracy" | "r2";
  readonly verdict: "none" | "weak" | "predictable";
  readonly score: number;
  readonly chance: number;
  readonly auc: number | null;
  readonly pValue: number;
  /** Permutations that the p-value comes from, at most. */
  readonly nPermutations: number;
  /** The p-value adjusted over the other targets (Holm): the verdict goes by it. */
  readonly adjustedPValue: number;
  /** The column that by itself has most to do with it. */
  readonly column: ColumnSignal | null;
  readonly rule: TargetRule | null;
}

/** What the quick check of one target measured, before targets are judged together. */
export interface TargetCheck extends Omit<OtherTarget, "verdict" | "adjustedPValue"> {
  /** Out-of-fold loss of the better cheap model, and of knowing no feature: log loss, or mean squared error. */
  readonly loss: number;
  readonly guessLoss: number;
}

export interface QuickSignalRequest {
  readonly target: string;
  /** Rows that are looked at, at most. */
  readonly maxRows: number;
  readonly nPermutations: number;
  readonly seed: number;
}

export interface RefitRequest {
  /** 0 is the target as it is. */
  readonly permutation: number;
  readonly maxRows: number;
  readonly seed: number;
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
    /** Every feature by itself, strongest first. */
    readonly columns: readonly ColumnSignal[];
    /** Models refitted on permuted targets: p-value of the real fit among them; null where it was not run. */
    readonly refit: { readonly pValue: number; readonly nPermutations: number } | null;
    readonly rule: TargetRule | null;
    /** What else this file can predict, best first. */
    readonly otherTargets: readonly OtherTarget[];
  };
  /** Which rows each fit has seen. */
  readonly runLog: readonly FitRecord[];
  /** Rows of the learning table that stand in a group of near-duplicates with others. */
  readonly nNearDuplicates: number;
  /** Share of each class in the learning table; empty for a numeric target. */
  readonly classShares: readonly { readonly value: string; readonly share: number }[];
}
