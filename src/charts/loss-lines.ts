import { line, scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { spreadHeights } from "./label-placing.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

export interface LossSeries {
  readonly id: string;
  readonly label: string;
  readonly color: string;
  /** Steps in rising order and the loss at each; NaN interrupts the line. */
  readonly steps: ArrayLike<number>;
  readonly losses: ArrayLike<number>;
}

export interface LossMarker {
  readonly step: number;
  readonly label: string;
}

export interface LossLayout {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly yTicks: readonly Tick[];
  readonly xTicks: readonly Tick[];
  readonly zeroY: number | null;
  readonly lines: readonly {
    readonly id: string;
    readonly path: string;
    readonly color: string;
    readonly label: string;
    readonly endX: number;
    readonly endY: number;
    readonly labelY: number;
  }[];
  readonly markers: readonly { readonly x: number; readonly label: string; readonly anchor: "start" | "end" }[];
  /** Where the steps that have been made end; what lies right of it is still to come. */
  readonly doneX: number;
}

/**
 * Keeps at most the lowest and the highest of the points that fall on one pixel column, so that a line of any length is
 * drawn in constant time and no spike is lost.
 */
export function thinLine(steps: ArrayLike<number>, losses: ArrayLike<number>, nColumns: number): [number, number][] {
  const { length } = steps;
  if (length <= 2 * nColumns) return Array.from({ length }, (_, i) => [steps[i] ?? 0, losses[i] ?? Number.NaN]);
  const kept: [number, number][] = [];
  const perColumn = length / nColumns;
  for (let column = 0; column < nColumns; column++) {
    const from = Math.floor(column * perColumn);
    const to = Math.floor((column + 1) * perColumn);
    let low = -1;
    let high = -1;
    for (let i = from; i < to; i++) {
      const loss = losses[i] ?? Number.NaN;
      if (Number.isNaN(loss)) continue;
      if (low < 0 || loss < (losses[low] ?? 0)) low = i;
      if (high < 0 || loss > (losses[high] ?? 0)) high = i;
    }
    if (low < 0) kept.push([steps[from] ?? 0, Number.NaN]);
    else
      for (const i of low === high ? [low] : [Math.min(low, high), Math.max(low, high)])
        kept.push([steps[i] ?? 0, losses[i] ?? Number.NaN]);
  }
  return kept;
}

/** Loss curves with their names at their ends; `lastStep` is the step at which the run is going to end. */
export function layoutLossLines(
  series: readonly LossSeries[],
  options: {
    readonly width: number;
    readonly height: number;
    readonly lastStep: number;
    readonly markers: readonly LossMarker[];
    readonly formatX: Format;
    readonly formatY: Format;
  },
): LossLayout {
  const { width, height, lastStep, formatX, formatY } = options;
  const top = 22;
  const bottom = height - 40;
  const isEmpty = series.every((each) => each.steps.length === 0);
  const y = niceScale(
    series.flatMap((each) => Array.from(each.losses)),
    [bottom, top],
    5,
  );
  const yTicks = isEmpty ? [] : ticksOf(y, formatY, 5);
  const left = Math.ceil(yTicks.reduce((most, tick) => Math.max(most, textWidth(tick.label)), 16)) + 10;
  const labelRoom = Math.min(width * 0.3, series.reduce((most, each) => Math.max(most, textWidth(each.label, 12, true)), 0) + 10);
  const right = width - 8 - labelRoom;
  const x = scaleLinear()
    .domain([0, Math.max(1, lastStep)])
    .range([left, right]);
  const path = line<[number, number]>()
    .defined(([, loss]) => Number.isFinite(loss))
    .x(([step]) => x(step))
    .y(([, loss]) => y(loss))
    .digits(1);
  const drawn = series.map((each) => thinLine(each.steps, each.losses, Math.max(1, Math.round(right - left))));
  const ends = drawn.map((points) => points.findLast(([, loss]) => Number.isFinite(loss)));
  const heights = spreadHeights(
    ends.map((end) => (end === undefined ? bottom : y(end[1])) + 4),
    15,
    [top, bottom - 6],
  );
  const [low = 0, high = 1] = y.domain();
  return {
    left,
    right,
    top,
    bottom,
    yTicks,
    xTicks: ticksOf(x, formatX, right - left < 300 ? 3 : 5),
    zeroY: low < 0 && high > 0 ? y(0) : null,
    lines: series.flatMap((each, index) => {
      const end = ends[index];
      if (end === undefined) return [];
      const label = fitText(each.label, labelRoom - 8, 12, true);
      return [
        {
          id: each.id,
          path: path(drawn[index] ?? []) ?? "",
          color: each.color,
          label,
          endX: x(end[0]),
          endY: y(end[1]),
          labelY: heights[index] ?? 0,
        },
      ];
    }),
    markers: options.markers.map((marker) => {
      const at = x(marker.step);
      return {
        x: at,
        label: marker.label,
        anchor: at - textWidth(marker.label, 12, true) - 6 > left ? ("end" as const) : ("start" as const),
      };
    }),
    doneX: ends.reduce((most, end) => Math.max(most, end === undefined ? left : x(end[0])), left),
  };
}
