import type { Format, Interval, MarkKind, Target, Tick } from "./chart-types.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

/** Something measured, with its interval, on an axis with one value that is ideal. */
export interface IntervalRow extends Interval {
  readonly kind: MarkKind;
  readonly label: string;
  /** The value in words, at the right end. */
  readonly text: string;
}

export interface IntervalRowsLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly idealX: number;
  readonly idealLabelX: number;
  readonly band: { readonly x: number; readonly width: number };
  readonly rows: readonly {
    readonly kind: MarkKind;
    readonly label: string;
    readonly labelY: number;
    readonly text: string;
    readonly y: number;
    readonly x: number;
    readonly lowX: number;
    readonly highX: number;
  }[];
  readonly targets: readonly Target[];
}

const NARROW_BELOW = 420;

/** Rows of marks with intervals around an ideal value; `slack` to either side of it is shaded. */
export function layoutIntervalRows(
  given: readonly IntervalRow[],
  options: {
    readonly width: number;
    readonly ideal: { readonly value: number; readonly label: string; readonly slack: number };
    readonly format: Format;
  },
): IntervalRowsLayout {
  const { width, ideal, format } = options;
  const rows = given.filter((row) => Number.isFinite(row.value));
  const isNarrow = width < NARROW_BELOW;
  const rowPx = isNarrow ? 42 : 30;
  const labelRoom = isNarrow ? 0 : Math.min(width * 0.3, Math.max(0, ...rows.map((row) => textWidth(row.label, 12, true)))) + 16;
  const textRoom = Math.max(0, ...rows.map((row) => textWidth(row.text, 12, true))) + 12;
  const left = labelRoom + 4;
  const right = width - (isNarrow ? 12 : textRoom) - 4;
  const values = rows.flatMap((row) => [row.value, row.low, row.high]);
  const x = niceScale([...values, ideal.value - 2 * ideal.slack, ideal.value + 2 * ideal.slack], [left, right]);
  const top = 22;
  const bottom = top + Math.max(1, rows.length) * rowPx + 6;
  const half = textWidth(ideal.label) / 2;
  const at = (value: number, or: number) => x(Number.isFinite(value) ? value : or);
  const placed = rows.map((row, i) => {
    const y = top + i * rowPx + (isNarrow ? 30 : rowPx / 2 + 3);
    return {
      kind: row.kind,
      label: fitText(row.label, isNarrow ? width - textRoom - 8 : labelRoom - 12, 12, true),
      labelY: isNarrow ? y - 13 : y + 4,
      text: row.text,
      y,
      x: x(row.value),
      lowX: at(row.low, row.value),
      highX: at(row.high, row.value),
    };
  });
  return {
    height: bottom + 26,
    left,
    right,
    top,
    bottom,
    ticks: rows.length === 0 ? [] : ticksOf(x, format, isNarrow ? 4 : 5),
    idealX: x(ideal.value),
    idealLabelX: Math.max(half, Math.min(width - half, x(ideal.value))),
    band: { x: x(ideal.value - ideal.slack), width: x(ideal.value + ideal.slack) - x(ideal.value - ideal.slack) },
    rows: placed,
    targets: placed.map((row) => ({
      x: Math.min(row.lowX, row.x - 12),
      y: row.y - 12,
      width: Math.max(row.highX - row.lowX, 24),
      height: 24,
    })),
  };
}
