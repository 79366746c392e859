import type { Format } from "./chart-types.ts";
import { niceScale } from "./scales.ts";
import { type SquareAxes, squareAxes } from "./unit-square.ts";

/** Rows of like probability: what was promised, what came, and how sure that is. */
export interface CalibrationBin {
  readonly predicted: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

export interface CalibrationLayout extends SquareAxes {
  readonly dots: readonly {
    readonly index: number;
    readonly x: number;
    readonly y: number;
    readonly lowY: number;
    readonly highY: number;
    /** The interval leaves out what was promised. */
    readonly isOff: boolean;
  }[];
}

/** Promised shares against observed ones; both axes end at the same round value, so that the diagonal is the promise kept. */
export function layoutCalibrationChart(
  bins: readonly CalibrationBin[],
  options: { readonly width: number; readonly format: Format },
): CalibrationLayout {
  const values = bins.flatMap((bin) => [bin.predicted, bin.high]).filter(Number.isFinite);
  const most = niceScale(values.length > 0 ? [0, ...values] : [0, 1], [0, 1]).domain()[1] ?? 1;
  const axes = squareAxes(options.width, { domain: [0, Math.min(1, most)], format: options.format });
  return {
    ...axes,
    dots: bins.flatMap((bin, index) =>
      Number.isFinite(bin.predicted) && Number.isFinite(bin.observed)
        ? [
            {
              index,
              x: axes.x(bin.predicted),
              y: axes.y(bin.observed),
              lowY: axes.y(Number.isFinite(bin.low) ? bin.low : bin.observed),
              highY: axes.y(Number.isFinite(bin.high) ? bin.high : bin.observed),
              isOff: bin.low > bin.predicted || bin.high < bin.predicted,
            },
          ]
        : [],
    ),
  };
}
