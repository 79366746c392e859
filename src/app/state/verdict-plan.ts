import type { ParamsByLearner } from "./learner-params.ts";
import type { SynthesizePlan } from "./run-synthesize.svelte.ts";

export interface VerdictPlan {
  readonly learners: readonly ("random-forest" | "xgboost" | "neural")[];
  readonly params: ParamsByLearner;
  readonly quick: boolean;
  readonly skipLedger: boolean;
  readonly synthesize: SynthesizePlan;
}
