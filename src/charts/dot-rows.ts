import type { Format, Target, Tick } from "./chart-types.ts";
import { stackLabels } from "./label-placing.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { textWidth, wrapText } from "./text-width.ts";

export interface RowDot {
  readonly value: number;
  /** Ends of its interval; null where none is known. */
  readonly low: number | null;
  readonly high: number | null;
  /** A CSS colour. */
  readonly color: string;
  /** No measurable difference: hollow and grey. */
  readonly isQuiet: boolean;
}

export interface DotRow {
  readonly label: string;
  /** Stands at the right end; only where a row has one thing to say. */
  readonly valueText: string;
  readonly dots: readonly RowDot[];
}

/** An upright line that all rows are compared with. */
export interface DotReference {
  readonly value: number;
  readonly label: string;
}

export interface PlacedDot {
  readonly index: number;
  readonly x: number;
  readonly lowX: number | null;
  readonly highX: number | null;
  readonly color: string;
  readonly isQuiet: boolean;
}

export interface DotRowsLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly references: readonly {
    readonly x: number;
    readonly labelX: number;
    readonly labelY: number;
    readonly label: string;
  }[];
  readonly rows: readonly {
    readonly y: number;
    readonly lines: readonly string[];
    readonly labelY: number;
    readonly valueText: string;
    readonly dots: readonly PlacedDot[];
  }[];
  readonly targets: readonly Target[];
  /** Row and dot of each target. */
  readonly owners: readonly (readonly [row: number, dot: number])[];
}

const ROW_PX = 28;
const NARROW_ROW_PX = 44;
const NARROW_BELOW_PX = 460;
const HIT_PX = 24;
const LINE_PX = 14;

/** Rows of dots with intervals on one common axis, labels at the left or, on a narrow page, above their row. */
export function layoutDotRows(
  rows: readonly DotRow[],
  options: { readonly width: number; readonly references: readonly DotReference[]; readonly format: Format },
): DotRowsLayout {
  const { width, references, format } = options;
  const isNarrow = width < NARROW_BELOW_PX;
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const labelRoom = isNarrow ? 0 : Math.min(width * 0.36, Math.max(0, ...rows.map((row) => textWidth(row.label, 12, true)))) + 17;
  const valueRoom = Math.max(0, ...rows.map((row) => textWidth(row.valueText, 12, true)));
  const left = labelRoom + 8;
  const right = width - (valueRoom === 0 || isNarrow ? 0 : valueRoom + 12) - 8;
  const values = rows.flatMap((row) => row.dots.flatMap((dot) => [dot.value, dot.low ?? dot.value, dot.high ?? dot.value]));
  const x = niceScale([...values, ...references.map((reference) => reference.value)], [left, right]);
  const stacked = stackLabels(
    references.map((reference) => ({ x: x(reference.value), width: textWidth(reference.label) })),
    [0, width],
  );
  const nLabelRows = Math.max(0, ...stacked.map((label) => label.row + 1));
  const top = nLabelRows * LINE_PX + 8;
  const bottom = top + rows.length * rowPx;
  const placed = rows.map((row, r) => {
    const y = top + r * rowPx + (isNarrow ? 32 : rowPx / 2);
    const room = isNarrow ? width - valueRoom - 12 : labelRoom - 16;
    const lines = wrapText(row.label, room, isNarrow ? 1 : 2, 12, true);
    return {
      y,
      lines,
      labelY: isNarrow ? y - 16 : y + 4 - ((lines.length - 1) * LINE_PX) / 2,
      valueText: row.valueText,
      dots: row.dots.flatMap((dot, index): PlacedDot[] =>
        Number.isFinite(dot.value)
          ? [
              {
                index,
                x: x(dot.value),
                lowX: dot.low === null || !Number.isFinite(dot.low) ? null : x(dot.low),
                highX: dot.high === null || !Number.isFinite(dot.high) ? null : x(dot.high),
                color: dot.color,
                isQuiet: dot.isQuiet,
              },
            ]
          : [],
      ),
    };
  });
  const owners = placed.flatMap((row, r) => row.dots.map((dot) => [r, dot.index] as const));
  return {
    height: bottom + 28,
    left,
    right,
    top,
    bottom,
    ticks: rows.length === 0 ? [] : ticksOf(x, format, isNarrow ? 4 : 6),
    references:
      rows.length === 0
        ? []
        : references.map((reference, i) => ({
            x: x(reference.value),
            labelX: stacked[i].x,
            labelY: top - 6 - stacked[i].row * LINE_PX,
            label: reference.label,
          })),
    rows: placed,
    targets: placed.flatMap((row) =>
      row.dots.map((dot) => ({ x: dot.x - HIT_PX / 2, y: row.y - HIT_PX / 2, width: HIT_PX, height: HIT_PX })),
    ),
    owners,
  };
}
