/** Whole numbers of at most this range are sorted by counting. */
const MAX_COUNTED_RANGE = 1 << 21;

/** The values that are not missing, ascending. O(n) for whole numbers within a narrow range, else O(n log n). */
export function sortNumbers(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let [n, min, max, isWhole] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    present[n++] = value;
    if (value < min) min = value;
    if (value > max) max = value;
    if (isWhole && Math.trunc(value) !== value) isWhole = false;
  }
  const sorted = n === values.length ? present : present.slice(0, n);
  const range = max - min + 1;
  return isWhole && range <= Math.min(MAX_COUNTED_RANGE, 4 * n) ? countingSort(sorted, min, range) : sorted.sort();
}

function countingSort(values: Float64Array, min: number, range: number): Float64Array {
  const counts = new Int32Array(range);
  for (let i = 0; i < values.length; i++) counts[values[i] - min]++;
  for (let step = 0, at = 0; step < range; step++) {
    const end = at + counts[step];
    values.fill(min + step, at, end);
    at = end;
  }
  return values;
}

/** How many different values an ascending list holds. */
export function countDistinct(sorted: Float64Array): number {
  let count = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) count++;
  return count;
}
