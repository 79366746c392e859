import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";

const take = (n: number, next: () => number) => Array.from({ length: n }, next);

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

test("the same seed gives the same numbers, another seed others", () => {
  const first = createRandom(42);
  const second = createRandom(42);
  expect(take(20, () => first.next())).toEqual(take(20, () => second.next()));
  expect(createRandom(43).next()).not.toBe(createRandom(42).next());
});

test("the numbers of seed 42 never change", () => {
  const random = createRandom(42);
  expect(take(3, () => random.integer(1_000_000))).toMatchInlineSnapshot(`
    [
      694629,
      967718,
      217948,
    ]
  `);
});

test("a split depends on its name alone, not on what was drawn before", () => {
  const early = createRandom(7).split("rows");
  const late = createRandom(7);
  take(100, () => late.next());
  expect(early.next()).toBe(late.split("rows").next());
  expect(createRandom(7).split("rows").next()).not.toBe(createRandom(7).split("columns").next());
});

test("streams of neighbouring seeds and names do not move together", () => {
  const a = createRandom(1).split("fold 0");
  const b = createRandom(1).split("fold 1");
  const pairs = take(20_000, () => (a.next() - 0.5) * (b.next() - 0.5));
  // The product of two independent uniforms on ±0.5 has sd 1/12; its mean over n draws 1/12/√n.
  expect(Math.abs(moments(pairs).mean)).toBeLessThan(4 / 12 / Math.sqrt(20_000));
});

test("uniform, integer and normal draws have the right moments", () => {
  const random = createRandom(3);
  const uniform = moments(take(50_000, () => random.next()));
  expect(uniform.mean).toBeCloseTo(0.5, 2);
  expect(uniform.variance).toBeCloseTo(1 / 12, 2);
  const normal = moments(take(50_000, () => random.normal()));
  expect(Math.abs(normal.mean)).toBeLessThan(0.02);
  expect(normal.variance).toBeCloseTo(1, 1);
  const counts = new Array<number>(7).fill(0);
  for (const value of take(70_000, () => random.integer(7))) counts[value]++;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test("a shuffle keeps every element and reaches every order", () => {
  const random = createRandom(5);
  const orders = new Set(take(500, () => 0).map(() => random.shuffle(["a", "b", "c"]).join("")));
  expect(orders.size).toBe(6);
});
