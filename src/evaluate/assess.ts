import type { Work } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { confusionMatrix, likeliestClasses } from "../metrics/classification.ts";
import type { Table } from "../table/table.ts";
import { classCodes, type Task } from "../table/task.ts";
import { scoreBaselines, spreadOf } from "./baselines.ts";
import { classCurves, predictedAgainstTrue, thresholdTable } from "./class-curves.ts";
import type { LearningRows } from "./fold-of.ts";
import type { FoldResult } from "./fold-result.ts";
import { judgeSignal } from "./judge-signal.ts";
import type { LearnerId } from "./learner.ts";
import { joinFolds, type OutOfFold } from "./out-of-fold.ts";
import type { ColumnSignal, ModelReport, PredictReport, TargetCheck } from "./predict-report.ts";
import type { FoldSearch, Tuning } from "./search-report.ts";
import { type SignalTest, testSignal } from "./signal-check.ts";

export interface Assessment extends LearningRows {
  /** Folds of every learner; those not fitted on real rows only are left out. */
  readonly results: readonly FoldResult[];
  readonly nFolds: number;
  readonly seed: number;
  /** Every feature by itself against the target (`testColumns`). */
  readonly columns: readonly ColumnSignal[];
  /** How the settings of each fold's models were found; none where they were taken as given. */
  readonly searches?: readonly FoldSearch[];
  /** Losses of cheap models refitted on the target as it is, then on permuted ones (`refitLoss`); absent where not run. */
  readonly refitLosses?: readonly number[];
  /** Quick checks of other columns as targets; absent where not run. */
  readonly checks?: readonly TargetCheck[];
}

/** The results of one learner, in the order of their folds. */
export interface LearnerFolds {
  readonly learner: LearnerId;
  readonly folds: readonly FoldResult[];
}

/** Results by learner, in order of first appearance. */
export function groupByLearner(results: readonly FoldResult[]): LearnerFolds[] {
  const learners = [...new Set(results.map(({ learner }) => learner))];
  return learners.map((learner) => ({
    learner,
    folds: results.filter((result) => result.learner === learner).sort((a, b) => a.fold - b.fold),
  }));
}

function confusionOf(table: Table, task: Task, { rows, predictions }: OutOfFold): number[][] {
  if (task.kind === "regression") return [];
  const codes = classCodes(table, task);
  const nClasses = task.classes.length;
  return confusionMatrix(
    Int32Array.from(rows, (row) => codes[row]),
    likeliestClasses(predictions, nClasses),
    nClasses,
  );
}

function tuningOf(searches: readonly FoldSearch[], learner: LearnerId): Tuning | null {
  const own = searches.filter((search) => search.learner === learner).sort((a, b) => a.fold - b.fold);
  if (own.length === 0) return null;
  const folds = own.map(({ params, score, defaultScore }) => ({ params, score, defaultScore }));
  return { method: own[0].method, nTrials: own[0].nTrials, folds };
}

function reportModel(
  { table, task, seed, searches = [] }: Assessment,
  { learner, folds }: LearnerFolds,
  joined: OutOfFold,
  test: SignalTest,
): ModelReport {
  return {
    learner,
    device: folds[0].device,
    why: folds[0].deviceReason,
    fitSeconds: folds.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0),
    nFolds: folds.length,
    metrics: spreadOf(folds.map(({ real }) => real)),
    facts: spreadOf(folds.map(({ facts }) => facts)),
    confusion: confusionOf(table, task, joined),
    curves: task.kind === "classification" ? classCurves(table, task, joined) : [],
    thresholds: task.kind === "classification" ? thresholdTable(table, task, folds, joined) : null,
    scatter: task.kind === "regression" ? predictedAgainstTrue(table, task, joined, seed) : null,
    tuning: tuningOf(searches, learner),
    pValue: test.pValue,
  };
}

/**
 * The learners that speak for the target: our own, where one was run on all folds; the reference learner stands in for
 * them only where none was.
 */
function spokesmen(models: readonly LearnerFolds[], nFolds: number): LearnerFolds[] {
  const complete = models.filter(({ folds }) => folds.length === nFolds);
  const own = complete.filter(({ learner }) => learner !== "ml-random-forest");
  return own.length > 0 ? own : complete.length > 0 ? complete : [...models];
}

/** Rows that share their group with others. */
function countShared(groups: Int32Array | null): number {
  const sizes = new Map<number, number>();
  for (const group of groups ?? []) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size > 1 ? size : 0), 0);
}

function classSharesOf(table: Table, task: Task): PredictReport["classShares"] {
  if (task.kind === "regression") return [];
  const counts = new Float64Array(task.classes.length);
  for (const code of classCodes(table, task)) counts[code]++;
  return task.classes.map((value, code) => ({ value, share: counts[code] / table.nRows }));
}

/**
 * What the models know of the target: their scores over folds beside the baselines', and whether any of it is more
 * than chance.
 */
export function* assess(assessment: Assessment): Work<PredictReport> {
  const { table, task, results, columns, nFolds, seed, refitLosses = [], checks = [] } = assessment;
  const groups = groupByLearner(results.filter(({ mode }) => mode === "real-only"));
  if (groups.length === 0) throw new Error("there is no result to assess");
  const baselines = yield* scoreBaselines(assessment, nFolds, seed);
  const joined = groups.map(({ folds }) => joinFolds(folds, task));
  const random = createRandom(seed).split("signal check");
  const speaking = spokesmen(groups, nFolds);
  const isSpeaking = ({ learner }: { learner: LearnerId }): boolean => speaking.some((other) => other.learner === learner);
  const tests = yield* testSignal(assessment, joined.filter(isSpeaking), random.split("own"));
  const others = yield* testSignal(
    assessment,
    joined.filter((learner) => !isSpeaking(learner)),
    random.split("others"),
  );
  const models: ModelReport[] = [];
  for (const [i, group] of groups.entries()) {
    yield { stage: "assess", done: i, total: groups.length, unit: "task" };
    const test = [...tests, ...others].find(({ learner }) => learner === group.learner)!;
    models.push(reportModel(assessment, group, joined[i], test));
  }
  return {
    task,
    nRows: table.nRows,
    nFolds,
    seed,
    models,
    baselines,
    signal: judgeSignal(assessment, { models, tests, baselines, columns, nFolds, seed, refitLosses, checks }),
    runLog: groups.flatMap(({ folds }) => folds.map(({ fit }) => fit)),
    nNearDuplicates: countShared(assessment.groups ?? null),
    classShares: classSharesOf(table, task),
  };
}
