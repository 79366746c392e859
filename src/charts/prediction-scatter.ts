import type { Format } from "./chart-types.ts";
import { niceScale } from "./scales.ts";
import { type SquareAxes, squareAxes } from "./unit-square.ts";

export interface ScatterLayout extends SquareAxes {
  readonly x0: Float32Array;
  readonly y0: Float32Array;
  readonly domain: readonly [number, number];
}

/** Predicted numbers against true ones; both axes are one scale, so that a right answer lies on the diagonal. */
export function layoutPredictionScatter(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
  options: { readonly width: number; readonly format: Format },
): ScatterLayout {
  const pairs = Array.from(
    { length: predicted.length },
    (_, i) => [actual[i] ?? Number.NaN, predicted[i] ?? Number.NaN] as const,
  ).filter(([truth, answer]) => Number.isFinite(truth) && Number.isFinite(answer));
  const [low = 0, high = 1] = niceScale(pairs.flat(), [0, 1]).domain();
  const axes = squareAxes(options.width, { domain: [low, high], format: options.format, tallest: 480 });
  return {
    ...axes,
    domain: [low, high],
    x0: Float32Array.from(pairs, ([truth]) => axes.x(truth)),
    y0: Float32Array.from(pairs, ([, answer]) => axes.y(answer)),
  };
}
