/** What a column holds, as inferred from its text or set by the user. */
export type ColumnType = "numeric" | "integer" | "categorical" | "boolean" | "date" | "identifier" | "text";

/** What a column is used for. */
export type Role = "feature" | "target" | "identifier" | "ignore";

/** Numbers; NaN marks a missing value. `step` is the smallest decimal step seen (1, 0.1, …), used when values are made. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  readonly type: "numeric" | "integer" | "date" | "identifier";
  readonly values: Float64Array;
  readonly step: number;
}

/** Categories as codes into `levels`; −1 marks a missing value. Levels stand in order of first appearance, or in the user's. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  readonly type: "categorical" | "boolean" | "identifier" | "text";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** The user put the levels in an order that means something, from low to high. */
  readonly isOrdered?: true;
}

export type Column = NumericColumn | CategoricalColumn;

/** An immutable, columnar table; all columns have `nRows` values. Plain data, so it can cross a worker boundary. */
export interface Table {
  readonly nRows: number;
  readonly columns: readonly Column[];
}

/** The column of that name, or undefined. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The column of that name; throws a plain Error when it is absent (a caller's mistake, not a user's). */
export function getColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (!column) throw new Error(`no column named ${JSON.stringify(name)}`);
  return column;
}

/** Milliseconds since 1970 (UTC) as an ISO date, with the time of day unless it is midnight. */
function dateText(value: number): string {
  const text = new Date(value).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, -1).replace(".000", "");
}

/** A number in its shortest form; large ones with an exponent, so that they are not taken for codes of many digits. */
const numberText = (value: number): string => (Math.abs(value) >= 1e15 ? value.toExponential() : String(value));

/** The value at a row as written in a CSV: a level, a number's shortest decimal form, or "" when missing. */
export function cellText(column: Column, row: number): string {
  if (column.kind === "categorical") return column.levels[column.codes[row]] ?? "";
  const value = column.values[row];
  if (Number.isNaN(value)) return "";
  return column.type === "date" ? dateText(value) : numberText(value);
}

/** The given rows of a column, in the given order. */
export function takeColumn(column: Column, rows: Int32Array): Column {
  if (column.kind === "numeric") {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]];
    return { ...column, values };
  }
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]];
  return { ...column, codes };
}

/** The given rows of a table, in the given order. */
export function takeRows(table: Table, rows: Int32Array): Table {
  return { nRows: rows.length, columns: table.columns.map((column) => takeColumn(column, rows)) };
}

/** The named columns of a table, in the given order. */
export function selectColumns(table: Table, names: readonly string[]): Table {
  return { nRows: table.nRows, columns: names.map((name) => getColumn(table, name)) };
}

/** 0, 1, …, nRows − 1. */
export function allRows(nRows: number): Int32Array {
  const rows = new Int32Array(nRows);
  for (let row = 0; row < nRows; row++) rows[row] = row;
  return rows;
}

function concatColumns(first: Column, second: Column): Column {
  if (first.kind === "numeric" && second.kind === "numeric") {
    const values = new Float64Array(first.values.length + second.values.length);
    values.set(first.values);
    values.set(second.values, first.values.length);
    return { ...first, values };
  }
  if (first.kind === "categorical" && second.kind === "categorical") {
    const levels = [...first.levels];
    const codeOf = new Map(levels.map((level, code) => [level, code]));
    const recode = second.levels.map((level) => {
      const known = codeOf.get(level);
      if (known !== undefined) return known;
      levels.push(level);
      return levels.length - 1;
    });
    const codes = new Int32Array(first.codes.length + second.codes.length);
    codes.set(first.codes);
    for (let i = 0; i < second.codes.length; i++) {
      const code = second.codes[i];
      codes[first.codes.length + i] = code < 0 ? -1 : recode[code];
    }
    return { ...first, codes, levels };
  }
  throw new Error(`columns named ${JSON.stringify(first.name)} are of different kinds`);
}

/** The rows of `first`, then those of `second`; columns are matched by name and follow `first`. */
export function concatTables(first: Table, second: Table): Table {
  return {
    nRows: first.nRows + second.nRows,
    columns: first.columns.map((column) => concatColumns(column, getColumn(second, column.name))),
  };
}
