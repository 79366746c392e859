import { getColumn, type Table } from "../table/table.ts";

/**
 * Rows as numbers whose Gower distance (Gower 1971) is quick to take, (nRows × nColumns) row-major: numbers as shares of
 * their range, categories as whole codes. A missing value is one of its own: it agrees only with another missing one.
 */
export interface GowerRows {
  readonly nRows: number;
  readonly nColumns: number;
  readonly isCategory: Uint8Array;
  readonly values: Float64Array;
}

/** What a missing number is written as: further than 1 from every share, so that it differs fully. */
const MISSING = -10;

/** A function that reads tables as Gower rows in the levels and ranges of `whole`; columns are matched by name. */
export function gowerReader(whole: Table): (table: Table) => GowerRows {
  const nColumns = whole.columns.length;
  const isCategory = Uint8Array.from(whole.columns, ({ kind }) => (kind === "categorical" ? 1 : 0));
  const scales = whole.columns.map((column) => {
    if (column.kind === "categorical")
      return { low: 0, range: 1, codes: new Map(column.levels.map((level, code) => [level, code])) };
    const present = column.values.filter((value) => !Number.isNaN(value));
    const low = present.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = present.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    return { low, range: high > low ? high - low : 1, codes: new Map<string, number>() };
  });
  return (table) => {
    const values = new Float64Array(table.nRows * nColumns);
    scales.forEach(({ low, range, codes }, at) => {
      const column = getColumn(table, whole.columns[at].name);
      const recode = column.kind === "categorical" ? column.levels.map((level, i) => codes.get(level) ?? codes.size + i) : [];
      for (let row = 0; row < table.nRows; row++) {
        const value =
          column.kind === "categorical"
            ? (recode[column.codes[row]] ?? -1)
            : Number.isNaN(column.values[row])
              ? MISSING
              : (column.values[row] - low) / range;
        values[row * nColumns + at] = value;
      }
    });
    return { nRows: table.nRows, nColumns, isCategory, values };
  };
}

/** One column's part of the Gower sum, from the difference of two values. */
export const gowerPart = (isCategory: number, difference: number): number =>
  isCategory === 1 ? (difference === 0 ? 0 : 1) : Math.min(1, Math.abs(difference));

/** Gower distance times the number of columns: per column |difference| up to 1, or 1 where categories differ. */
export function gowerSum(a: GowerRows, rowA: number, b: GowerRows, rowB: number, stopAt: number): number {
  const { nColumns, isCategory } = a;
  const atA = rowA * nColumns;
  const atB = rowB * nColumns;
  let sum = 0;
  for (let column = 0; column < nColumns && sum < stopAt; column++) {
    sum += gowerPart(isCategory[column], a.values[atA + column] - b.values[atB + column]);
  }
  return sum;
}

/** The nearest reference rows of each row: distances (nRows × k), ascending, and the rows they belong to. */
export interface Neighbours {
  readonly k: number;
  readonly distances: Float64Array;
  readonly rows: Int32Array;
}

/** The k nearest rows of `references` for each row of `rows`, by Gower distance; k is cut to their number. O(nRows × nReferences × nColumns). */
export function findNeighbours(rows: GowerRows, references: GowerRows, k: number): Neighbours {
  const width = Math.min(k, references.nRows);
  const distances = new Float64Array(rows.nRows * width).fill(Number.POSITIVE_INFINITY);
  const found = new Int32Array(rows.nRows * width).fill(-1);
  for (let row = 0; row < rows.nRows; row++) {
    const last = row * width + width - 1;
    for (let reference = 0; reference < references.nRows; reference++) {
      const distance = gowerSum(rows, row, references, reference, distances[last]);
      if (distance >= distances[last]) continue;
      let at = last;
      for (; at > row * width && distances[at - 1] > distance; at--) {
        distances[at] = distances[at - 1];
        found[at] = found[at - 1];
      }
      distances[at] = distance;
      found[at] = reference;
    }
  }
  return { k: width, distances, rows: found };
}
