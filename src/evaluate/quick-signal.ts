import type { AsyncWork } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { summarize } from "../metrics/intervals.ts";
import { takeRows } from "../table/table.ts";
import { guessWithoutFeatures, spreadOf } from "./baselines.ts";
import { testColumns } from "./column-signal.ts";
import { foldOf, type LearningRows } from "./fold-of.ts";
import type { Learner } from "./learner.ts";
import type { OutOfFold } from "./out-of-fold.ts";
import type { QuickSignalRequest, TargetCheck } from "./predict-report.ts";
import { N_CHEAP_FOLDS, predictOutOfFold } from "./refit.ts";
import { sampleRows } from "./sample-rows.ts";
import { metricsOf, scorePredictions } from "./score-predictions.ts";
import { MAX_P_VALUE, testFixed } from "./signal-check.ts";
import { findTargetRule } from "./target-rule.ts";

/** Enough permutations that do as well to know that a column's p-value is not small. */
const N_ENOUGH = 20;

/** Scores of out-of-fold predictions, fold by fold. */
function scoreFolds(learning: LearningRows, { predictions }: OutOfFold, seed: number) {
  const { table, task } = learning;
  const width = task.kind === "classification" ? task.classes.length : 1;
  const scores = Array.from({ length: N_CHEAP_FOLDS }, (_, fold) => {
    const { testIndex } = foldOf(learning, { fold, nFolds: N_CHEAP_FOLDS, seed });
    const own = new Float64Array(testIndex.length * width);
    testIndex.forEach((row, at) => {
      own.set(predictions.subarray(row * width, (row + 1) * width), at * width);
    });
    return scorePredictions(task, takeRows(table, testIndex), own);
  });
  return spreadOf(scores);
}

/** The commonest answer's (or the mean's) score, and the loss of knowing no feature, over the same folds. */
function guess(learning: LearningRows, seed: number): { chance: number; loss: number } {
  const { task } = learning;
  const folds = Array.from({ length: N_CHEAP_FOLDS }, (_, fold) =>
    guessWithoutFeatures(foldOf(learning, { fold, nFolds: N_CHEAP_FOLDS, seed }), task),
  );
  const first = folds.map(([plain]) => plain.metrics);
  if (task.kind === "regression")
    return {
      chance: summarize(first.map(({ r2 }) => r2)).mean,
      loss: summarize(first.map(({ rmse }) => rmse * rmse)).mean,
    };
  return {
    chance: summarize(first.map(({ accuracy }) => accuracy)).mean,
    loss: summarize(folds.map(([, prior]) => prior.metrics.logLoss)).mean,
  };
}

/** The mean of several learners' predictions for the same rows: one statistic, so that no best of several is taken. */
function meanPredictions(all: readonly OutOfFold[]): OutOfFold {
  const [first] = all;
  return {
    ...first,
    predictions: first.predictions.map((_, i) => all.reduce((sum, { predictions }) => sum + predictions[i], 0) / all.length),
  };
}

/**
 * The quick form of the signal check: every column against the target, and the mean of cheap learners' out-of-fold
 * predictions against permutations of it with the predictions held fixed; then the rule that explains it,
 * if there is one, which is looked for in all rows.
 */
export async function* quickSignal(
  learning: LearningRows,
  learners: readonly Learner[],
  { maxRows, nPermutations, seed }: QuickSignalRequest,
): AsyncWork<TargetCheck> {
  const rows = sampleRows(learning, maxRows, seed);
  const { task } = rows;
  const random = createRandom(seed).split("quick signal").split(task.target);
  const columns = yield* testColumns(rows, random.split("columns"), { nEnough: N_ENOUGH, nPermutations });
  const all: OutOfFold[] = [];
  for (const learner of learners) all.push(yield* predictOutOfFold(rows, learner, seed, random.split(learner.id)));
  const predicted = meanPredictions(all);
  const { pValue, loss } = yield* testFixed(rows, predicted, random.split("permutations"), { nEnough: N_ENOUGH, nPermutations });
  const scores = scoreFolds(rows, predicted, seed);
  const { shown } = metricsOf(task);
  const plain = guess(rows, seed);
  const [strongest] = columns;
  const contest = { nFolds: N_CHEAP_FOLDS, seed, chance: plain.chance, best: scores[shown] };
  return {
    name: task.target,
    metric: shown,
    score: scores[shown].mean,
    chance: plain.chance,
    auc: scores.auc?.mean ?? null,
    pValue,
    nPermutations,
    loss,
    guessLoss: plain.loss,
    column: strongest ?? null,
    rule: pValue < MAX_P_VALUE ? findTargetRule(learning, contest) : null,
  };
}
