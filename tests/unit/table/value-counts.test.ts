import fc from "fast-check";
import { expect, test } from "vitest";
import { countValues, valueAt } from "../../../src/table/value-counts.ts";

function naive(values: Float64Array): [number, number][] {
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

const pairsOf = (values: Float64Array, step: number) => {
  const { values: distinct, counts, total } = countValues(values, step);
  expect(total).toBe(counts.reduce((sum, count) => sum + count, 0));
  return Array.from(distinct, (value, i): [number, number] => [value, counts[i]]);
};

test("counted on a grid or sorted, the values are the same", () => {
  const whole = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(Number.NaN)), { maxLength: 80 });
  const tenths = whole.map((values) => values.map((value) => value / 10));
  const any = fc
    .array(fc.double({ noDefaultInfinity: true }), { maxLength: 40 })
    .map((values) => values.map((value) => value + 0));
  const column = fc.oneof(fc.tuple(whole, fc.constant(1)), fc.tuple(tenths, fc.constant(0.1)), fc.tuple(any, fc.constant(1e-9)));
  fc.assert(
    fc.property(column, ([list, step]) => {
      const values = Float64Array.from(list, (value) => (value === 0 ? 0 : value));
      expect(pairsOf(values, step)).toEqual(naive(values));
    }),
    { numRuns: 500 },
  );
});

test("a step that does not fit, and values far apart", () => {
  const values = Float64Array.of(0.25, 0.5, 0.25, 1e12, Number.NaN, -3);
  expect(pairsOf(values, 0.1)).toEqual(naive(values));
  expect(pairsOf(Float64Array.of(Number.NaN), 1)).toEqual([]);
});

test("a value by its place among all", () => {
  const counted = countValues(Float64Array.of(5, 1, 5, 3, 5), 1);
  expect([0, 1, 2, 3, 4].map((place) => valueAt(counted, place))).toEqual([1, 3, 5, 5, 5]);
});
