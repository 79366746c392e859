/** The largest difference, as a share of the largest value where that exceeds 1. */
export function largestDifference(found: ArrayLike<number>, expected: Float64Array): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const differences = expected.map((value, i) => Math.abs(found[i] - value) / scale);
  return differences.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...differences);
}
