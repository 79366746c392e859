import { fitText, textWidth } from "./text-width.ts";

export interface OrderRow {
  readonly label: string;
  /** Rows that hold the value, counted from 1. */
  readonly firstRow: number;
  readonly lastRow: number;
  /** For instance “row 1,053”. */
  readonly note: string;
}

export interface OrderLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly rows: readonly {
    readonly label: string;
    readonly labelY: number;
    readonly y: number;
    readonly fromX: number;
    readonly toX: number;
    readonly noteX: number;
    readonly noteAnchor: "start" | "end";
    readonly isNoteInside: boolean;
  }[];
}

/** One strip from the first to the last row of the file per sorted column; where the value lies is filled. */
export function layoutRowOrder(
  rows: readonly OrderRow[],
  options: { readonly width: number; readonly nRows: number },
): OrderLayout {
  const { width, nRows } = options;
  const widest = rows.reduce((most, row) => Math.max(most, textWidth(row.label)), 0);
  const isStacked = widest + 16 > width * 0.4;
  const left = isStacked ? 0 : Math.ceil(widest + 16);
  const right = width - 4;
  const toX = (row: number) => left + ((right - left) * Math.min(nRows, Math.max(0, row))) / Math.max(1, nRows);
  const rowHeight = isStacked ? 36 : 20;
  return {
    height: rows.length * rowHeight + 20,
    left,
    right,
    rows: rows.map((row, index) => {
      const top = index * rowHeight;
      const [fromX, endX] = [toX(row.firstRow - 1), toX(row.lastRow)];
      const room = textWidth(row.note) + 10;
      const isAfter = endX + room <= right;
      const isBefore = !isAfter && fromX - room >= left;
      return {
        label: fitText(row.label, isStacked ? width : widest + 1),
        labelY: top + (isStacked ? 11 : 14),
        y: top + (isStacked ? 18 : 5),
        fromX,
        toX: endX,
        noteX: isAfter ? endX + 6 : isBefore ? fromX - 6 : endX - 6,
        noteAnchor: isAfter ? ("start" as const) : ("end" as const),
        isNoteInside: !isAfter && !isBefore,
      };
    }),
  };
}
