import { finish, type Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { type TrainRows, trainOnAll } from "../table/split-rows.ts";
import { type Column, getColumn, type NumericColumn, selectColumns, type Table, takeColumn } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { type BinMapper, binTable } from "../trees/bin-mapper.ts";
import { leafOfRows } from "../trees/leaves.ts";
import { fitRandomForest } from "../trees/random-forest.ts";
import type { Tree } from "../trees/tree.ts";
import { conditionImpossible, hasValue } from "./conditions.ts";
import { mergeLeaves } from "./merge-leaves.ts";
import type { Condition, SampleResult, Sampler } from "./sampler.ts";

/** Fewest training rows that a leaf lends its values from. */
const MIN_DONORS = 5;

/** How one column is drawn: a tree over the columns before it, and per leaf the training rows that end there. */
interface ColumnModel {
  readonly column: Column;
  /** None for the first column. */
  readonly tree: { readonly mapper: BinMapper; readonly tree: Tree; readonly groupOfLeaf: Int32Array } | null;
  /** Rows of group g of leaves: donors[begins[g] … begins[g + 1]). */
  readonly donors: Int32Array;
  readonly begins: Int32Array;
}

/** A number below all others in place of a missing one, so that a tree can set the missing rows apart. */
function withoutMissing(column: NumericColumn): NumericColumn {
  const present = column.values.filter((value) => !Number.isNaN(value));
  const low = present.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = present.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return { ...column, values: column.values.map((value) => (Number.isNaN(value) ? low - (high - low) - 1 : value)) };
}

/** The column as a target: every missing value a class or a number of its own. */
function asTarget(column: Column): { target: Column; task: Omit<Task, "features"> } {
  if (column.kind === "numeric") return { target: withoutMissing(column), task: { kind: "regression", target: column.name } };
  const levels = [...column.levels, ""];
  const codes = column.codes.map((code) => (code < 0 ? column.levels.length : code));
  return {
    target: { ...column, codes, levels },
    task: { kind: "classification", target: column.name, classes: levels } as Omit<Task, "features">,
  };
}

/** Rows by group, as one list and where each group's part begins. */
function listDonors(groups: Int32Array): { donors: Int32Array; begins: Int32Array } {
  const nGroups = groups.reduce((most, group) => Math.max(most, group + 1), 1);
  const begins = new Int32Array(nGroups + 1);
  for (const group of groups) begins[group + 1]++;
  for (let group = 0; group < nGroups; group++) begins[group + 1] += begins[group];
  const next = begins.slice();
  const donors = new Int32Array(groups.length);
  groups.forEach((group, row) => {
    donors[next[group]++] = row;
  });
  return { donors, begins };
}

/** Grows the tree of one column over the columns before it. */
function* fitColumn(table: Table, before: readonly string[], column: Column, random: Random): Work<ColumnModel> {
  if (before.length === 0) return { column, tree: null, ...listDonors(new Int32Array(table.nRows)) };
  const { target, task } = asTarget(column);
  const known = selectColumns(table, before);
  const train = trainOnAll({ nRows: table.nRows, columns: [...known.columns, target] });
  const params = { nTrees: 1, nFeaturesPerSplit: before.length, minLeafRows: MIN_DONORS, bootstrap: 0 };
  const model = yield* fitRandomForest(train, { ...task, features: before } as Task, params, random);
  const [tree] = model.trees;
  const leaves = leafOfRows(tree, binTable(model.mapper, known));
  const groupOfLeaf = mergeLeaves(tree, leaves, target, before.length);
  const groups = leaves.map((leaf) => groupOfLeaf[leaf]);
  return { column, tree: { mapper: model.mapper, tree, groupOfLeaf }, ...listDonors(groups) };
}

function* fitColumns(train: TrainRows, names: readonly string[], random: Random): Work<ColumnModel[]> {
  const models: ColumnModel[] = [];
  for (const [position, name] of names.entries()) {
    yield { stage: "sequential-trees", done: position, total: names.length, unit: "task" };
    const work = fitColumn(train.table, names.slice(0, position), getColumn(train.table, name), random.split(name));
    models.push(finish(work));
  }
  return models;
}

/** Draws one column after the other, each row's value from the training rows in the same leaf. */
function drawColumns(models: readonly ColumnModel[], given: readonly Column[], nRows: number, random: Random): Table {
  const columns: Column[] = [...given];
  for (const { column, tree, donors, begins } of models.slice(given.length)) {
    const stream = random.split(column.name);
    const groups = tree
      ? leafOfRows(tree.tree, binTable(tree.mapper, { nRows, columns })).map((leaf) => tree.groupOfLeaf[leaf])
      : new Int32Array(nRows);
    const rows = groups.map((group) => donors[begins[group] + stream.integer(begins[group + 1] - begins[group])]);
    columns.push(takeColumn(column, rows));
  }
  return { nRows, columns };
}

/** The asked values as columns of nRows rows. @throws TrendloomError condition-impossible where no training row has them all */
function givenColumns({ table }: TrainRows, conditions: readonly Condition[], nRows: number): Column[] {
  const asked = conditions.map(({ column, value }) => {
    const found = table.columns.find(({ name }) => name === column);
    if (!found) throw conditionImpossible(conditions);
    return { column: found, value };
  });
  const rows = Array.from({ length: table.nRows }, (_, row) => row);
  const donor = rows.find((row) => asked.every(({ column, value }) => hasValue(column, row, value)));
  if (donor === undefined) throw conditionImpossible(conditions);
  return asked.map(({ column }) => takeColumn(column, new Int32Array(nRows).fill(donor)));
}

/**
 * Synthesis by sequential trees (Reiter 2005; Nowok, Raab and Dibben 2016): the first column is resampled, every further
 * one is drawn from the leaf that its row reaches in a tree over the columns before it. Trees are grown on all training
 * rows by our forest engine, with leaves of at least five rows, so every value comes from one of five or more donors.
 * Conditions are met exactly: their columns are put first and fixed, and the trees of the others are grown anew, once for each
 * choice of columns.
 */
export function* fitSequentialTrees(train: TrainRows, random: Random): Work<Sampler> {
  const names = train.table.columns.map(({ name }) => name);
  const models = yield* fitColumns(train, names, random);
  /** Trees of other orders of the columns, by the columns that stand first. */
  const regrown = new Map<string, ColumnModel[]>();
  const inTableOrder = (table: Table): Table => selectColumns(table, names);
  return {
    sample(nRows: number, conditions: readonly Condition[], drawn: Random): SampleResult {
      if (conditions.length === 0) return { table: drawColumns(models, [], nRows, drawn), effectiveSampleSize: nRows };
      const given = givenColumns(train, conditions, nRows);
      const first = given.map(({ name }) => name);
      const order = [...first, ...names.filter((name) => !first.includes(name))];
      const key = JSON.stringify(first);
      const conditioned = regrown.get(key) ?? finish(fitColumns(train, order, random));
      regrown.set(key, conditioned);
      return { table: inTableOrder(drawColumns(conditioned, given, nRows, drawn)), effectiveSampleSize: nRows };
    },
  };
}
