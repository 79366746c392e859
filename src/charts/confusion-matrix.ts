import { inkOnSequential, sequentialColor } from "./color-scales.ts";
import { fitText, textWidth, wrapText } from "./text-width.ts";

export interface MatrixCell {
  readonly x: number;
  readonly y: number;
  readonly row: number;
  readonly column: number;
  readonly count: number;
  /** Share of the row; NaN for a class without rows. */
  readonly share: number;
  readonly fill: string;
  readonly ink: string;
  readonly isRight: boolean;
}

export interface MatrixLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly isSlanted: boolean;
  readonly rowLabels: readonly { readonly y: number; readonly text: string }[];
  readonly columnLabels: readonly { readonly x: number; readonly y: number; readonly lines: readonly string[] }[];
  readonly cells: readonly MatrixCell[];
}

const LEAST_CELL = 28;
const SLANT_SIN = Math.sin((50 * Math.PI) / 180);
const SLANT_COS = Math.cos((50 * Math.PI) / 180);
const SLANTED_ROOM = 110;

function rowLabelRoom(classes: readonly string[], width: number): number {
  const widest = classes.reduce((most, name) => Math.max(most, textWidth(name)), 40);
  return Math.min(widest, width * 0.26) + 12;
}

/** Slanted names may lean to the right beyond the last cell, which leaves less room for the cells. */
function cellWidthOf(classes: readonly string[], room: number, isSlanted: boolean): number {
  if (classes.length === 0) return 0;
  const even = room / classes.length;
  const leaning = classes.reduce((most, name, column) => {
    const beyond = Math.min(SLANTED_ROOM, textWidth(name)) * SLANT_COS - (classes.length - column - 0.5) * even;
    return Math.max(most, beyond);
  }, 0);
  return Math.min(96, (room - (isSlanted ? leaning : 0)) / classes.length);
}

/** Narrowest drawing in which a cell holds its number. */
export function confusionMinWidth(classes: readonly string[]): number {
  return Math.round(rowLabelRoom(classes, 360) + classes.length * LEAST_CELL + (classes.length > 0 ? LEAST_CELL : 0));
}

/**
 * Counts (nClasses × nClasses, rows are true classes) as shares of their row. The colour scale goes from 0 to 100 %, so
 * that small differences stay small.
 */
export function layoutConfusionMatrix(
  classes: readonly string[],
  counts: readonly (readonly number[])[],
  options: { readonly width: number },
): MatrixLayout {
  const width = Math.max(options.width, confusionMinWidth(classes));
  const left = rowLabelRoom(classes, width);
  const longestWord = classes.flatMap((name) => name.split(" ")).reduce((most, word) => Math.max(most, textWidth(word)), 0);
  const isSlanted = longestWord > (width - left) / Math.max(1, classes.length) - 4;
  const cellWidth = cellWidthOf(classes, width - left, isSlanted);
  const wrapped = classes.map((name) => (isSlanted ? [fitText(name, SLANTED_ROOM)] : wrapText(name, cellWidth - 4, 2)));
  const deepest = isSlanted
    ? wrapped.reduce((most, [name = ""]) => Math.max(most, textWidth(name) * SLANT_SIN), 0) + 12
    : wrapped.reduce((most, lines) => Math.max(most, lines.length), 1) * 14 + 8;
  const top = 20 + deepest;
  const cellHeight = Math.min(39, Math.max(30, cellWidth));
  return {
    width,
    height: Math.ceil(top + classes.length * cellHeight + 2),
    left,
    cellWidth,
    cellHeight,
    isSlanted,
    rowLabels: classes.map((name, row) => ({ y: top + (row + 0.5) * cellHeight + 4, text: fitText(name, left - 10) })),
    columnLabels: wrapped.map((lines, column) => ({
      x: left + (column + 0.5) * cellWidth,
      y: isSlanted ? top - 8 : top - 8 - (lines.length - 1) * 14,
      lines,
    })),
    cells: counts.flatMap((row, r) => {
      const total = row.reduce((sum, count) => sum + count, 0);
      return row.map((count, column): MatrixCell => {
        const share = total > 0 ? count / total : Number.NaN;
        return {
          x: left + column * cellWidth,
          y: top + r * cellHeight,
          row: r,
          column,
          count,
          share,
          fill: Number.isNaN(share) ? "var(--sunken)" : sequentialColor(share),
          ink: inkOnSequential(share || 0),
          isRight: r === column,
        };
      });
    }),
  };
}
