const MAX_PLACES = 60;
/** Dots of one place are strewn over at most this share of each axis. */
const MAX_SHARE = 0.25;

const rangeOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** Places in the order in which they first occur; looks no further once there are too many. */
function placesOf(x: ArrayLike<number>, y: ArrayLike<number>): (readonly [number, number])[] {
  const places: (readonly [number, number])[] = [];
  const seen = new Map<number, Set<number>>();
  for (let i = 0; i < x.length && places.length <= MAX_PLACES; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) continue;
    const above = seen.get(x[i]) ?? new Set();
    if (above.has(y[i])) continue;
    seen.set(x[i], above.add(y[i]));
    places.push([x[i], y[i]]);
  }
  return places;
}

/**
 * How far dots are to be strewn along both axes where many share few places (cells of categories have one place each): as far
 * as the patches of no two places overlap, at most a quarter of each axis; 0 where dots have room enough.
 */
export function spreadSteps(x: ArrayLike<number>, y: ArrayLike<number>): { x: number; y: number } {
  const points = placesOf(x, y);
  if (points.length > MAX_PLACES || points.length * 5 > x.length) return { x: 0, y: 0 };
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
