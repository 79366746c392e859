import type { AsyncWork } from "../core/progress.ts";
import { createRandom, type Random } from "../core/random.ts";
import { columnShapes, type FidelityReference, pairSimilarities, prepareReference } from "../metrics/fidelity.ts";
import { brokenRowShare, findEmptyCells } from "../metrics/legal-cells.ts";
import { twoSampleAuc } from "../metrics/two-sample.ts";
import { onlySynthetic, splitFold, type TestRows, type TrainRows } from "../table/split-rows.ts";
import { allRows, concatTables, getColumn, type Table, takeRows } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { AuditChoice, AuditFigures, ColumnCounts } from "./audit-report.ts";
import { foldOf, type LearningRows } from "./fold-of.ts";
import type { Learner } from "./learner.ts";
import { metricsOf, scorePredictions } from "./score-predictions.ts";

/** The two halves of the audit: generators are fitted on A, every figure compares with B, which no generator has seen. */
export interface AuditHalves {
  readonly a: TrainRows;
  readonly b: TestRows;
}

const MAX_LEVELS = 400;

function countColumn(reference: FidelityReference, at: number, whole: Table, rows: Table): ColumnCounts | null {
  const column = whole.columns[at];
  const isNumeric = column.kind === "numeric";
  const labels = column.kind === "categorical" ? column.levels : [];
  if (labels.length > MAX_LEVELS) return null;
  const nBins = isNumeric ? reference.coded[at].nCodes : labels.length;
  const count = ({ codes }: { readonly codes: Int32Array }) => {
    const counts = new Array<number>(nBins).fill(0);
    for (const code of codes) if (code >= 0 && code < nBins) counts[code]++;
    return counts;
  };
  const made = reference.code(getColumn(rows, column.name));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  if (column.kind === "numeric") {
    for (const value of column.values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const edges = isNumeric && low <= high ? Array.from({ length: nBins + 1 }, (_, i) => low + ((high - low) * i) / nBins) : [];
  return { labels, edges, real: count(reference.coded[at]), made: count(made) };
}

/** Seeded halves, stratified by the target, groups of near-duplicates kept together. */
export function auditHalves(table: Table, task: Task, random: Random, groups: Int32Array | null = null): AuditHalves {
  const { train, test } = splitFold(table, task.target, 2, 0, random.split("audit halves"), groups);
  return { a: train, b: test };
}

/** A and B as chosen: everything that takes part in an audit takes its real rows here. */
export function auditSides(learning: LearningRows, { seed, nFolds }: AuditChoice): AuditHalves {
  if (nFolds === null) return auditHalves(learning.table, learning.task, createRandom(seed), learning.groups);
  const { train, test } = foldOf(learning, { fold: 0, nFolds, seed });
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
    columns: names.map((name, i) => {
      const counts = countColumn(reference, i, whole, rows);
      return { name, shape: shapes[i], ...(counts ? { counts } : {}) };
    }),
    pairs: reference.pairs.map(({ a, b }, i) => ({
      a: names[a],
      b: names[b],
      isSignal: isSignal[i],
      similarity: similarities[i],
    })),
  };
}
