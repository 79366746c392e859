import type { PrivacyFigures } from "../metrics/privacy.ts";
import type { AuditFigures } from "./audit.ts";

export type { PrivacyFigures } from "../metrics/privacy.ts";
export type { AuditFigures } from "./audit.ts";

/** What stands on the axis from floor to ceiling. `ganStep0` is the untrained generator behind the same constraints. */
export type AuditArmName = "gan" | "ganStep0" | "sequentialTrees" | "blocks" | "floor" | "ceiling" | "copier";

export interface AuditArm {
  readonly name: AuditArmName;
  readonly figures: AuditFigures;
  /** Null for the ceiling, which is half A itself. */
  readonly privacy: PrivacyFigures | null;
}

/** Every generator fitted on half A and compared with half B, which none has seen. */
export interface AuditReport {
  readonly nA: number;
  readonly nB: number;
  readonly nSignalPairs: number;
  /** `auc`, or `r2` for a numeric target: what `trainSyntheticTestReal` is measured in. */
  readonly utilityMetric: "auc" | "r2";
  readonly arms: readonly AuditArm[];
  /** True where A and B are the first fold's rows and the generator is that of the Synthesize step (quick runs). */
  readonly isQuick: boolean;
}
