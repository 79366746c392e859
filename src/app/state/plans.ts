import { readDefinition } from "../../segments/segment-definition.params.ts";
import type { SegmentSettings } from "../../workers/data.jobs.ts";
import { learnerParams } from "./learner-params.ts";
import type { PredictPlan } from "./run-predict.ts";
import type { SynthesizePlan } from "./run-synthesize.svelte.ts";
import { QUICK, type Settings } from "./settings.ts";
import type { VerdictPlan } from "./verdict-plan.ts";

export const nFoldsOf = (settings: Settings): number => (settings.quick ? Math.min(QUICK.folds, settings.folds) : settings.folds);
export const nStepsOf = (settings: Settings): number =>
  settings.quick ? Math.min(QUICK.ganSteps, settings.ganSteps) : settings.ganSteps;
/** Model seeds, and draws of each generator, for every fold of the ledger. */
export const nDrawsOf = (settings: Settings): number => (settings.quick ? 1 : 3);

/** How much the signal check refits, and how many other columns it tries as targets, on how many rows, against how many permutations. */
const CHECKS = {
  full: { nRefits: 100, maxRows: 5000, maxTargets: 40, nPermutations: 1999 },
  quick: { nRefits: 9, maxRows: 1200, maxTargets: 20, nPermutations: 499 },
} as const;

/** What each step is asked to do. */
export interface Plans {
  readonly segments: SegmentSettings;
  readonly predict: PredictPlan;
  readonly synthesize: SynthesizePlan;
  readonly verdict: VerdictPlan;
}

/** The settings as the steps read them; as many rows are generated as the table has unless a number is set. */
export function makePlans(settings: Settings, nTableRows: number): Plans {
  const { seed, quick, engine, learners, ganPreset, ganHidden, ganBatch, segmentMethod, segmentPreset } = settings;
  const nFolds = nFoldsOf(settings);
  const params = learnerParams(settings);
  const synthesize: SynthesizePlan = {
    settings: { preset: ganPreset, nSteps: nStepsOf(settings), hidden: ganHidden, batchSize: ganBatch },
    engine,
    nFolds,
    seed,
    nRows: settings.rows || nTableRows,
    conditions: settings.conditions,
    nDraws: nDrawsOf(settings),
  };
  const judged = (["random-forest", "xgboost", "neural"] as const).filter((learner) => learners.includes(learner));
  return {
    segments: {
      method: segmentMethod,
      preset: segmentPreset,
      columns: settings.segmentColumns,
      scale: settings.segmentScale,
      k: settings.k,
      seed,
      covariance: settings.segmentCovariance,
      gammaPercent: settings.segmentGamma,
      definitions: settings.segmentRules.map(readDefinition).filter((definition) => definition !== null),
      rfm: { recency: settings.segmentRecency, frequency: settings.segmentFrequency, money: settings.segmentMoney },
      quick,
    },
    predict: { learners, params, tune: settings.tune, nFolds, seed, quick, engine, checks: quick ? CHECKS.quick : CHECKS.full },
    synthesize,
    verdict: {
      learners: judged.length > 0 ? judged : ["random-forest"],
      params,
      quick,
      skipLedger: settings.skipLedger,
      synthesize,
    },
  };
}
