import { scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { spreadHeights } from "./label-placing.ts";
import { fitText, textWidth } from "./text-width.ts";

export interface OriginScore {
  /** In [0, 1]; null where this origin was not tested. */
  readonly value: number | null;
  /** Strong first line and a second line beside the figure; the first stands alone on a narrow page. */
  readonly lines: readonly [string, string];
}

export interface OriginLayout {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly fromX: number;
  readonly toX: number;
  readonly mixedY: number;
  readonly mixedLabelY: number;
  readonly chanceY: number;
  readonly isWide: boolean;
  readonly figureSize: number;
  readonly figureX: number;
  readonly linesX: number;
  readonly ends: readonly {
    readonly kind: "real" | "synthetic";
    readonly y: number;
    readonly labelY: number;
    readonly lines: readonly [string, string];
  }[];
}

const WIDE_FROM = 760;

/** One reported score splits into the scores on real and on generated rows. The axis runs from 0 to 1: a slope is a difference. An R² below 0 stands at 0. */
export function layoutOriginSplit(
  scores: { readonly mixed: number; readonly real: OriginScore; readonly synthetic: OriginScore; readonly chance: number },
  options: { readonly width: number; readonly formatTick: Format },
): OriginLayout {
  const { width, formatTick } = options;
  const isWide = width >= WIDE_FROM;
  const height = width < 400 ? 290 : 360;
  const figureSize = isWide ? 34 : 22;
  const figureRoom = figureSize * 3;
  const given = [scores.real, scores.synthetic].filter((each) => each.value !== null);
  const textRoom =
    given.reduce((most, each) => Math.max(most, textWidth(each.lines[0], 12, isWide), isWide ? textWidth(each.lines[1]) : 0), 0) +
    8;
  const top = 26;
  const bottom = height - 24;
  const y = scaleLinear().domain([0, 1]).range([bottom, top]).clamp(true);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((value) => ({ position: y(value), label: formatTick(value) }));
  const left = Math.ceil(ticks.reduce((most, tick) => Math.max(most, textWidth(tick.label)), 0)) + 8;
  const beside = isWide ? figureRoom + textRoom + 12 : Math.max(figureRoom, textRoom);
  const right = Math.max(left + 90, width - Math.min(beside, width * 0.45) - 8);
  const kinds = (["synthetic", "real"] as const).filter((kind) => scores[kind].value !== null);
  const heights = kinds.map((kind) => y(scores[kind].value ?? 0));
  const labels = spreadHeights(heights, isWide ? 40 : 44, [top + (isWide ? 16 : 8), bottom - (isWide ? 8 : 22)]);
  return {
    height,
    left,
    right,
    top,
    bottom,
    ticks,
    fromX: left + 8,
    toX: right - 8,
    mixedY: y(scores.mixed),
    mixedLabelY:
      y(scores.mixed) - figureSize * 0.5 - 6 < top + figureSize * 0.6 ? y(scores.mixed) + figureSize + 14 : y(scores.mixed) - 16,
    chanceY: y(scores.chance),
    isWide,
    figureSize,
    figureX: right + 10,
    linesX: isWide ? right + 10 + figureRoom : right + 10,
    ends: kinds.map((kind, index) => {
      const [strong, quiet] = scores[kind].lines;
      const room = width - (isWide ? right + 10 + figureRoom : right + 10);
      return {
        kind,
        y: heights[index] ?? 0,
        labelY: labels[index] ?? 0,
        lines: [fitText(strong, room, 12, isWide), fitText(quiet, room)],
      };
    }),
  };
}
