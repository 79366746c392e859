import type { Work } from "../core/progress.ts";
import { type Column, type Role, selectColumns, type Table } from "../table/table.ts";
import { associateAll, orderForMap, SIGNAL_CRAMERS_V } from "./association.ts";
import { binColumn, type CodedColumn, codeValues, nPresentCodes } from "./coded-column.ts";
import { findCombinations } from "./combinations.ts";
import { findDependencies, findIdentical } from "./dependencies.ts";
import { findDerivedNumerics } from "./derived-numerics.ts";
import { countNearDuplicates } from "./duplicates.ts";
import { findNearDependencies } from "./near-dependencies.ts";
import { findPairDependencies } from "./pair-dependencies.ts";
import { findPlaces } from "./places.ts";
import { findRecoded } from "./recoded.ts";
import { findRowOrder } from "./row-order.ts";
import { sampleRows } from "./sample-rows.ts";
import type { RowOrderLeak, StructureReport } from "./structure-report.ts";
import { findSynonyms } from "./synonyms.ts";
import { findTargetLeaks } from "./target-leaks.ts";

/** Pairs grow with the square of the columns, two-way tables with the product of the levels: beyond these, columns are not compared. */
const MAX_COMPARED_COLUMNS = 100;
const MAX_COMPARED_LEVELS = 256;
export const MAX_COMPARED_ROWS = 100_000;

function leaksOf(column: Column): RowOrderLeak[] {
  return column.kind === "categorical" ? findRowOrder(binColumn(column), column.levels) : [];
}

interface Sorted {
  readonly identifiers: readonly string[];
  readonly constants: readonly string[];
  /** Columns that are neither. */
  readonly others: readonly Column[];
  /** Of those, what is compared: the target first where there are too many, then the table's order. */
  readonly compared: readonly Column[];
  readonly nLeft: number;
}

/** What each column is to the finder. */
export function sortColumns(table: Table, roleOf: (name: string) => Role): Sorted {
  const isIdentifier = (column: Column) => column.type === "identifier" || roleOf(column.name) === "identifier";
  const identifiers = table.columns.filter(isIdentifier).map((column) => column.name);
  const others = table.columns.filter((column) => !isIdentifier(column));
  const constants = new Set(others.filter((column) => nPresentCodes(codeValues(column)) < 2).map((column) => column.name));
  const comparable = others.filter(
    (column) =>
      !constants.has(column.name) &&
      roleOf(column.name) !== "ignore" &&
      column.type !== "text" &&
      (column.kind === "numeric" || column.levels.length <= MAX_COMPARED_LEVELS),
  );
  const target = comparable.filter((column) => roleOf(column.name) === "target");
  const first = comparable.filter((column) => roleOf(column.name) !== "target").slice(0, MAX_COMPARED_COLUMNS - target.length);
  const chosen = new Set([...target, ...first]);
  const compared = comparable.filter((column) => chosen.has(column));
  return { identifiers, constants: [...constants], others, compared, nLeft: comparable.length - compared.length };
}

/**
 * What a table holds beside its columns: constants, identical and recoded columns, dependencies of one and two columns and
 * those with few exceptions, numbers that others determine, combinations that never occur, labels of one meaning, values that
 * the row order gives away, features that give the target away, rows that repeat, and the association of every pair.
 * Identifiers, ignored columns and free text are not compared; beyond 100 columns the others are left, and associations of
 * more than 100,000 rows are of a sample. Deterministic; O(nRows × nColumns²).
 */
export function* findStructure(table: Table, roleOf: (name: string) => Role): Work<StructureReport> {
  const stage = "structure";
  yield { stage, done: 0, total: 1, unit: "task" };
  const { identifiers, constants, others, compared, nLeft } = sortColumns(table, roleOf);
  const names = compared.map((column) => column.name);
  const categorical = compared.filter((column) => column.kind === "categorical").map((column) => column.name);
  const target = table.columns.find((column) => roleOf(column.name) === "target")?.name ?? "";

  const rowsCompared = sampleRows(selectColumns(table, names), MAX_COMPARED_ROWS);
  const associations = yield* associateAll(rowsCompared.columns.map((column): CodedColumn => binColumn(column)));
  const signalPairs = associations.filter(({ value }) => value > SIGNAL_CRAMERS_V).sort((a, b) => b.value - a.value);
  const identical = findIdentical(compared);
  const dependencies = findDependencies(compared, identical);
  yield { stage, done: 1, total: 2, unit: "task" };
  const copies = new Set(identical.map(([, copy]) => copy));
  const single = names.filter((name) => !copies.has(name));
  const derived = findDerivedNumerics(selectColumns(table, single));
  const usual = others.filter((column) => roleOf(column.name) !== "ignore" && !constants.includes(column.name));
  const features = usual.filter((column) => column.type !== "text").map((column) => column.name);
  const pairRules = findPairDependencies(table, single, dependencies);
  yield { stage, done: 1, total: 2, unit: "task" };
  return {
    identifiers,
    constants,
    identical,
    dependencies: [...dependencies, ...pairRules],
    nearDependencies: findNearDependencies(table, names),
    recoded: findRecoded(table, dependencies, derived),
    derived,
    combinations: findCombinations(table, categorical),
    synonyms: findSynonyms({ ...table, columns: others }),
    nearDuplicates: countNearDuplicates({
      nRows: table.nRows,
      columns: table.columns.filter(({ name }) => roleOf(name) === "feature" || roleOf(name) === "target"),
    }),
    rowOrder: compared.flatMap(leaksOf),
    targetLeaks: findTargetLeaks(table, target, features),
    places: findPlaces({ ...table, columns: compared }),
    columns: orderForMap(names, signalPairs),
    associations,
    signalPairs,
    largestOther: associations.reduce((most, { value }) => (value > SIGNAL_CRAMERS_V ? most : Math.max(most, value)), 0),
    nColumnsLeft: nLeft,
    nRowsCompared: rowsCompared.nRows,
  };
}
