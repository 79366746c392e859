import { findEmptyCells } from "../metrics/legal-cells.ts";
import { type CategoricalColumn, cellText, getColumn, selectColumns, type Table } from "../table/table.ts";
import { linkedGroups } from "./association.ts";
import { tells } from "./dependencies.ts";
import type { Combination } from "./structure-report.ts";

const MAX_CELLS_LISTED = 500;
/** Groups with more cells than this share of the rows describe the rows, not a rule. */
const MAX_CELLS_SHARE = 0.5;

function countCells(table: Table, columns: readonly CategoricalColumn[]): Combination | null {
  const cells = new Map<string, { firstRow: number; count: number }>();
  for (let row = 0; row < table.nRows; row++) {
    const key = columns.map((column) => column.codes[row]).join(" ");
    const cell = cells.get(key);
    if (cell) cell.count++;
    else cells.set(key, { firstRow: row, count: 1 });
    if (cells.size > MAX_CELLS_SHARE * table.nRows) return null;
  }
  const nPossible = columns.reduce((product, column) => product * (new Set(column.codes).size || 1), 1);
  const sorted = [...cells.values()].sort((a, b) => b.count - a.count).slice(0, MAX_CELLS_LISTED);
  return {
    columns: columns.map((column) => column.name),
    cells: sorted.map(({ firstRow, count }) => ({ values: columns.map((column) => cellText(column, firstRow)), count })),
    nCells: cells.size,
    nAbsent: nPossible - cells.size,
  };
}

/**
 * Groups of categorical columns whose values occur in fewer combinations than chance would make: columns are linked where
 * a cell of their two-way table is empty although independence would put at least 12 rows into it (`findEmptyCells`), and
 * neither tells the other. `names` must hold categorical columns of few levels. O(nRows × nColumns²).
 */
export function findCombinations(table: Table, names: readonly string[]): Combination[] {
  const chosen = selectColumns(table, names);
  const links = findEmptyCells(chosen).filter(({ a, b }) => {
    const [x, y] = [getColumn(table, a), getColumn(table, b)];
    return !tells(x, y) && !tells(y, x);
  });
  const categorical = new Map(chosen.columns.flatMap((column) => (column.kind === "categorical" ? [[column.name, column]] : [])));
  return linkedGroups(names, links)
    .map((group) =>
      countCells(
        table,
        group.flatMap((name) => categorical.get(name) ?? []),
      ),
    )
    .filter((combination) => combination !== null);
}
