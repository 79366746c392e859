import type { AsyncWork } from "../core/progress.ts";
import { createRandom, type Random } from "../core/random.ts";
import { columnShapes, pairSimilarities, prepareReference } from "../metrics/fidelity.ts";
import { brokenRowShare, findEmptyCells } from "../metrics/legal-cells.ts";
import { twoSampleAuc } from "../metrics/two-sample.ts";
import { onlySynthetic, splitFold, type TestRows, type TrainRows } from "../table/split-rows.ts";
import { allRows, concatTables, getColumn, type Table, takeRows } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { AuditChoice } from "./audit-report.ts";
import { foldOf } from "./fold-of.ts";
import type { Learner } from "./learner.ts";
import { metricsOf, scorePredictions } from "./score-predictions.ts";

/** The two halves of the audit: generators are fitted on A, every figure compares with B, which no generator has seen. */
export interface AuditHalves {
  readonly a: TrainRows;
  readonly b: TestRows;
}

/** What rows that claim to be like the real ones are worth, all against half B. */
export interface AuditFigures {
  readonly columnShapes: number;
  readonly pairTrends: number;
  readonly pairTrendsSignal: number;
  readonly twoSampleAuc: number;
  readonly brokenRows: number;
  /** AUC (R² for a numeric target) on B of a learner trained on the rows alone; null where it could not be trained. */
  readonly trainSyntheticTestReal: number | null;
  readonly columns: readonly { readonly name: string; readonly shape: number }[];
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly isSignal: boolean; readonly similarity: number }[];
}

/** Seeded halves, stratified by the target, groups of near-duplicates kept together. */
export function auditHalves(table: Table, task: Task, random: Random): AuditHalves {
  const { train, test } = splitFold(table, task.target, 2, 0, random.split("audit halves"));
  return { a: train, b: test };
}

/** A and B as chosen: everything that takes part in an audit takes its real rows here. */
export function auditSides(table: Table, task: Task, { seed, nFolds }: AuditChoice): AuditHalves {
  if (nFolds === null) return auditHalves(table, task, createRandom(seed));
  const { train, test } = foldOf(table, task, { fold: 0, nFolds, seed });
  return { a: train, b: test };
}

async function* trainSyntheticTestReal(
  rows: Table,
  { b }: AuditHalves,
  task: Task,
  learner: Learner,
  random: Random,
): AsyncWork<number | null> {
  const answers = getColumn(rows, task.target);
  const hasOneAnswer = new Set<number>(answers.kind === "numeric" ? answers.values : answers.codes).size < 2;
  if (hasOneAnswer) return null;
  const model = yield* learner.fit(onlySynthetic(rows), task, random);
  try {
    const scores = scorePredictions(task, b.table, model.predict(b.table));
    return scores[task.kind === "classification" ? "auc" : metricsOf(task).shown];
  } finally {
    model.dispose?.();
  }
}

const meanOf = (values: ArrayLike<number>): number =>
  values.length === 0 ? Number.NaN : Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** That many rows, drawn by chance: files may be sorted. */
function cutTo(table: Table, nRows: number, random: Random): Table {
  if (table.nRows <= nRows) return table;
  return takeRows(table, random.shuffle(allRows(table.nRows)).slice(0, nRows).sort());
}

/**
 * Every figure of the audit for generated rows of A's size. Half B's levels, ranges and rules come from both halves.
 * Yields the progress of the boosting inside it.
 */
export async function* auditRows(
  rows: Table,
  halves: AuditHalves,
  task: Task,
  learner: Learner,
  random: Random,
): AsyncWork<AuditFigures> {
  const real = halves.b.table;
  const whole = concatTables(halves.a.table, real);
  const reference = prepareReference(real, whole);
  const shapes = columnShapes(reference, rows);
  const similarities = pairSimilarities(reference, rows);
  const isSignal = reference.pairs.map((pair) => pair.isSignal);
  const nCompared = Math.min(real.nRows, rows.nRows);
  const cut = (table: Table) => cutTo(table, nCompared, random.split("equal sizes"));
  const names = real.columns.map(({ name }) => name);
  return {
    columnShapes: meanOf(shapes),
    pairTrends: meanOf(similarities),
    pairTrendsSignal: meanOf(similarities.filter((_, i) => isSignal[i])),
    twoSampleAuc: yield* twoSampleAuc(cut(real), cut(rows), random.split("two-sample")),
    brokenRows: brokenRowShare(findEmptyCells(whole), rows),
    trainSyntheticTestReal: yield* trainSyntheticTestReal(rows, halves, task, learner, random.split("utility")),
    columns: names.map((name, i) => ({ name, shape: shapes[i] })),
    pairs: reference.pairs.map(({ a, b }, i) => ({
      a: names[a],
      b: names[b],
      isSignal: isSignal[i],
      similarity: similarities[i],
    })),
  };
}
