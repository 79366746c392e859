/** The different values of a column, ascending, and how many rows hold each. */
export interface ValueCounts {
  readonly values: Float64Array;
  readonly counts: Int32Array;
  /** Rows that hold a value. */
  readonly total: number;
}

/** Values on a grid of at most so many points are counted by their place on it. */
const MAX_GRID = 1 << 21;
/** Steps finer than this have no exact inverse of use. */
const MAX_SCALE = 1e6;

interface Grid {
  readonly first: number;
  readonly nPoints: number;
  readonly nPresent: number;
}

/** Multiples of 1 / scale within which all values lie; null where one is no such multiple, or they are too many. */
function gridOf(values: Float64Array, scale: number): Grid | null {
  let [first, last, nPresent] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    const place = Math.round(value * scale);
    if (place / scale !== value) return null;
    if (place < first) first = place;
    if (place > last) last = place;
    nPresent++;
  }
  const nPoints = last - first + 1;
  return nPresent > 0 && nPoints <= Math.min(MAX_GRID, 4 * nPresent + 1024) ? { first, nPoints, nPresent } : null;
}

function countOnGrid(values: Float64Array, scale: number, { first, nPoints, nPresent }: Grid): ValueCounts {
  const byPlace = new Int32Array(nPoints);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) byPlace[Math.round(values[i] * scale) - first]++;
  }
  let nDistinct = 0;
  for (let place = 0; place < nPoints; place++) if (byPlace[place] > 0) nDistinct++;
  const distinct = new Float64Array(nDistinct);
  for (let place = 0, at = 0; place < nPoints; place++) {
    if (byPlace[place] === 0) continue;
    distinct[at] = (first + place) / scale;
    byPlace[at++] = byPlace[place];
  }
  return { values: distinct, counts: byPlace.subarray(0, nDistinct), total: nPresent };
}

function countSorted(values: Float64Array): ValueCounts {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const counts = new Int32Array(sorted.length);
  let at = -1;
  for (let i = 0; i < sorted.length; i++) {
    if (at < 0 || sorted[i] !== sorted[at]) sorted[++at] = sorted[i];
    counts[at]++;
  }
  return { values: sorted.subarray(0, at + 1), counts: counts.subarray(0, at + 1), total: sorted.length };
}

/**
 * The different values that are not missing. `step` is the column's: where the values lie on a narrow grid of it they are counted
 * in O(n), elsewhere sorted.
 */
export function countValues(values: Float64Array, step: number): ValueCounts {
  const scale = step < 1 ? Math.round(1 / step) : 1;
  const grid = scale <= MAX_SCALE ? gridOf(values, scale) : null;
  return grid ? countOnGrid(values, scale, grid) : countSorted(values);
}

/** The value at a place of the ascending list in which each stands as often as it is held. */
export function valueAt({ values, counts }: ValueCounts, place: number): number {
  let at = 0;
  for (let before = counts[0]; before <= place; before += counts[at]) at++;
  return values[at];
}
