import { TrendloomError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import { allRows, type Column, concatTables, getColumn, type Table, takeRows } from "./table.ts";

declare const brand: unique symbol;

/** Rows that anything may be fitted on: encoders, samplers and learners take these and nothing else. */
export interface TrainRows {
  readonly [brand]: "train";
  readonly table: Table;
}

/** Held-out rows: predictions and scores may read them, `fit` does not accept them. */
export interface TestRows {
  readonly [brand]: "test";
  readonly table: Table;
}

export interface Fold {
  readonly train: TrainRows;
  readonly test: TestRows;
  /** Positions of the test rows in the split table, ascending. */
  readonly testIndex: Int32Array;
}

const asTrain = (table: Table): TrainRows => ({ table }) as TrainRows;
const asTest = (table: Table): TestRows => ({ table }) as TestRows;

/** The whole table as training rows: for final models and generators, whose scores are never reported. */
export function trainOnAll(table: Table): TrainRows {
  return asTrain(table);
}

/** Training rows with generated rows below them; the generator was itself fitted on training rows. */
export function addSynthetic(train: TrainRows, synthetic: Table): TrainRows {
  return asTrain(concatTables(train.table, synthetic));
}

/** Generated rows alone as training rows (train-synthetic-test-real). */
export function onlySynthetic(synthetic: Table): TrainRows {
  return asTrain(synthetic);
}

/** Generated rows as test rows: the score on them is shown beside the real one, never as a headline. */
export function syntheticTest(synthetic: Table): TestRows {
  return asTest(synthetic);
}

/** Divides training rows once more, for early stopping and searches: part `share` is held back. */
export function holdBack(train: TrainRows, target: string, share: number, random: Random): { train: TrainRows; test: TestRows } {
  const assignment = assignFolds(train.table, target, Math.max(2, Math.round(1 / share)), random);
  const fold = foldFrom(train.table, assignment, 0);
  return { train: fold.train, test: fold.test };
}

/** Stratified folds inside training rows: for searches, which see no held-out row of the fold they work for. */
export function innerFolds(train: TrainRows, target: string, nFolds: number, random: Random): Fold[] {
  const assignment = assignFolds(train.table, target, nFolds, random);
  return Array.from({ length: nFolds }, (_, fold) => foldFrom(train.table, assignment, fold));
}

/** A stratified part of training rows: about `share` of them, share ≤ ½. */
export function takeShare(train: TrainRows, target: string, share: number, random: Random): TrainRows {
  const assignment = assignFolds(train.table, target, Math.max(2, Math.round(1 / share)), random);
  return asTrain(foldFrom(train.table, assignment, 0).test.table);
}

/** Class of each row for stratification: categories by code, numbers by decile; missing values form their own class. */
function strata(column: Column): Int32Array {
  if (column.kind === "categorical") return column.codes;
  const order = allRows(column.values.length).sort((a, b) => column.values[a] - column.values[b]);
  const result = new Int32Array(order.length);
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank];
    result[row] = Number.isNaN(column.values[row]) ? -1 : Math.floor((10 * rank) / order.length);
  }
  return result;
}

/**
 * Fold number of each row: rows are shuffled, then dealt out class by class, so every fold holds the same
 * share of each class. Shuffling and dealing draw from separate streams.
 */
function assignFolds(table: Table, target: string, nFolds: number, random: Random): Int32Array {
  const order = random.split("order").shuffle(allRows(table.nRows));
  const deal = random.split("deal");
  const stratum = strata(getColumn(table, target));
  const nextFold = new Map<number, number>();
  const assignment = new Int32Array(table.nRows);
  for (const row of order) {
    const key = stratum[row];
    const fold = nextFold.get(key) ?? deal.integer(nFolds);
    assignment[row] = fold;
    nextFold.set(key, (fold + 1) % nFolds);
  }
  return assignment;
}

function foldFrom(table: Table, assignment: Int32Array, fold: number): Fold {
  const inTest = allRows(table.nRows).filter((row) => assignment[row] === fold);
  const inTrain = allRows(table.nRows).filter((row) => assignment[row] !== fold);
  return { train: asTrain(takeRows(table, inTrain)), test: asTest(takeRows(table, inTest)), testIndex: inTest };
}

/** Fold `fold` of a stratified, seeded split into `nFolds`. Levels of categories are shared by both parts. */
export function splitFold(table: Table, target: string, nFolds: number, fold: number, random: Random): Fold {
  if (table.nRows < 2 * nFolds) throw new TrendloomError("too-few-rows", { expected: 2 * nFolds, got: table.nRows });
  return foldFrom(table, assignFolds(table, target, nFolds, random), fold);
}
