import { scaleLinear } from "d3";
import type { Format, Tick } from "./chart-types.ts";

/** Nearer than this, numbers count as equal and as 0: no round values fit between them. */
const NEXT_TO_NOTHING = 1e-300;

/** Lowest and highest finite value; `fallback` where there is none. Widened where both are all but equal. */
export function extentOf(values: Iterable<number>, fallback: readonly [number, number] = [0, 1]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [fallback[0], fallback[1]];
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= Math.max(1e-12 * size, NEXT_TO_NOTHING)) {
    const margin = size > NEXT_TO_NOTHING ? size * 0.1 : 0.5;
    return [low - margin, high + margin];
  }
  return [low, high];
}

const MOST_TICKS = 6;

/** A linear scale over round values that hold all of `values`, such that at most six round values lie on it. */
export function niceScale(values: Iterable<number>, range: readonly [number, number], nTicks = 5) {
  const domain = extentOf(values);
  const over = (n: number) => scaleLinear().domain(domain).nice(n).range([range[0], range[1]]);
  for (let n = nTicks; n > 1; n--) if (over(n).ticks(n).length <= MOST_TICKS) return over(n);
  return over(1);
}

interface TickScale {
  (value: number): number;
  ticks(count?: number): number[];
}

/** At most six round values, few enough for all of them to read differently. */
export function ticksOf(scale: TickScale, format: Format, nTicks = 5): Tick[] {
  let ticks: Tick[] = [];
  for (let n = nTicks; n > 0; n--) {
    ticks = scale.ticks(n).map((value) => ({ position: scale(value), label: format(value) }));
    if (ticks.length <= MOST_TICKS && new Set(ticks.map((tick) => tick.label)).size === ticks.length) break;
  }
  return ticks;
}

/** Rounded to a tenth of a pixel: what a screen can show, and short in a saved file. */
export function px(value: number): number {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 0 ? 0 : rounded;
}
