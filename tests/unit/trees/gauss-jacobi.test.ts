import { describe, expect, test } from "vitest";
import { gaussJacobi } from "../../../src/trees/gauss-jacobi.ts";

/** ∫₀¹ tᵃ (1 − t)ᵇ dt = a! b! / (a + b + 1)!. */
function beta(a: number, b: number): number {
  let value = 1 / (b + 1);
  for (let i = 1; i <= a; i++) value *= i / (b + 1 + i);
  return value;
}

describe("gaussJacobi", () => {
  test.each([0, 1, 2, 5, 11, 30])("weight (1 − t)^%i: n points integrate every power up to 2n − 1 and no further", (alpha) => {
    gaussJacobi(12, alpha).forEach(({ points, weights }, at) => {
      const n = at + 1;
      expect(points).toHaveLength(n);
      const integral = (power: number) => weights.reduce((sum, weight, q) => sum + weight * points[q] ** power, 0);
      for (let power = 0; power <= 2 * n - 1; power++) {
        expect(Math.abs(integral(power) / beta(power, alpha) - 1)).toBeLessThan(1e-10);
      }
      if (n <= 5) expect(Math.abs(integral(2 * n) / beta(2 * n, alpha) - 1)).toBeGreaterThan(1e-8);
    });
  });

  test("points ascend within (0, 1)", () => {
    for (const { points } of gaussJacobi(15, 4)) {
      expect([...points].sort((a, b) => a - b)).toEqual([...points]);
      expect(points.every((point) => point > 0 && point < 1)).toBe(true);
    }
  });

  test("without a weight, two points are Gauss's own", () => {
    const [, two] = gaussJacobi(2, 0);
    expect(two.points[0]).toBeCloseTo(0.5 - 0.5 / Math.sqrt(3), 15);
    expect(two.weights[0]).toBeCloseTo(0.5, 15);
  });

  test("forty points for long paths still integrate", () => {
    const { points, weights } = gaussJacobi(40, 20)[39];
    expect(weights.reduce((sum, weight, q) => sum + weight * points[q] ** 30, 0) / beta(30, 20)).toBeCloseTo(1, 9);
  });
});
