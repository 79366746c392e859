import { TrendloomError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import { dealFolds } from "./deal-folds.ts";
import { allRows, concatTables, getColumn, type Table, takeRows } from "./table.ts";

declare const brand: unique symbol;

/** Where rows come from: generated rows have no position and no group. */
interface Origin {
  readonly table: Table;
  /** Positions in the split table of the real rows among them, which come first. */
  readonly positions: Int32Array;
  /** Near-duplicate group of each of those; null where no row has a near-duplicate. */
  readonly groups: Int32Array | null;
}

/** Rows that anything may be fitted on: encoders, samplers and learners take these and nothing else. */
export interface TrainRows extends Origin {
  readonly [brand]: "train";
}

/** Held-out rows: predictions and scores may read them, `fit` does not accept them. */
export interface TestRows extends Origin {
  readonly [brand]: "test";
}

export interface Fold {
  readonly train: TrainRows;
  readonly test: TestRows;
  /** Places of the test rows in what was split, ascending. */
  readonly testIndex: Int32Array;
}

const asTrain = (origin: Origin): TrainRows => origin as TrainRows;
const asTest = (origin: Origin): TestRows => origin as TestRows;
const generated = (table: Table): Origin => ({ table, positions: new Int32Array(0), groups: null });

/** The whole table as training rows: for final models and generators, whose scores are never reported. */
export function trainOnAll(table: Table, groups: Int32Array | null = null): TrainRows {
  return asTrain({ table, positions: allRows(table.nRows), groups });
}

/** Training rows with generated rows below them; the generator was itself fitted on training rows. */
export function addSynthetic(train: TrainRows, synthetic: Table): TrainRows {
  return asTrain({ ...train, table: concatTables(train.table, synthetic) });
}

/** Generated rows alone as training rows (train-synthetic-test-real). */
export function onlySynthetic(synthetic: Table): TrainRows {
  return asTrain(generated(synthetic));
}

/** Generated rows as test rows: the score on them is shown beside the real one, never as a headline. */
export function syntheticTest(synthetic: Table): TestRows {
  return asTest(generated(synthetic));
}

/** Groups of training rows to split by: generated rows below the real ones stand each for itself. */
function groupsWithin({ table, groups }: TrainRows): Int32Array | null {
  if (!groups || groups.length === table.nRows) return groups;
  const all = new Int32Array(table.nRows);
  all.set(groups);
  const nGroups = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  for (let row = groups.length; row < table.nRows; row++) all[row] = nGroups + row;
  return all;
}

/** Rows of fewer groups than folds could not fill them: near-duplicates are then parted after all. */
function dealWithin(train: TrainRows, target: string, nFolds: number, random: Random): Int32Array {
  const groups = groupsWithin(train);
  const isDivisible = groups !== null && new Set(groups).size >= nFolds;
  return dealFolds(getColumn(train.table, target), nFolds, random, isDivisible ? groups : null);
}

/** Divides training rows once more, for early stopping and searches: part `share` is held back. */
export function holdBack(train: TrainRows, target: string, share: number, random: Random): { train: TrainRows; test: TestRows } {
  const assignment = dealWithin(train, target, Math.max(2, Math.round(1 / share)), random);
  const fold = foldFrom(train, assignment, 0);
  return { train: fold.train, test: fold.test };
}

/** Stratified folds inside training rows: for searches, which see no held-out row of the fold they work for. */
export function innerFolds(train: TrainRows, target: string, nFolds: number, random: Random): Fold[] {
  const assignment = dealWithin(train, target, nFolds, random);
  return Array.from({ length: nFolds }, (_, fold) => foldFrom(train, assignment, fold));
}

/** A stratified part of training rows: about `share` of them, share ≤ ½. */
export function takeShare(train: TrainRows, target: string, share: number, random: Random): TrainRows {
  const assignment = dealWithin(train, target, Math.max(2, Math.round(1 / share)), random);
  return asTrain(foldFrom(train, assignment, 0).test);
}

function take({ table, positions, groups }: Origin, rows: Int32Array): Origin {
  const real = rows.filter((row) => row < positions.length);
  return {
    table: takeRows(table, rows),
    positions: real.map((row) => positions[row]),
    groups: groups && real.map((row) => groups[row]),
  };
}

function foldFrom(origin: Origin, assignment: Int32Array, fold: number): Fold {
  const rows = allRows(origin.table.nRows);
  const testIndex = rows.filter((row) => assignment[row] === fold);
  const trainIndex = rows.filter((row) => assignment[row] !== fold);
  return { train: asTrain(take(origin, trainIndex)), test: asTest(take(origin, testIndex)), testIndex };
}

/**
 * Fold `fold` of a stratified, seeded split into `nFolds` that parts no group of near-duplicates (`groups` numbers each
 * row's; null where every row stands for itself). Levels of categories are shared by both parts.
 * @throws TrendloomError too-few-rows: fewer rows than two a fold, or fewer groups than folds
 */
export function splitFold(
  table: Table,
  target: string,
  nFolds: number,
  fold: number,
  random: Random,
  groups: Int32Array | null = null,
): Fold {
  if (table.nRows < 2 * nFolds) throw new TrendloomError("too-few-rows", { expected: 2 * nFolds, got: table.nRows });
  const nGroups = groups ? new Set(groups).size : table.nRows;
  if (nGroups < nFolds) throw new TrendloomError("too-few-rows", { expected: nFolds, got: nGroups });
  const assignment = dealFolds(getColumn(table, target), nFolds, random, groups);
  return foldFrom({ table, positions: allRows(table.nRows), groups }, assignment, fold);
}
