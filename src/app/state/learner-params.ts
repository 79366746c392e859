import type { LearnerParams } from "../../workers/learn.jobs.ts";
import { QUICK, type Settings } from "./settings.ts";

/** Settings of the learners that have some. */
export type ParamsByLearner = Readonly<Partial<Record<Settings["learners"][number], LearnerParams>>>;

/** The settings as the tree learners read them. */
export function learnerParams(settings: Settings): ParamsByLearner {
  const balanceClasses = settings.classWeights === "balanced" ? 1 : 0;
  const nTrees = settings.quick ? Math.min(QUICK.forestTrees, settings.forestTrees) : settings.forestTrees;
  return {
    "random-forest": { nTrees, balanceClasses },
    ...(settings.quick ? { "ml-random-forest": { maxRows: QUICK.referenceRows } } : {}),
    xgboost: { nRounds: settings.boostingRounds, maxDepth: settings.boostingDepth, balanceClasses },
  };
}
