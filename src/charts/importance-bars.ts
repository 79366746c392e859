import { scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

export interface ImportanceRow {
  readonly label: string;
  readonly value: number;
  /** Ends of the interval; null where the measure has none. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface ImportanceLayout {
  readonly height: number;
  readonly left: number;
  readonly zeroX: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly isStacked: boolean;
  readonly rows: readonly {
    readonly index: number;
    readonly label: string;
    readonly labelX: number;
    readonly labelY: number;
    readonly y: number;
    readonly x: number;
    readonly lowX: number | null;
    readonly highX: number | null;
    /** The interval reaches 0, or lies below it: no measurable importance. */
    readonly isQuiet: boolean;
  }[];
}

const ROW = 24;
const STACKED_ROW = 40;

/** Does the interval reach 0, or lie below it? Never where there is none. */
const isNoise = (row: Pick<ImportanceRow, "low">): boolean => row.low !== null && row.low <= 0;

/** Bars from 0 with intervals; labels stand above the bars where they would take over half the width. */
export function layoutImportanceBars(
  rows: readonly ImportanceRow[],
  options: { readonly width: number; readonly format: Format },
): ImportanceLayout {
  const { width, format } = options;
  const widest = rows.reduce((most, row) => Math.max(most, textWidth(row.label, 12, true)), 0);
  const isStacked = width < 420 && widest + 12 > width * 0.42;
  const left = isStacked ? 6 : Math.ceil(Math.min(widest, width * 0.45)) + 14;
  const right = width - 14;
  const values = rows.flatMap((row) => [row.value, row.low ?? row.value, row.high ?? row.value]);
  const scale = rows.length === 0 ? scaleLinear().domain([0, 1]).range([left, right]) : niceScale([0, ...values], [left, right]);
  const top = 20;
  const step = isStacked ? STACKED_ROW : ROW;
  const bottom = top + rows.length * step + 4;
  return {
    height: bottom + 24,
    left,
    zeroX: scale(0),
    top,
    bottom,
    ticks: rows.length === 0 ? [] : ticksOf(scale, format, right - left < 260 ? 3 : 5),
    isStacked,
    rows: rows.map((row, index) => {
      const start = top + index * step;
      return {
        index,
        label: fitText(row.label, isStacked ? width : left - 14, 12, true),
        labelX: 0,
        labelY: isStacked ? start + 13 : start + 16,
        y: isStacked ? start + 27 : start + 12,
        x: scale(Number.isFinite(row.value) ? row.value : 0),
        lowX: row.low === null ? null : scale(row.low),
        highX: row.high === null ? null : scale(row.high),
        isQuiet: !Number.isFinite(row.value) || isNoise(row),
      };
    }),
  };
}
