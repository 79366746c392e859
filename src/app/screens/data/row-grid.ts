import type { ColumnSummary } from "../../../workers/data.jobs.ts";

/** Rows in one scrolled box: browsers draw nothing beyond some ten million pixels. */
export const MAX_SCROLLED_ROWS = 250_000;

/** Both counted from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

interface GridSize {
  readonly nRows: number;
  readonly nColumns: number;
  /** Rows that a page down goes. */
  readonly page: number;
}

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** The cell that a key leads to, as in any spreadsheet; null for keys that the grid leaves alone. */
export function activeAfter(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">,
  { row, column }: Cell,
  { nRows, nColumns, page }: GridSize,
): Cell | null {
  const isFar = ctrlKey || metaKey;
  const to = (nextRow: number, nextColumn: number): Cell => ({
    row: within(nextRow, nRows - 1),
    column: within(nextColumn, nColumns - 1),
  });
  switch (key) {
    case "ArrowDown":
      return to(isFar ? nRows : row + 1, column);
    case "ArrowUp":
      return to(isFar ? 0 : row - 1, column);
    case "ArrowRight":
      return to(row, isFar ? nColumns : column + 1);
    case "ArrowLeft":
      return to(row, isFar ? 0 : column - 1);
    case "PageDown":
      return to(row + page, column);
    case "PageUp":
      return to(row - page, column);
    case "Home":
      return to(isFar ? 0 : row, 0);
    case "End":
      return to(isFar ? nRows : row, nColumns);
    default:
      return null;
  }
}

const DATE_CHARS = 11;

/** About how many characters the values of a column have. */
export function columnChars({ summary, type }: ColumnSummary): number {
  if (summary.kind === "categorical")
    return summary.levels.slice(0, 20).reduce((most, { value }) => Math.max(most, value.length), 0);
  if (type === "date") return DATE_CHARS;
  return Math.max(String(summary.min).length, String(summary.max).length, String(summary.median).length);
}
