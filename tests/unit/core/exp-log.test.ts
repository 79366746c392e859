import fc from "fast-check";
import { expect, test } from "vitest";
import { exp, log } from "../../../src/core/exp-log.ts";

const relative = (got: number, expected: number) => Math.abs(got - expected) / Math.max(Math.abs(expected), Number.MIN_VALUE);

test("exp agrees with the platform's to 1e-14", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(relative(exp(x), Math.exp(x))).toBeLessThan(1e-14);
    }),
    { numRuns: 2000 },
  );
});

test("log agrees with the platform's to 1e-14, also for subnormal numbers", () => {
  fc.assert(
    fc.property(fc.double({ min: 5e-324, max: 1e308, noNaN: true }), (x) => {
      const expected = Math.log(x);
      expect(Math.abs(log(x) - expected)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(expected)));
    }),
    { numRuns: 2000 },
  );
});

test("the edges are those of IEEE 754", () => {
  expect(exp(0)).toBe(1);
  expect(exp(-1000)).toBe(0);
  expect(exp(1000)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(Number.NaN)).toBeNaN();
  expect(log(1)).toBe(0);
  expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(log(-1)).toBeNaN();
  expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

/** Bits, not digits: these would differ in a browser whose arithmetic were not IEEE 754. */
test("the same bits everywhere", () => {
  expect([exp(1), exp(-0.5), exp(3.7), log(10), log(0.3)]).toMatchInlineSnapshot(`
    [
      2.7182818284590455,
      0.6065306597126334,
      40.4473043600674,
      2.302585092994046,
      -1.2039728043259361,
    ]
  `);
});
