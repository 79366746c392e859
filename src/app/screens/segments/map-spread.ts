const MAX_PLACES = 60;
/** Dots of one place are strewn over at most this share of each axis. */
const MAX_SHARE = 0.25;

const rangeOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/**
 * How far dots are to be strewn along both axes where many share few places (cells of categories have one place each): as far
 * as the patches of no two places overlap, at most a quarter of each axis; 0 where dots have room enough.
 */
export function spreadSteps(x: ArrayLike<number>, y: ArrayLike<number>): { x: number; y: number } {
  const places = new Map<string, readonly [number, number]>();
  for (let i = 0; i < x.length && places.size <= MAX_PLACES; i++)
    if (Number.isFinite(x[i]) && Number.isFinite(y[i])) places.set(`${x[i]} ${y[i]}`, [x[i], y[i]]);
  if (places.size > MAX_PLACES || places.size * 5 > x.length) return { x: 0, y: 0 };
  const points = [...places.values()];
  const ranges = [rangeOf(points.map(([across]) => across)), rangeOf(points.map(([, up]) => up))];
  // The least share at which some two patches touch, in both axes at once.
  let share = MAX_SHARE;
  for (const [i, a] of points.entries())
    for (const b of points.slice(i + 1)) {
      const apart = Math.max(...[0, 1].map((axis) => (ranges[axis] > 0 ? Math.abs(a[axis] - b[axis]) / ranges[axis] : 0)));
      // Places that differ in their last digits alone are one.
      if (apart > 0.02) share = Math.min(share, 0.9 * apart);
    }
  return points.length < 2 ? { x: 0, y: 0 } : { x: share * ranges[0], y: share * ranges[1] };
}
