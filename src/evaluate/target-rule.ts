import { binaryAuc, likeliestClasses } from "../metrics/classification.ts";
import type { Fold } from "../table/split-rows.ts";
import { trainOnAll } from "../table/split-rows.ts";
import { type ClassificationTask, classCodes } from "../table/task.ts";
import { type CellRule, fitCellRule } from "./cell-rule.ts";
import { foldOf, type LearningRows } from "./fold-of.ts";
import type { Spread, TargetRule } from "./predict-report.ts";
import { sampleRows } from "./sample-rows.ts";
import { scorePredictions } from "./score-predictions.ts";

/** A rule that is right in no more rows than this above the commonest answer's share explains nothing. */
const MIN_GAIN = 0.02;
/** Rows that a rule is looked for in; beyond, a seeded sample says enough. */
const MAX_ROWS = 20_000;

export interface RuleContest {
  readonly nFolds: number;
  readonly seed: number;
  /** Share of the commonest answer. */
  readonly chance: number;
  /** Accuracy of the best model. */
  readonly best: Pick<Spread, "mean" | "sd">;
}

/** F1 of the rarer of two classes. */
function rarerF1(codes: Int32Array, shares: Float64Array): number {
  const nOnes = codes.reduce((sum, code) => sum + code, 0);
  const rarer = 2 * nOnes <= codes.length ? 1 : 0;
  const predicted = likeliestClasses(shares, 2);
  let [nRight, nEither] = [0, 0];
  codes.forEach((code, row) => {
    if (code === rarer && predicted[row] === rarer) nRight++;
    nEither += (code === rarer ? 1 : 0) + (predicted[row] === rarer ? 1 : 0);
  });
  return nEither > 0 ? (2 * nRight) / nEither : 0;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function scoreFold({ train, test }: Fold, task: ClassificationTask) {
  const rule = fitCellRule(train, task);
  const shares = rule.predict(test.table);
  const { accuracy, auc } = scorePredictions(task, test.table, shares);
  const codes = classCodes(test.table, task);
  const isBinary = task.classes.length === 2;
  const ofOne = Float64Array.from(codes, (_, row) => shares[row * task.classes.length + 1]);
  return {
    accuracy,
    auc: isBinary ? binaryAuc(ofOne, (row) => codes[row] === 1) : auc,
    f1: isBinary ? rarerF1(codes, shares) : Number.NaN,
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/**
 * The rule over one to three columns that by itself explains a target with classes, or null where the best one is hardly
 * better than the commonest answer. It is named from all rows, but scored out of fold, where each fold finds its own.
 */
export function findTargetRule(learning: LearningRows, { nFolds, seed, chance, best }: RuleContest): TargetRule | null {
  if (learning.task.kind !== "classification") return null;
  const rows = sampleRows(learning, MAX_ROWS, seed);
  const task = learning.task;
  const whole: CellRule = fitCellRule(trainOnAll(rows.table), task);
  const folds = Array.from({ length: nFolds }, (_, fold) => scoreFold(foldOf(rows, { fold, nFolds, seed }), task));
  const score = meanOf(folds.map(({ accuracy }) => accuracy));
  if (!(score > chance + MIN_GAIN)) return null;
  return {
    columns: whole.columns,
    kind: whole.isExact ? "equal" : "majority",
    score,
    auc: finiteOrNull(meanOf(folds.map(({ auc }) => auc))),
    f1: finiteOrNull(meanOf(folds.map(({ f1 }) => f1))),
    isUnbeaten: best.mean - score <= best.sd,
  };
}
