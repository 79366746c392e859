import { textWidth } from "../../../charts/text-width.ts";
import type { ColumnSummary } from "../../../workers/data.jobs.ts";

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** Rows in one scrolled box: browsers draw nothing beyond some ten million pixels. */
export const MAX_SCROLLED_ROWS = 250_000;

/** Rows drawn beyond those in sight, on either side. */
const OVERSCAN = 8;

/**
 * The rows of one height that are in sight, and some on either side: the first, and one after the last. A heading of one row's
 * height covers the top of the box.
 */
export function rowsInSight(
  { top, height }: { readonly top: number; readonly height: number },
  rowHeight: number,
  nRows: number,
): { readonly from: number; readonly to: number } {
  if (height === 0) return { from: 0, to: 0 };
  const from = Math.floor(top / rowHeight) - OVERSCAN;
  const to = Math.ceil((top + height) / rowHeight) - 1 + OVERSCAN;
  return { from: within(from, nRows), to: within(to, nRows) };
}

/** How far to scroll for a row to be seen whole below the heading; as it is where the row is in sight. */
export function scrollTopFor(
  row: number,
  { top, height }: { readonly top: number; readonly height: number },
  rowHeight: number,
): number {
  const [highest, lowest] = [row * rowHeight, (row + 2) * rowHeight - height];
  return Math.max(0, Math.min(highest, Math.max(lowest, top)));
}

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
