import { area, line, scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { textWidth } from "./text-width.ts";

export interface BandPoint {
  readonly x: number;
  /** NaN where it was not measured: the line is interrupted. */
  readonly value: number;
  /** Range of the comparison; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly centre: number | null;
}

export interface LineLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly yTicks: readonly Tick[];
  readonly xTicks: readonly Tick[];
  readonly band: string;
  readonly centre: string;
  readonly line: string;
  readonly dots: readonly { readonly index: number; readonly x: number; readonly y: number; readonly isChosen: boolean }[];
  readonly valueLabel: { readonly x: number; readonly y: number; readonly anchor: "start" | "end" } | null;
  readonly bandLabel: { readonly x: number; readonly y: number } | null;
}

/** Half the width of a band over a single point. */
const ONE_POINT_HALF = 14;

interface BandRow {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** A measured line against the range that a comparison reaches, over a few whole numbers. */
export function layoutLineWithBand(
  points: readonly BandPoint[],
  options: {
    readonly width: number;
    readonly height: number;
    readonly chosen: number | null;
    readonly formatX: Format;
    readonly formatY: Format;
    readonly valueLabel: string;
    readonly nBandLines: number;
  },
): LineLayout {
  const { width, height, chosen, formatX, formatY, valueLabel, nBandLines } = options;
  const every = points.flatMap((point) => [point.value, point.low ?? Number.NaN, point.high ?? Number.NaN]);
  const top = 18;
  const bottom = height - 40;
  const y = niceScale(every, [bottom, top], 5);
  const yTicks = points.length === 0 ? [] : ticksOf(y, formatY, 5);
  const left = Math.ceil(yTicks.reduce((most, tick) => Math.max(most, textWidth(tick.label)), 16)) + 10;
  const right = width - 8;
  const xs = points.map((point) => point.x);
  const x = scaleLinear()
    .domain([Math.min(...xs, Infinity), Math.max(...xs, -Infinity)].map((each) => (Number.isFinite(each) ? each : 0)))
    .range(points.length > 1 ? [left + 14, right - 14] : [(left + right) / 2, (left + right) / 2]);
  const banded = points.flatMap((point): BandRow[] =>
    point.low === null || point.high === null ? [] : [{ x: point.x, low: point.low, high: point.high }],
  );
  const lineOf = line<{ x: number; y: number }>()
    .defined((point) => Number.isFinite(point.y))
    .x((point) => x(point.x))
    .y((point) => y(point.y))
    .digits(1);
  const bandOf = area<BandRow>()
    .x((row, index) => x(row.x) + (banded.length === 1 ? ONE_POINT_HALF : 0) * (index === 0 ? -1 : 1))
    .y0((row) => y(row.low))
    .y1((row) => y(row.high))
    .digits(1);
  const dots = points.flatMap((point, index) =>
    Number.isFinite(point.value) ? [{ index, x: x(point.x), y: y(point.value), isChosen: point.x === chosen }] : [],
  );
  const anchorDot = dots.find((dot) => dot.isChosen) ?? dots.at(-1);
  const isRightHalf = anchorDot !== undefined && anchorDot.x + 12 + textWidth(valueLabel, 12, true) > right;
  const lowest = banded.reduce<BandRow | null>((low, row) => (low === null || row.low < low.low ? row : low), null);
  return {
    height,
    left,
    right,
    top,
    bottom,
    yTicks,
    xTicks: points.map((point) => ({ position: x(point.x), label: formatX(point.x), isStrong: point.x === chosen })),
    band: bandOf(banded.length === 1 ? [...banded, ...banded] : banded) ?? "",
    centre: lineOf(points.map((point) => ({ x: point.x, y: point.centre ?? Number.NaN }))) ?? "",
    line: lineOf(points.map((point) => ({ x: point.x, y: point.value }))) ?? "",
    dots,
    valueLabel:
      anchorDot === undefined
        ? null
        : {
            x: anchorDot.x + (isRightHalf ? -12 : 12),
            y: Math.max(top, anchorDot.y - 10),
            anchor: isRightHalf ? "end" : "start",
          },
    bandLabel:
      lowest === null ? null : { x: left + 6, y: Math.min(bottom - 15 * nBandLines, y(lowest.low) - 15 * nBandLines + 8) },
  };
}
