export type Bounds = readonly [number, number];

/** Lowest and highest value of an axis, with at most three digits after the point. */
export function extentOfAxis(values: ArrayLike<number>): Bounds {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return low > high ? [0, 0] : [Math.floor(low * 1000) / 1000, Math.ceil(high * 1000) / 1000];
}

/**
 * The values that a drawn range holds. Dots are moved by less than half a step, so on a stepped axis a range drawn from
 * 39.6 to 45.2 holds the dots of 40 to 45 and some of their neighbours' edges.
 */
export function boundsOf(drawn: Bounds, step: number, whole: Bounds, isStepped: boolean): Bounds {
  const cut = (value: number) => Math.min(whole[1], Math.max(whole[0], value));
  const round = (value: number) =>
    isStepped && step > 0 ? Number((Math.round(value / step) * step).toPrecision(12)) : Number(value.toPrecision(6));
  return [cut(round(drawn[0] + step / 2 - step * 1e-6)), cut(round(drawn[1] - step / 2 + step * 1e-6))];
}

/** The range to draw so that it holds the dots of all values between the bounds, and no others. */
export function atMost([low, high]: Bounds, step: number): [number, number] {
  return [Math.min(low, high) - step / 2, Math.max(low, high) + step / 2];
}
