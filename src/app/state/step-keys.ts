import type { Role } from "../../table/table.ts";
import { nDrawsOf, nFoldsOf, nStepsOf } from "./plans.ts";
import type { Settings, StepName } from "./settings.ts";

/** What a step's output depends on beside the settings. */
export interface StepInputs {
  readonly sha256: string;
  readonly target: string;
  readonly roles: Readonly<Record<string, Role>>;
  /** Key of the segments there are. */
  readonly segments: string;
}

/** A key for each step: its output is a pure function of what the key holds, and stale once the key differs. */
export function stepKeys(s: Settings, { sha256, target, roles, segments }: StepInputs): Record<StepName, string> {
  const table = [sha256, roles, s.types, s.levels];
  const learning = [table, target, s.mergeSynonyms, s.seed, nFoldsOf(s)];
  const fitting = [s.learners, s.forestTrees, s.boostingRounds, s.boostingDepth, s.classWeights, s.quick];
  const synthesize = [learning, s.ganPreset, nStepsOf(s), s.ganHidden, s.ganBatch, s.engine, s.rows, s.conditions, nDrawsOf(s)];
  const segmentation = [s.segmentMethod, s.segmentPreset, s.segmentColumns, s.segmentScale, s.segmentCovariance, s.segmentGamma];
  const named = [s.segmentRules, s.segmentRecency, s.segmentFrequency, s.segmentMoney];
  return {
    data: sha256,
    structure: JSON.stringify(table),
    segments: JSON.stringify([table, segmentation, named, s.quick, s.k, s.seed]),
    predict: JSON.stringify([learning, fitting, s.engine, s.tune, s.segmentUse, s.segmentUse === "none" ? "" : segments]),
    synthesize: JSON.stringify(synthesize),
    verdict: JSON.stringify([synthesize, fitting, s.skipLedger]),
  };
}
