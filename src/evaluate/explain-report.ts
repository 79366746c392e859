import type { LearnerId } from "./learner.ts";

/** A figure with a 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface FeatureImportance {
  readonly feature: string;
  /** Share of all that the model's splits won which this feature won. */
  readonly gain: number;
  /** How much worse the primary score (log loss, else mean squared error) gets on held-out rows with this feature shuffled. */
  readonly permutation: Estimate;
  /** Mean absolute SHAP value over the explained rows, all classes added. */
  readonly meanAbsShap: number;
}

/** SHAP values of some held-out rows, in the model's own unit: margins (log-odds) for boosting, probabilities or values for a forest. */
export interface ShapSummary {
  readonly unit: "margin" | "probability" | "value";
  /** Classes that values are given for; one entry, the target's name, for a numeric target or the second of two classes. */
  readonly outputs: readonly string[];
  readonly base: readonly number[];
  readonly features: readonly string[];
  /** Positions of the explained rows in the learning table. */
  readonly rows: Int32Array;
  /** (nOutputs × nRows × nFeatures): per row and output they sum to the prediction less the base. */
  readonly values: Float64Array;
  /** (nRows × nFeatures): rank of the row's value among all, in [0, 1], for colour; NaN where missing or a category. */
  readonly ranks: Float32Array;
}

export interface PartialDependence {
  readonly feature: string;
  readonly kind: "numeric" | "categorical";
  /** Places at which the prediction was asked: numbers, or names of categories. */
  readonly grid: readonly (number | string)[];
  readonly output: string;
  /** Mean prediction (probability of `output`, or value) at each place. */
  readonly mean: Float64Array;
  /** (nCurves × nPlaces): the prediction for single held-out rows. */
  readonly curves: Float64Array;
}

export interface ExplainReport {
  readonly learner: LearnerId;
  /** Held-out rows that importance was measured on, and how often each feature was shuffled. */
  readonly nRows: number;
  readonly nRepeats: number;
  readonly metric: "logLoss" | "mse";
  readonly score: number;
  /** Most important first, by permutation. */
  readonly importance: readonly FeatureImportance[];
  readonly shap: ShapSummary;
  /** Of the most important features, most important first; each feature has one entry per output of `shap.outputs`. */
  readonly dependence: readonly PartialDependence[];
}

/** One condition that a row meets on its way down a tree. */
export interface PathStep {
  readonly feature: string;
  /** Below or at least a threshold; one of some categories; taken because the value is missing, or because it is not. */
  readonly kind: "below" | "at-least" | "in" | "missing" | "present";
  readonly threshold: number | null;
  readonly values: readonly string[];
}

export interface DecisionPath {
  readonly tree: number;
  readonly output: string;
  readonly steps: readonly PathStep[];
  /** What the leaf adds, in the unit of `Explanation`. */
  readonly value: number;
  /** Share of the training weight that ends in the same leaf. */
  readonly share: number;
}

/** Why the model for use says what it says of one customer. */
export interface Explanation {
  /** Probability of every class, in the task's order, or the one predicted value. */
  readonly prediction: readonly number[];
  readonly unit: ShapSummary["unit"];
  /** Contributions to `outputs[i]`, (nOutputs × nFeatures), and where they start. */
  readonly outputs: readonly string[];
  readonly base: readonly number[];
  readonly features: readonly string[];
  readonly contributions: Float64Array;
  /** The way through the first trees, one per output. */
  readonly paths: readonly DecisionPath[];
}
