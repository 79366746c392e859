import type { RunContext } from "./job-run.svelte.ts";
import type { ParamsByLearner } from "./learner-params.ts";
import type { Recovery } from "./recover-training.ts";
import type { SynthesizePlan } from "./run-synthesize.svelte.ts";

export interface VerdictPlan {
  readonly learners: readonly ("random-forest" | "xgboost" | "neural")[];
  readonly params: ParamsByLearner;
  readonly quick: boolean;
  readonly skipLedger: boolean;
  readonly synthesize: SynthesizePlan;
}

/** What a run of the verdict, and each part of it, reports to. */
export interface VerdictContext extends RunContext {
  /** A training that was interrupted goes on. */
  recovered(recovery: Recovery): void;
}
