import { textWidth } from "../../../charts/text-width.ts";
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

const SIZE_PX = 13;
const [NARROWEST, WIDEST, PADDING] = [64, 280, 34];

/** Room for the heading of a column and for most of its values, in pixels. */
export function columnWidth({ summary, type }: ColumnSummary, heading: string): number {
  const values =
    summary.kind === "categorical"
      ? summary.levels.slice(0, 20).map(({ value }) => value)
      : type === "date"
        ? ["2024-12-31"]
        : [summary.min, summary.max, summary.median].map(String);
  const widest = values.reduce((most, value) => Math.max(most, textWidth(value, SIZE_PX)), textWidth(heading, SIZE_PX, true));
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, widest + PADDING)));
}
