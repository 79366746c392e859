import { scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";
import { ticksOf } from "./scales.ts";
import { textWidth } from "./text-width.ts";

/** Axes of a plot whose sides are of one unit and, where there is room, of one length. */
export interface SquareAxes {
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

const TALLEST = 380;
const ABOVE = 24;
const BELOW = 40;

/** `domain` is that of both axes; the square is as tall as it is wide, up to a limit. */
export function squareAxes(
  width: number,
  options: { readonly domain: readonly [number, number]; readonly format: Format; readonly tallest?: number },
): SquareAxes {
  const { domain, format, tallest = TALLEST } = options;
  const over = (range: readonly [number, number]) => scaleLinear().domain(domain).range(range);
  const labels = ticksOf(over([0, 1]), format, 5);
  const left = Math.ceil(labels.reduce((most, tick) => Math.max(most, textWidth(tick.label)), 16)) + 10;
  const right = width - 10;
  const height = Math.round(Math.min(tallest, Math.max(120, right - left) + ABOVE + BELOW));
  const bottom = height - BELOW;
  const x = over([left, right]);
  const y = over([bottom, ABOVE]);
  return {
    height,
    left,
    right,
    top: ABOVE,
    bottom,
    x,
    y,
    xTicks: ticksOf(x, format, right - left < 340 ? 3 : 5),
    yTicks: ticksOf(y, format, 5),
  };
}
