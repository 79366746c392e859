import { finish, type Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { type LendableRows, MIN_ROWS_PER_VALUE, protectRareValues } from "../encode/rare-values.ts";
import { type TrainRows, trainOnAll } from "../table/split-rows.ts";
import { allRows, type Column, type NumericColumn, selectColumns, type Table, takeColumn, takeRows } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { type BinMapper, binTable } from "../trees/bin-mapper.ts";
import { leafOfRows } from "../trees/leaves.ts";
import { fitRandomForest } from "../trees/random-forest.ts";
import type { Tree } from "../trees/tree.ts";
import { conditionImpossible, rowCondition, rowsMeeting } from "./conditions.ts";
import { mergeLeaves } from "./merge-leaves.ts";
import type { Condition, SampleResult, Sampler } from "./sampler.ts";

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

/** Rows by group, as one list and where each group's part begins. `groups` holds the group of each of `rows`. */
function listDonors(rows: Int32Array, groups: Int32Array): { donors: Int32Array; begins: Int32Array } {
  const nGroups = groups.reduce((most, group) => Math.max(most, group + 1), 1);
  const begins = new Int32Array(nGroups + 1);
  for (const group of groups) begins[group + 1]++;
  for (let group = 0; group < nGroups; group++) begins[group + 1] += begins[group];
  const next = begins.slice();
  const donors = new Int32Array(groups.length);
  groups.forEach((group, i) => {
    donors[next[group]++] = rows[i];
  });
  return { donors, begins };
}

/** Numeric columns whose products are looked at; their number grows with its square. */
const MAX_FACTORS = 8;
/** A character that no heading holds. */
const productName = (a: string, b: string): string => `\u0000${a} × ${b}`;

/** The columns with the products of their numbers, two by two: what a price times a number of months gives is one step of a tree then. */
function withProducts(columns: readonly Column[]): Column[] {
  const numbers = columns.filter((column) => column.kind === "numeric").slice(0, MAX_FACTORS);
  const products = numbers.flatMap((a, i) =>
    numbers.slice(i + 1).map((b): Column => {
      const values = a.values.map((value, row) => value * b.values[row]);
      return { kind: "numeric", name: productName(a.name, b.name), type: "numeric", values, step: 0 };
    }),
  );
  return [...columns, ...products];
}

/** What a column's tree looks at. */
const knownColumns = (before: readonly Column[], target: Column): readonly Column[] =>
  target.kind === "numeric" ? withProducts(before) : before;

/** Grows the tree of one column over the columns before it, on the rows that may lend their value. */
function* fitColumn({ table, isRare }: LendableRows, before: readonly string[], name: string, random: Random): Work<ColumnModel> {
  const position = table.columns.findIndex((column) => column.name === name);
  const column = table.columns[position];
  const lending = allRows(table.nRows).filter((row) => isRare[position]?.[row] !== 1);
  if (before.length === 0) return { column, tree: null, ...listDonors(lending, new Int32Array(lending.length)) };
  const lent = takeRows(selectColumns(table, [...before, name]), lending);
  const { target, task } = asTarget(lent.columns[before.length]);
  const known = { nRows: lent.nRows, columns: knownColumns(lent.columns.slice(0, -1), column) };
  const features = known.columns.map((one) => one.name);
  const train = trainOnAll({ nRows: lent.nRows, columns: [...known.columns, target] });
  const params = { nTrees: 1, nFeaturesPerSplit: features.length, minLeafRows: MIN_ROWS_PER_VALUE, bootstrap: 0 };
  const model = yield* fitRandomForest(train, { ...task, features } as Task, params, random);
  const [tree] = model.trees;
  const leaves = leafOfRows(tree, binTable(model.mapper, known));
  const groupOfLeaf = mergeLeaves(tree, leaves, target, features.length);
  const groups = leaves.map((leaf) => groupOfLeaf[leaf]);
  return { column, tree: { mapper: model.mapper, tree, groupOfLeaf }, ...listDonors(lending, groups) };
}

function* fitColumns(rows: LendableRows, names: readonly string[], random: Random): Work<ColumnModel[]> {
  const models: ColumnModel[] = [];
  for (const [position, name] of names.entries()) {
    yield { stage: "sequential-trees", done: position, total: names.length, unit: "task" };
    models.push(finish(fitColumn(rows, names.slice(0, position), name, random.split(name))));
  }
  return models;
}

/** Draws one column after the other, each row's value from the training rows in the same leaf. */
function drawColumns(models: readonly ColumnModel[], given: readonly Column[], nRows: number, random: Random): Table {
  const columns: Column[] = [...given];
  for (const { column, tree, donors, begins } of models.slice(given.length)) {
    const stream = random.split(column.name);
    const groups = tree
      ? leafOfRows(tree.tree, binTable(tree.mapper, { nRows, columns: knownColumns(columns, column) })).map(
          (leaf) => tree.groupOfLeaf[leaf],
        )
      : new Int32Array(nRows);
    const rows = groups.map((group) => donors[begins[group] + stream.integer(begins[group + 1] - begins[group])]);
    columns.push(takeColumn(column, rows));
  }
  return { nRows, columns };
}

/**
 * Columns of nRows rows that meet the conditions, with the values that training rows have which meet them all.
 * @throws TrendloomError condition-impossible, condition-too-rare
 */
function givenColumns(
  { table, isRare }: LendableRows,
  conditions: readonly Condition[],
  nRows: number,
  random: Random,
): Column[] {
  const positions = conditions.map(({ column: name }) => table.columns.findIndex((column) => column.name === name));
  if (positions.includes(-1)) throw conditionImpossible(conditions);
  const asked = conditions.map(({ value }, i) => {
    const { isRange, isMetBy } = rowCondition(table.columns[positions[i]], value);
    const rare = isRare[positions[i]];
    return { isRange, isMetBy: (row: number) => rare?.[row] !== 1 && isMetBy(row) };
  });
  const donors = rowsMeeting(allRows(table.nRows), asked, conditions);
  const drawn = Int32Array.from({ length: nRows }, () => donors[random.integer(donors.length)]);
  return [...new Set(positions)].map((position) => takeColumn(table.columns[position], drawn));
}

/**
 * Synthesis by sequential trees (Reiter 2005; Nowok, Raab and Dibben 2016): the first column is resampled, every further
 * one is drawn from the leaf that its row reaches in a tree over the columns before it. Trees are grown on all training
 * rows by our forest engine, with leaves of at least five rows, so every value comes from one of five or more donors; rare
 * values are protected (`protectRareValues`).
 * Conditions are met exactly: their columns are put first and fixed, and the trees of the others are grown anew, once for each
 * choice of columns.
 */
export function* fitSequentialTrees(train: TrainRows, random: Random): Work<Sampler> {
  const names = train.table.columns.map(({ name }) => name);
  const rows = protectRareValues(train.table);
  const models = yield* fitColumns(rows, names, random);
  /** Trees of other orders of the columns, by the columns that stand first. */
  const regrown = new Map<string, ColumnModel[]>();
  const inTableOrder = (table: Table): Table => selectColumns(table, names);
  return {
    sample(nRows: number, conditions: readonly Condition[], drawn: Random): SampleResult {
      if (conditions.length === 0) return { table: drawColumns(models, [], nRows, drawn), effectiveSampleSize: nRows };
      const given = givenColumns(rows, conditions, nRows, drawn.split("given"));
      const first = given.map(({ name }) => name);
      const order = [...first, ...names.filter((name) => !first.includes(name))];
      const key = JSON.stringify(first);
      const conditioned = regrown.get(key) ?? finish(fitColumns(rows, order, random));
      regrown.set(key, conditioned);
      return { table: inTableOrder(drawColumns(conditioned, given, nRows, drawn)), effectiveSampleSize: nRows };
    },
  };
}
