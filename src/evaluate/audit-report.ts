import type { PrivacyFigures } from "../metrics/privacy.ts";
import type { LearnerId } from "./learner.ts";

export type { PrivacyFigures } from "../metrics/privacy.ts";

/** A column's rows by bin, as the pairs are compared: real rows of half B beside the audited ones. Missing values are left out. */
export interface ColumnCounts {
  /** Levels of a categorical column in the table's order, at most 400; empty for numbers. */
  readonly labels: readonly string[];
  /** Bounds of the equal-width bins of a numeric column, one more than bins; empty for categories. */
  readonly edges: readonly number[];
  readonly real: readonly number[];
  readonly made: readonly number[];
}

/** What rows that claim to be like the real ones are worth, all against half B. */
export interface AuditFigures {
  readonly columnShapes: number;
  readonly pairTrends: number;
  readonly pairTrendsSignal: number;
  readonly twoSampleAuc: number;
  readonly brokenRows: number;
  /** AUC (R² for a numeric target) on B of a learner trained on the rows alone; null where it could not be trained. */
  readonly trainSyntheticTestReal: number | null;
  readonly columns: readonly { readonly name: string; readonly shape: number; readonly counts?: ColumnCounts }[];
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly isSignal: boolean; readonly similarity: number }[];
}

/**
 * What stands on the axis from floor to ceiling. `ganStep0` is the untrained generator behind the same constraints,
 * `ganMatching` and `ganAdversarial` are trained with one part of the recipe alone.
 */
export type AuditArmName =
  | "gan"
  | "ganMatching"
  | "ganAdversarial"
  | "ganStep0"
  | "sequentialTrees"
  | "blocks"
  | "floor"
  | "ceiling"
  | "copier";

/** The real rows on both sides: seeded halves, or, where the Synthesize step's generator is audited, the first fold's. */
export interface AuditChoice {
  readonly seed: number;
  /** Folds of which the first one's training rows are A and its held-out rows B; null: halves. */
  readonly nFolds: number | null;
}

export interface AuditArm {
  readonly name: AuditArmName;
  readonly figures: AuditFigures;
  /** Null for the ceiling, which is half A itself, for parts of the recipe, and for what a quick run leaves out. */
  readonly privacy: PrivacyFigures | null;
}

/** One arm, with what is known of both sides where it is measured. */
export interface AuditedArm {
  readonly arm: AuditArm;
  readonly nA: number;
  readonly nB: number;
  readonly utilityMetric: AuditReport["utilityMetric"];
}

/** Every generator fitted on half A and compared with half B, which none has seen. */
export interface AuditReport {
  readonly nA: number;
  readonly nB: number;
  readonly nSignalPairs: number;
  /** `auc`, or `r2` for a numeric target: what `trainSyntheticTestReal` is measured in. */
  readonly utilityMetric: "auc" | "r2";
  /** The learner that `trainSyntheticTestReal` trains. */
  readonly utilityLearner: LearnerId;
  readonly arms: readonly AuditArm[];
  /** True where A and B are the first fold's rows and the generator is that of the Synthesize step (quick runs). */
  readonly isQuick: boolean;
}
