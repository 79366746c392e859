import { line } from "d3";
import type { Format } from "./chart-types.ts";
import { type SquareAxes, squareAxes } from "./unit-square.ts";

/** One model's curve between shares; NaN interrupts it. */
export interface UnitLine {
  readonly id: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface UnitCurveLayout extends SquareAxes {
  readonly others: readonly { readonly id: string; readonly path: string }[];
  readonly path: string;
  /** Some points of the chosen curve, a like distance apart, in the order of the curve; `index` counts its points. */
  readonly stops: readonly { readonly index: number; readonly x: number; readonly y: number }[];
}

const STOP_PX = 36;

/** Places of a curve that are at least some pixels apart, both ends among them. */
function stopsOf(points: readonly (readonly [number, number])[]): { index: number; x: number; y: number }[] {
  const stops: { index: number; x: number; y: number }[] = [];
  points.forEach(([x, y], index) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    const before = stops.at(-1);
    const isLast = index === points.length - 1;
    if (before && isLast && Math.hypot(x - before.x, y - before.y) < STOP_PX && stops.length > 1) stops.pop();
    else if (before && !isLast && Math.hypot(x - before.x, y - before.y) < STOP_PX) return;
    stops.push({ index, x, y });
  });
  return stops;
}

/** Curves of shares against shares: the chosen one, and the others behind it. */
export function layoutUnitCurve(
  chosen: UnitLine | null,
  others: readonly UnitLine[],
  options: { readonly width: number; readonly format: Format },
): UnitCurveLayout {
  const axes = squareAxes(options.width, { domain: [0, 1], format: options.format });
  const pointsOf = (each: UnitLine) =>
    Array.from({ length: each.x.length }, (_, i): [number, number] => [
      axes.x(each.x[i] ?? Number.NaN),
      axes.y(each.y[i] ?? Number.NaN),
    ]);
  const path = line<readonly [number, number]>()
    .defined(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    .digits(1);
  const points = chosen ? pointsOf(chosen) : [];
  return {
    ...axes,
    others: others.map((each) => ({ id: each.id, path: path(pointsOf(each)) ?? "" })),
    path: path(points) ?? "",
    stops: stopsOf(points),
  };
}
