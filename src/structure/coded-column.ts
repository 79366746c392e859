import type { Column, NumericColumn } from "../table/table.ts";

/** A column as codes from 0 to `nCodes` − 1; −1 marks a missing value. */
export interface CodedColumn {
  readonly name: string;
  readonly codes: Int32Array;
  readonly nCodes: number;
}

const N_BINS = 10;

/** Numbers in 10 bins of equal width over their range; categories as they are. */
export function binColumn(column: Column): CodedColumn {
  if (column.kind === "categorical") return { name: column.name, codes: column.codes, nCodes: column.levels.length };
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const { values } = column;
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) codes[row] = -1;
    else if (high > low) codes[row] = Math.min(N_BINS - 1, Math.floor(((value - low) / (high - low)) * N_BINS));
  }
  return { name: column.name, codes, nCodes: N_BINS };
}

function codeNumbers(column: NumericColumn): CodedColumn {
  const codeOf = new Map<number, number>();
  const { values } = column;
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(value, code);
    }
    codes[row] = code;
  }
  return { name: column.name, codes, nCodes: codeOf.size };
}

/** Columns never change, and a long one is asked for by every finder. */
const codedNumbers = new WeakMap<NumericColumn, CodedColumn>();

/** Every distinct value as a code of its own. */
export function codeValues(column: Column): CodedColumn {
  if (column.kind === "categorical") return binColumn(column);
  const coded = codedNumbers.get(column) ?? codeNumbers(column);
  codedNumbers.set(column, coded);
  return coded;
}

/** How many rows hold each code. */
export function countCodes(column: CodedColumn): Int32Array {
  const counts = new Int32Array(column.nCodes);
  for (const code of column.codes) if (code >= 0) counts[code]++;
  return counts;
}

/** Number of codes that occur. */
export function nPresentCodes(column: CodedColumn): number {
  return countCodes(column).reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
}
