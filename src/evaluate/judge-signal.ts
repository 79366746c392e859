import { holmPValues } from "../metrics/holm.ts";
import type { LearningRows } from "./fold-of.ts";
import type { Baseline, ColumnSignal, ModelReport, OtherTarget, PredictReport, Spread, TargetCheck } from "./predict-report.ts";
import { refitPValue } from "./refit.ts";
import { metricsOf } from "./score-predictions.ts";
import { MAX_P_VALUE, N_PERMUTATIONS, type SignalTest, signalVerdict } from "./signal-check.ts";
import { findTargetRule } from "./target-rule.ts";

/** What is known when the chosen target is judged. */
export interface Evidence {
  readonly models: readonly ModelReport[];
  /** Of the learners that speak for the target. */
  readonly tests: readonly SignalTest[];
  readonly baselines: readonly Baseline[];
  readonly columns: readonly ColumnSignal[];
  readonly nFolds: number;
  readonly seed: number;
  /** Losses of cheap models refitted on the target as it is, then on permuted ones; none where the test was not run. */
  readonly refitLosses: readonly number[];
  readonly checks: readonly TargetCheck[];
}

const meanSquare = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0) / values.length;

const RANK = { predictable: 0, weak: 1, none: 2 } as const;

/** Share of what guessing leaves to be gained that is gained. */
const lift = ({ metric, score, chance }: OtherTarget): number => (metric === "r2" ? score : (score - chance) / (1 - chance || 1));

/** Targets judged together, so that looking at many does not make one look predictable; best first. */
export function judgeOthers(checks: readonly TargetCheck[]): OtherTarget[] {
  const adjusted = holmPValues(checks.map(({ pValue }) => pValue));
  return checks
    .map(({ loss, guessLoss, rule, ...check }, i): OtherTarget => {
      // A model that does worse than a guess shows nothing by itself, however rare it is among permutations.
      const isShown = loss < guessLoss || (check.column?.qValue ?? 1) < MAX_P_VALUE;
      const verdict = isShown ? signalVerdict(adjusted[i], loss, guessLoss) : "none";
      return { ...check, adjustedPValue: adjusted[i], verdict, rule: verdict === "none" ? null : rule };
    })
    .sort((a, b) => RANK[a.verdict] - RANK[b.verdict] || lift(b) - lift(a));
}

/** The verdict on the chosen target, the rule that explains it, and what else can be predicted. */
export function judgeSignal(learning: LearningRows, evidence: Evidence): PredictReport["signal"] {
  const { task } = learning;
  const { models, tests, baselines, columns, nFolds, seed, refitLosses, checks } = evidence;
  const { shown } = metricsOf(task);
  const best = tests.reduce((a, b) => (b.loss < a.loss ? b : a));
  const model = models.find(({ learner }) => learner === best.learner)!;
  const guess = baselines.find(({ name }) => name === (task.kind === "classification" ? "majority" : "mean"))!;
  const blind = baselines.find(({ name }) => name === (task.kind === "classification" ? "prior" : "mean"))!;
  const blindLoss = task.kind === "classification" ? blind.metrics.logLoss.mean : meanSquare(blind.metrics.rmse.folds);
  const verdict = signalVerdict(best.adjustedPValue, best.loss, blindLoss);
  const speaking = models.filter(({ learner }) => tests.some((test) => test.learner === learner));
  const highest = speaking.map(({ metrics }): Spread => metrics[shown]).reduce((a, b) => (b.mean > a.mean ? b : a));
  const chance = guess.metrics[shown].mean;
  return {
    target: task.target,
    verdict,
    pValue: best.adjustedPValue,
    nPermutations: N_PERMUTATIONS,
    score: model.metrics[shown].mean,
    chance,
    learner: best.learner,
    columns,
    refit: refitLosses.length > 1 ? { pValue: refitPValue(refitLosses), nPermutations: refitLosses.length - 1 } : null,
    rule: verdict === "none" ? null : findTargetRule(learning, { nFolds, seed, chance, best: highest }),
    otherTargets: judgeOthers(checks),
  };
}
