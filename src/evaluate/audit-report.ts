import type { PrivacyFigures } from "../metrics/privacy.ts";
import type { AuditFigures } from "./audit.ts";
import type { LearnerId } from "./learner.ts";

export type { PrivacyFigures } from "../metrics/privacy.ts";
export type { AuditFigures } from "./audit.ts";

/** What stands on the axis from floor to ceiling. `ganStep0` is the untrained generator behind the same constraints. */
export type AuditArmName = "gan" | "ganStep0" | "sequentialTrees" | "blocks" | "floor" | "ceiling" | "copier";

/** The real rows on both sides: seeded halves, or, where the Synthesize step's generator is audited, the first fold's. */
export interface AuditChoice {
  readonly seed: number;
  /** Folds of which the first one's training rows are A and its held-out rows B; null: halves. */
  readonly nFolds: number | null;
}

export interface AuditArm {
  readonly name: AuditArmName;
  readonly figures: AuditFigures;
  /** Null for the ceiling, which is half A itself, and for what a quick run leaves out. */
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
