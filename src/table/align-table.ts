import { TrendloomError } from "../core/errors.ts";
import type { AlignReport, MatchedColumn, TypeConflict, UnknownLevel } from "./align-report.ts";
import { countLevels } from "./column-summary.ts";
import { foldName, knownColumn } from "./known-columns.ts";
import { parseNumber } from "./parse-number.ts";
import { type CategoricalColumn, type Column, cellText, getColumn, type NumericColumn, type Table } from "./table.ts";

const MAX_LEVELS_LISTED = 50;

/** How a label of the second file is written in the first, of whose labels it is given the list; itself where it is not. */
export type Rename = (label: string, known: readonly string[]) => string;

const countMissing = (column: Column): number =>
  column.kind === "categorical"
    ? column.codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0)
    : column.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);

/**
 * The heading among `given` that stands for each of `wanted`: the same, else the same known column, else the same but for
 * case, accents and signs. No heading stands for two.
 */
export function matchNames(wanted: readonly string[], given: readonly string[]): MatchedColumn[] {
  const free = new Set(given);
  const found = new Map<string, MatchedColumn>();
  const match = (by: MatchedColumn["by"], isSame: (column: string, from: string) => boolean): void => {
    for (const column of wanted) {
      if (found.has(column)) continue;
      const from = [...free].find((name) => isSame(column, name));
      if (from === undefined) continue;
      free.delete(from);
      found.set(column, { column, from, by });
    }
  };
  match("name", (column, from) => column === from);
  match("known-name", (column, from) => knownColumn(column) !== null && knownColumn(column) === knownColumn(from));
  match("folded-name", (column, from) => foldName(column) !== "" && foldName(column) === foldName(from));
  return wanted.flatMap((column) => found.get(column) ?? []);
}

/** Numbers for a numeric column: as they stand, or read from labels one by one. Dates are no other numbers. */
function toNumbers(given: Column, schema: NumericColumn): Float64Array {
  if (given.kind === "numeric") {
    const isReadable = (given.type === "date") === (schema.type === "date");
    return isReadable ? given.values : new Float64Array(given.values.length).fill(Number.NaN);
  }
  const ofLevel = given.levels.map((level) =>
    schema.type === "date" ? Number.NaN : (parseNumber(level, ".") ?? parseNumber(level, ","))?.value,
  );
  return Float64Array.from(given.codes, (code) => ofLevel[code] ?? Number.NaN);
}

/** The given column in the words of `schema`: its levels first, then those it does not know. */
function toLevels(given: Column, schema: CategoricalColumn, rename: Rename): CategoricalColumn {
  const levels = [...schema.levels];
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const code = (text: string): number => {
    const label = codeOf.has(text) ? text : rename(text, schema.levels);
    const known = codeOf.get(label);
    if (known !== undefined) return known;
    codeOf.set(label, levels.length);
    return levels.push(label) - 1;
  };
  if (given.kind === "categorical") {
    const recode = given.levels.map(code);
    return { ...schema, levels, codes: given.codes.map((own) => (own < 0 ? -1 : recode[own])) };
  }
  const codes = Int32Array.from(given.values, (value, row) => (Number.isNaN(value) ? -1 : code(cellText(given, row))));
  return { ...schema, levels, codes };
}

function missingColumn(schema: Column, nRows: number): Column {
  return schema.kind === "numeric"
    ? { ...schema, values: new Float64Array(nRows).fill(Number.NaN) }
    : { ...schema, codes: new Int32Array(nRows).fill(-1) };
}

function alignColumn(schema: Column, given: Column, rename: Rename): Column {
  return schema.kind === "numeric" ? { ...schema, values: toNumbers(given, schema) } : toLevels(given, schema, rename);
}

/** Null where every value that is there could be read: a number may name a category, and a label may write a number. */
function conflictOf(schema: Column, given: Column, aligned: Column): TypeConflict | null {
  const nUnreadable = countMissing(aligned) - countMissing(given);
  return nUnreadable > 0 ? { column: schema.name, expected: schema.type, got: given.type, nUnreadable } : null;
}

function unknownLevelsOf(schema: Column, aligned: Column): UnknownLevel[] {
  if (schema.kind !== "categorical" || aligned.kind !== "categorical") return [];
  const { counts } = countLevels(aligned);
  return aligned.levels
    .map((level, code) => ({ column: schema.name, level, nRows: counts[code] }))
    .slice(schema.levels.length)
    .filter(({ nRows }) => nRows > 0);
}

function countUnknownRows(schema: readonly Column[], aligned: Table): number {
  const isUnknown = new Uint8Array(aligned.nRows);
  aligned.columns.forEach((column, at) => {
    const known = schema[at];
    if (column.kind !== "categorical" || known.kind !== "categorical") return;
    column.codes.forEach((code, row) => {
      if (code >= known.levels.length) isUnknown[row] = 1;
    });
  });
  return isUnknown.reduce((sum, unknown) => sum + unknown, 0);
}

/**
 * A second table in the columns of the first, by name, kind and level, so that a model of the first can read it. Columns
 * that it lacks are missing in every row; values that cannot be read are missing; levels that the first does not hold
 * keep their text behind its own. O(cells).
 * @throws TrendloomError columns-missing, when it has none of the columns
 */
export function alignTable(second: Table, first: Table, rename: Rename): { table: Table; report: AlignReport } {
  const names = first.columns.map((column) => column.name);
  const given = second.columns.map((column) => column.name);
  const matched = matchNames(names, given);
  if (matched.length === 0) throw new TrendloomError("columns-missing", { columns: names.join(", ") });
  const fromOf = new Map(matched.map(({ column, from }) => [column, from]));
  const columns = first.columns.map((column) => {
    const from = fromOf.get(column.name);
    return from === undefined ? missingColumn(column, second.nRows) : alignColumn(column, getColumn(second, from), rename);
  });
  const table = { nRows: second.nRows, columns };
  const unknownLevels = first.columns.flatMap((column, at) => unknownLevelsOf(column, columns[at]));
  const taken = new Set(matched.map(({ from }) => from));
  const report: AlignReport = {
    nRows: second.nRows,
    matched,
    missing: names.filter((name) => !fromOf.has(name)),
    extra: given.filter((name) => !taken.has(name)),
    conflicts: matched.flatMap(
      ({ column, from }) => conflictOf(getColumn(first, column), getColumn(second, from), getColumn(table, column)) ?? [],
    ),
    unknownLevels: [...unknownLevels].sort((a, b) => b.nRows - a.nRows).slice(0, MAX_LEVELS_LISTED),
    nUnknownLevels: unknownLevels.length,
    nRowsWithUnknown: countUnknownRows(first.columns, table),
  };
  return { table, report };
}
