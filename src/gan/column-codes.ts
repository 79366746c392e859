import { fitNumericCodes, type NumericCodes, type NumericCodesLimits } from "../encode/numeric-codes.ts";
import { countLevels, MIN_ROWS_PER_VALUE } from "../encode/rare-values.ts";
import type { CategoricalColumn, Column, NumericColumn } from "../table/table.ts";

/** Levels of one column that are modelled apart. */
export const MAX_LEVELS = 400;
const LIMITS: NumericCodesLimits = { maxValues: 100, maxBins: 32, minRows: MIN_ROWS_PER_VALUE };

/** One column as codes: `nCodes` values, of which the last is "missing" where `hasMissing`. A code of −1 is never emitted. */
export interface ColumnCodes {
  /** Its name, type and levels; no row. */
  readonly column: Column;
  readonly numeric: NumericCodes | null;
  /** Level of each code, for a categorical column. */
  readonly levels: Int32Array | null;
  readonly hasMissing: boolean;
  readonly nCodes: number;
}

/** The column without its rows. */
function withoutRows(column: Column): Column {
  return column.kind === "numeric" ? { ...column, values: new Float64Array(0) } : { ...column, codes: new Int32Array(0) };
}

function encodeCategorical(column: CategoricalColumn): { codes: ColumnCodes; rows: Int32Array } {
  const counts = countLevels(column);
  const nMissing = counts[column.levels.length];
  const levels = Int32Array.from(column.levels.keys())
    .filter((level) => counts[level] >= MIN_ROWS_PER_VALUE)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .subarray(0, MAX_LEVELS)
    .sort();
  const hasMissing = nMissing >= MIN_ROWS_PER_VALUE || levels.length === 0;
  const recode = new Int32Array(column.levels.length).fill(-1);
  for (let code = 0; code < levels.length; code++) recode[levels[code]] = code;
  const missingCode = hasMissing ? levels.length : -1;
  return {
    codes: { column: withoutRows(column), numeric: null, levels, hasMissing, nCodes: levels.length + (hasMissing ? 1 : 0) },
    rows: column.codes.map((code) => (code < 0 ? missingCode : recode[code])),
  };
}

function encodeNumeric(column: NumericColumn): { codes: ColumnCodes; rows: Int32Array } {
  let nMissing = 0;
  for (const value of column.values) if (Number.isNaN(value)) nMissing++;
  const numeric = nMissing < column.values.length ? fitNumericCodes(column.values, column.step, LIMITS) : null;
  const nValues = numeric?.nCodes ?? 0;
  const hasMissing = nMissing >= MIN_ROWS_PER_VALUE || numeric === null;
  const missingCode = hasMissing ? nValues : -1;
  return {
    codes: { column: withoutRows(column), numeric, levels: null, hasMissing, nCodes: nValues + (hasMissing ? 1 : 0) },
    rows: Int32Array.from(column.values, (v) => (Number.isNaN(v) || numeric === null ? missingCode : numeric.codeOf(v))),
  };
}

/** A column as codes, and the code of each of its rows: −1 where the value is too rare to be emitted. */
export function encodeColumn(column: Column): { codes: ColumnCodes; rows: Int32Array } {
  return column.kind === "numeric" ? encodeNumeric(column) : encodeCategorical(column);
}
