const MAX_PLACES = 60;

/**
 * How far dots are to be strewn along an axis on which many share few places (cells of categories have one place each): most
 * of the smallest gap between places, at most a fifth of the axis; 0 where dots have room enough.
 */
export function spreadStep(values: ArrayLike<number>): number {
  const places = new Set<number>();
  for (let i = 0; i < values.length && places.size <= MAX_PLACES; i++) places.add(values[i]);
  if (places.size > MAX_PLACES || places.size * 5 > values.length) return 0;
  const sorted = [...places].filter(Number.isFinite).sort((a, b) => a - b);
  const range = sorted[sorted.length - 1] - sorted[0];
  const gaps = sorted.slice(1).map((place, i) => place - sorted[i]);
  const real = gaps.filter((gap) => gap > range / 50);
  return real.length === 0 ? 0 : Math.min(0.8 * Math.min(...real), 0.2 * range);
}
