import { describe, expect, test } from "vitest";
import { gaussLegendre } from "../../../src/trees/gauss-legendre.ts";

describe("gaussLegendre", () => {
  test.each([1, 2, 3, 5, 9, 20, 40])("%i points integrate every power up to 2n − 1", (n) => {
    const { points, weights } = gaussLegendre(n);
    for (let power = 0; power <= 2 * n - 1; power++) {
      const integral = weights.reduce((sum, weight, q) => sum + weight * points[q] ** power, 0);
      expect(integral).toBeCloseTo(1 / (power + 1), 13);
    }
    const next = weights.reduce((sum, weight, q) => sum + weight * points[q] ** (2 * n), 0);
    if (n <= 9) expect(Math.abs(next - 1 / (2 * n + 1))).toBeGreaterThan(1e-13);
  });

  test("points ascend and lie symmetric", () => {
    const { points } = gaussLegendre(7);
    expect([...points].sort((a, b) => a - b)).toEqual([...points]);
    points.forEach((point, q) => {
      expect(point + points[6 - q]).toBeCloseTo(1, 14);
    });
  });

  test("two points are the known ones", () => {
    expect(gaussLegendre(2).points[0]).toBeCloseTo(0.5 - 0.5 / Math.sqrt(3), 15);
    expect(gaussLegendre(2).weights[0]).toBeCloseTo(0.5, 15);
  });
});
