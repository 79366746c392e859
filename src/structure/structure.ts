import type { Work } from "../core/progress.ts";
import type { Column, Role, Table } from "../table/table.ts";
import { associateAll, orderForMap, SIGNAL_CRAMERS_V } from "./association.ts";
import { binColumn, type CodedColumn, codeValues, nPresentCodes } from "./coded-column.ts";
import { findCombinations } from "./combinations.ts";
import { findDependencies, findIdentical } from "./dependencies.ts";
import { countNearDuplicates } from "./duplicates.ts";
import { findRowOrder } from "./row-order.ts";
import type { RowOrderLeak, StructureReport } from "./structure-report.ts";
import { findSynonyms } from "./synonyms.ts";

/** Pairs grow with the square of the columns, two-way tables with the product of the levels: beyond these, columns are not compared. */
const MAX_COMPARED_COLUMNS = 100;
const MAX_COMPARED_LEVELS = 256;

function leaksOf(column: Column): RowOrderLeak[] {
  return column.kind === "categorical" ? findRowOrder(binColumn(column), column.levels) : [];
}

/**
 * What a table holds beside its columns: constants, identical columns, dependencies, combinations that never occur, labels of
 * one meaning, values that the row order gives away, and the association of every pair. Identifiers, ignored columns and
 * free text are not compared. Deterministic; O(nRows × nColumns²).
 */
export function* findStructure(table: Table, roleOf: (name: string) => Role): Work<StructureReport> {
  const isIdentifier = (column: Column) => column.type === "identifier" || roleOf(column.name) === "identifier";
  const isConstant = (column: Column) => nPresentCodes(codeValues(column)) < 2;
  yield { stage: "structure", done: 0, total: 1, unit: "task" };
  const identifiers = table.columns.filter(isIdentifier).map((column) => column.name);
  const others = table.columns.filter((column) => !isIdentifier(column));
  const constants = others.filter(isConstant).map((column) => column.name);
  const isComparable = (column: Column) =>
    !constants.includes(column.name) &&
    roleOf(column.name) !== "ignore" &&
    column.type !== "text" &&
    (column.kind === "numeric" || column.levels.length <= MAX_COMPARED_LEVELS);
  const compared = others.filter(isComparable).slice(0, MAX_COMPARED_COLUMNS);
  const names = compared.map((column) => column.name);
  const categorical = compared.filter((column) => column.kind === "categorical").map((column) => column.name);

  const associations = yield* associateAll(compared.map((column): CodedColumn => binColumn(column)));
  const signalPairs = associations.filter(({ value }) => value > SIGNAL_CRAMERS_V).sort((a, b) => b.value - a.value);
  const identical = findIdentical(compared);
  const dependencies = findDependencies(compared, identical);
  return {
    identifiers,
    constants,
    identical,
    dependencies,
    combinations: findCombinations(table, categorical),
    synonyms: findSynonyms({ ...table, columns: others }),
    nearDuplicates: countNearDuplicates({
      nRows: table.nRows,
      columns: table.columns.filter(({ name }) => roleOf(name) === "feature" || roleOf(name) === "target"),
    }),
    rowOrder: compared.flatMap(leaksOf),
    columns: orderForMap(names, signalPairs),
    associations,
    signalPairs,
    largestOther: associations.reduce((most, { value }) => (value > SIGNAL_CRAMERS_V ? most : Math.max(most, value)), 0),
  };
}
