import { type CategoricalColumn, getColumn, type Table } from "../table/table.ts";

/** Two categorical columns of which some combination never occurs although chance alone would have made it often. */
export interface EmptyCells {
  readonly a: string;
  readonly b: string;
  /** The largest count that an empty cell would have under independence. */
  readonly expected: number;
  /** Pairs (value of a, value of b), "" for missing, that occur in no row. */
  readonly empty: readonly (readonly [string, string])[];
}

/** An empty cell counts as a rule when independence would put at least this many rows into it. */
export const MIN_EXPECTED_COUNT = 12;

/** Counts of the two-way table; the last row and column hold missing values. */
export function crossCounts(
  a: Int32Array,
  nA: number,
  b: Int32Array,
  nB: number,
): { counts: Float64Array; rows: Float64Array; columns: Float64Array } {
  const counts = new Float64Array((nA + 1) * (nB + 1));
  const rows = new Float64Array(nA + 1);
  const columns = new Float64Array(nB + 1);
  for (let i = 0; i < a.length; i++) {
    const x = a[i] < 0 ? nA : a[i];
    const y = b[i] < 0 ? nB : b[i];
    counts[x * (nB + 1) + y]++;
    rows[x]++;
    columns[y]++;
  }
  return { counts, rows, columns };
}

function emptyCellsOf(a: CategoricalColumn, b: CategoricalColumn, minExpected: number): EmptyCells | null {
  const nA = a.levels.length;
  const nB = b.levels.length;
  const { counts, rows, columns } = crossCounts(a.codes, nA, b.codes, nB);
  const empty: [string, string][] = [];
  let largest = 0;
  for (let x = 0; x <= nA; x++) {
    for (let y = 0; y <= nB; y++) {
      if (counts[x * (nB + 1) + y] > 0) continue;
      const expected = (rows[x] * columns[y]) / a.codes.length;
      if (expected < minExpected) continue;
      empty.push([a.levels[x] ?? "", b.levels[y] ?? ""]);
      largest = Math.max(largest, expected);
    }
  }
  return empty.length > 0 ? { a: a.name, b: b.name, expected: largest, empty } : null;
}

/** All pairs of categorical columns with empty cells, the strongest rule first. O(nRows × nColumns²). */
export function findEmptyCells(table: Table, minExpected: number = MIN_EXPECTED_COUNT): EmptyCells[] {
  const columns = table.columns.filter((column) => column.kind === "categorical");
  const found: EmptyCells[] = [];
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) {
      const cells = emptyCellsOf(columns[i], columns[j], minExpected);
      if (cells) found.push(cells);
    }
  }
  return found.sort((x, y) => y.expected - x.expected);
}

/** Share of rows that stand in a cell which the rules call empty; NaN for a table without rows. */
export function brokenRowShare(rules: readonly EmptyCells[], table: Table): number {
  const isBroken = new Uint8Array(table.nRows);
  for (const rule of rules) {
    const a = getColumn(table, rule.a);
    const b = getColumn(table, rule.b);
    if (a.kind !== "categorical" || b.kind !== "categorical") continue;
    const width = b.levels.length + 1;
    const codeIn = (levels: readonly string[], value: string) => (value === "" ? levels.length : levels.indexOf(value));
    const banned = new Set(
      rule.empty
        .filter(([x, y]) => codeIn(a.levels, x) >= 0 && codeIn(b.levels, y) >= 0)
        .map(([x, y]) => codeIn(a.levels, x) * width + codeIn(b.levels, y)),
    );
    for (let row = 0; row < table.nRows; row++) {
      const x = a.codes[row] < 0 ? a.levels.length : a.codes[row];
      const y = b.codes[row] < 0 ? b.levels.length : b.codes[row];
      if (banned.has(x * width + y)) isBroken[row] = 1;
    }
  }
  return isBroken.reduce((sum, broken) => sum + broken, 0) / table.nRows;
}
