import type { Work } from "../core/progress.ts";
import { summarize } from "../metrics/intervals.ts";
import type { Fold } from "../table/split-rows.ts";
import { classCodes, type Task, targetValues } from "../table/task.ts";
import { foldOf, type LearningRows } from "./fold-of.ts";
import type { Metrics } from "./fold-result.ts";
import type { Baseline, Spread } from "./predict-report.ts";
import { scorePredictions } from "./score-predictions.ts";
import { fitBestRule } from "./single-column-rule.ts";

interface FoldBaseline {
  readonly name: Baseline["name"];
  readonly column: string | null;
  readonly metrics: Metrics;
}

/** Class shares of the training rows. */
function priorOf({ train }: Fold, task: Task & { kind: "classification" }): Float64Array {
  const prior = new Float64Array(task.classes.length);
  for (const code of classCodes(train.table, task)) prior[code] += 1 / train.table.nRows;
  return prior;
}

function repeated(values: ArrayLike<number>, nRows: number): Float64Array {
  return Float64Array.from({ length: nRows * values.length }, (_, i) => values[i % values.length]);
}

/** Guesses that look at no feature: always the commonest class, the class shares, or the mean. */
export function guessWithoutFeatures(fold: Fold, task: Task): FoldBaseline[] {
  const { train, test } = fold;
  const score = (guess: ArrayLike<number>): Metrics => scorePredictions(task, test.table, repeated(guess, test.table.nRows));
  if (task.kind === "regression") {
    const values = targetValues(train.table, task);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [{ name: "mean", column: null, metrics: score([mean]) }];
  }
  const { accuracy, balancedAccuracy, macroF1, kappa, logLoss, brier, auc } = score(priorOf(fold, task));
  const ordered = kappa === undefined ? {} : { kappa };
  return [
    { name: "majority", column: null, metrics: { accuracy, balancedAccuracy, macroF1, ...ordered } },
    { name: "prior", column: null, metrics: { logLoss, brier, auc } },
  ];
}

function scoreFold(learning: LearningRows, nFolds: number, seed: number, index: number): FoldBaseline[] {
  const { task } = learning;
  const fold = foldOf(learning, { fold: index, nFolds, seed });
  const rule = fitBestRule(fold.train, task);
  const metrics = scorePredictions(task, fold.test.table, rule.predict(fold.test.table));
  return [...guessWithoutFeatures(fold, task), { name: "best-rule", column: rule.column, metrics }];
}

/** Mean and spread of each metric over folds. */
export function spreadOf(metrics: readonly Metrics[]): Record<string, Spread> {
  const names = Object.keys(metrics[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, summarize(metrics.map((fold) => fold[name]))]));
}

/** The entry that occurs most often; the first among equals. */
function commonest<T>(values: readonly T[]): T {
  const count = (value: T): number => values.filter((other) => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}

/**
 * What every model is read against, over the same folds as the models: guesses without features, and the best rule of
 * a single column, which is chosen and fitted on each fold's training rows.
 */
export function* scoreBaselines(learning: LearningRows, nFolds: number, seed: number): Work<Baseline[]> {
  const folds: FoldBaseline[][] = [];
  for (let fold = 0; fold < nFolds; fold++) {
    folds.push(scoreFold(learning, nFolds, seed, fold));
    yield { stage: "baselines", done: fold + 1, total: nFolds, unit: "fold" };
  }
  return folds[0].map(({ name }, i) => ({
    name,
    column: commonest(folds.map((fold) => fold[i].column)),
    metrics: spreadOf(folds.map((fold) => fold[i].metrics)),
  }));
}
