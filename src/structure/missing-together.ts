import { getColumn, type Table } from "../table/table.ts";
import type { MissingTogether } from "./profile-report.ts";

/** One bit a column: more could not be told apart at a glance either. */
const MAX_GAP_COLUMNS = 12;
const MAX_GROUPS = 10;

/**
 * Rows sorted by which of the named columns they lack. Columns beyond the first twelve are not looked at.
 * O(nRows · columns).
 */
export function missingTogether(table: Table, names: readonly string[]): MissingTogether {
  const columns = names.slice(0, MAX_GAP_COLUMNS).map((name) => getColumn(table, name));
  const lacks = new Uint16Array(table.nRows);
  columns.forEach((column, bit) => {
    for (let row = 0; row < table.nRows; row++) {
      if (column.kind === "categorical" ? column.codes[row] < 0 : Number.isNaN(column.values[row])) lacks[row] |= 1 << bit;
    }
  });
  const counts = new Uint32Array(1 << columns.length);
  for (const pattern of lacks) counts[pattern]++;
  const groups = Array.from(counts, (nRows, pattern) => ({
    nRows,
    columns: columns.flatMap((_, bit) => (pattern & (1 << bit) ? [bit] : [])),
  })).filter((group) => group.nRows > 0 && group.columns.length > 0);
  groups.sort((a, b) => b.nRows - a.nRows || a.columns.length - b.columns.length);
  const rowsOf = (some: typeof groups): number => some.reduce((sum, { nRows }) => sum + nRows, 0);
  return {
    columns: columns.map(({ name }) => name),
    groups: groups.slice(0, MAX_GROUPS),
    nOther: rowsOf(groups.slice(MAX_GROUPS)),
    nComplete: counts[0],
    nSeveral: rowsOf(groups.filter((group) => group.columns.length > 1)),
  };
}
