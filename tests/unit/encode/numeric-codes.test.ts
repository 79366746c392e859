import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { fitNumericCodes, roundToStep } from "../../../src/encode/numeric-codes.ts";

const LIMITS = { maxValues: 100, maxBins: 32, minRows: 5 };

describe("fitNumericCodes", () => {
  it("keeps each value of a column with few, and pools rare ones with the nearest", () => {
    const values = Float64Array.from([...Array(20).fill(1), ...Array(30).fill(2), 550, ...Array(10).fill(Number.NaN)]);
    const codes = fitNumericCodes(values, 1, LIMITS);
    expect(codes.kind).toBe("values");
    expect([...codes.centres]).toEqual([1, 2]);
    expect(codes.valueOf(codes.codeOf(550), 0.5)).toBe(2);
    expect(codes.valueOf(codes.codeOf(1.4), 0.5)).toBe(1);
  });

  it("never decodes beyond the fifth extreme", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i * i * 0.01);
    const codes = fitNumericCodes(values, 0.01, LIMITS);
    expect(codes.kind).toBe("bins");
    expect(codes.nCodes).toBe(32);
    expect(codes.valueOf(0, 0)).toBe(0.16);
    expect(codes.valueOf(31, 0.999999)).toBe(995 * 995 * 0.01);
  });

  it("decodes every value into its own bin, on the grid and inside the range", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50_000, max: 50_000 }), { minLength: 120, maxLength: 400 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (integers, position) => {
          const values = Float64Array.from(integers, (integer) => integer / 100);
          const sorted = values.slice().sort();
          const codes = fitNumericCodes(values, 0.01, LIMITS);
          for (const value of values) {
            const code = codes.codeOf(value);
            const decoded = codes.valueOf(code, position);
            expect(code).toBeGreaterThanOrEqual(0);
            expect(code).toBeLessThan(codes.nCodes);
            expect(roundToStep(decoded, 0.01)).toBe(decoded);
            expect(decoded).toBeGreaterThanOrEqual(sorted[0]);
            expect(decoded).toBeLessThanOrEqual(sorted[sorted.length - 1]);
            if (codes.kind === "bins" && decoded > codes.valueOf(code, 0)) expect(codes.codeOf(decoded)).toBe(code);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([1, 7, 300])(
    "never promises more rows in a range than there are, and hardly fewer: %i rows per number",
    (perNumber) => {
      const random = createRandom(perNumber);
      const values = Float64Array.from({ length: 9000 }, () => Math.floor((random.next() ** 2 * 9000) / perNumber));
      const codes = fitNumericCodes(values, 1, LIMITS);
      const sorted = values.slice().sort();
      const clipped = values.map((value) => Math.min(sorted[sorted.length - 5], Math.max(sorted[4], value)));
      for (let i = 0; i < 200; i++) {
        const [low, high] = [random.integer(9000 / perNumber), random.integer(9000 / perNumber)].sort((a, b) => a - b);
        const nRows = clipped.filter((value) => low <= value && value <= high).length;
        const promised = codes.rowsWithin(low, high);
        expect(promised).toBeLessThanOrEqual(nRows);
        // Of a bin of 281 rows every fourth or fifth number is known.
        if (codes.kind === "bins") expect(promised).toBeGreaterThanOrEqual(nRows - 10);
        else expect(promised > 0).toBe(nRows >= 5);
      }
      expect(codes.rowsWithin(-9, -1)).toBe(0);
    },
  );

  it("refuses a column without values", () => {
    expect(() => fitNumericCodes(Float64Array.of(Number.NaN), 1, LIMITS)).toThrow(
      expect.objectContaining({ code: "too-few-rows" }),
    );
  });
});

describe("roundToStep", () => {
  it.each([
    [1.2349, 0.01, 1.23],
    [17, 5, 15],
    [0.30000000000000004, 0.1, 0.3],
    [2.5, 0, 2.5],
  ])("%d on a grid of %d is %d", (value, step, rounded) => expect(roundToStep(value, step)).toBe(rounded));
});
