import { line, scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { spreadHeights } from "./label-placing.ts";
import { ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

/** One score over all cuts; NaN where it is not defined. */
export interface ThresholdSeries {
  readonly id: string;
  readonly label: string;
  readonly color: string;
  readonly values: ArrayLike<number>;
}

export interface ThresholdLayout {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly cutX: number;
  readonly cheapestX: number | null;
  readonly lines: readonly {
    readonly id: string;
    readonly path: string;
    readonly color: string;
    /** Where the line crosses the chosen cut; null where it has no value there. */
    readonly dotY: number | null;
    readonly text: string;
    readonly textX: number;
    readonly textY: number;
    readonly anchor: "start" | "end";
  }[];
}

/** Scores (shares) over cuts in [0, 1]; each line is named where it crosses the chosen cut. */
export function layoutThresholdLines(
  thresholds: ArrayLike<number>,
  series: readonly ThresholdSeries[],
  options: {
    readonly width: number;
    readonly height: number;
    /** Position of the chosen cut, and of the cheapest one, among the thresholds. */
    readonly chosen: number;
    readonly cheapest: number | null;
    readonly format: Format;
  },
): ThresholdLayout {
  const { width, height, chosen, cheapest, format } = options;
  const top = 24;
  const bottom = height - 40;
  const y = scaleLinear().domain([0, 1]).range([bottom, top]);
  const yTicks = ticksOf(y, format, 5);
  const left = Math.ceil(yTicks.reduce((most, tick) => Math.max(most, textWidth(tick.label)), 16)) + 10;
  const right = width - 10;
  const x = scaleLinear().domain([0, 1]).range([left, right]);
  const cutX = x(thresholds[chosen] ?? 0.5);
  const path = line<number>()
    .defined((value) => Number.isFinite(value))
    .x((_, index) => x(thresholds[index] ?? 0))
    .y((value) => y(value))
    .digits(1);
  const at = (each: ThresholdSeries) => each.values[chosen] ?? Number.NaN;
  const texts = series.map((each) => `${each.label} ${Number.isFinite(at(each)) ? format(at(each)) : "–"}`);
  const widest = texts.reduce((most, text) => Math.max(most, textWidth(text, 12, true)), 0);
  const isRight = cutX + widest + 12 <= right || cutX < (left + right) / 2;
  const room = (isRight ? right - cutX : cutX - left) - 12;
  const textYs = spreadHeights(
    series.map((each) => (Number.isFinite(at(each)) ? y(at(each)) : bottom - 8) + 4),
    16,
    [top + 6, bottom - 6],
  );
  return {
    left,
    right,
    top,
    bottom,
    xTicks: ticksOf(x, format, right - left < 300 ? 3 : 5),
    yTicks,
    cutX,
    cheapestX: cheapest === null ? null : x(thresholds[cheapest] ?? 0.5),
    lines: series.map((each, index) => ({
      id: each.id,
      path: path(Array.from(each.values)) ?? "",
      color: each.color,
      dotY: Number.isFinite(at(each)) ? y(at(each)) : null,
      text: fitText(texts[index] ?? "", room, 12, true),
      textX: isRight ? cutX + 10 : cutX - 10,
      textY: textYs[index] ?? 0,
      anchor: isRight ? "start" : "end",
    })),
  };
}
