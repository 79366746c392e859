import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { eigenSymmetric, projectPrincipal } from "../../../src/segments/projection.ts";
import { goldenCases, matrixOf } from "./points.ts";

describe("projectPrincipal", () => {
  for (const { name, points, explained } of goldenCases) {
    test(`explains as much variance as scikit-learn's PCA on ${name}`, () => {
      const projection = projectPrincipal(matrixOf(points));
      expect(Math.abs(projection.explained[0] - explained[0])).toBeLessThan(1e-9);
      expect(Math.abs(projection.explained[1] - explained[1])).toBeLessThan(1e-9);
    });
  }

  test("puts points of one line on the first axis, in their order, whatever the columns' units", () => {
    const { x, y, explained } = projectPrincipal(matrixOf([1, 2, 4, 8].map((t) => [t, 1000 * t + 5])));
    expect(explained[0]).toBeCloseTo(1, 12);
    expect([...x]).toEqual([...x].sort((a, b) => a - b));
    for (const value of y) expect(value).toBeCloseTo(0, 6);
  });

  test("has nothing to draw upwards for a single column", () => {
    const { y, explained } = projectPrincipal(matrixOf([[1], [2], [4]]));
    expect([...y]).toEqual([0, 0, 0]);
    expect(explained).toEqual([1, 0]);
  });
});

describe("eigenSymmetric", () => {
  test("gives vectors that the matrix only stretches", () => {
    const random = createRandom(4);
    const n = 6;
    const rows = Array.from({ length: n }, () => Array.from({ length: n }, () => random.normal()));
    const symmetric = matrixOf(rows.map((row, i) => row.map((value, j) => value + rows[j][i])));
    const { values, vectors } = eigenSymmetric(symmetric);
    for (let e = 0; e < n; e++) {
      for (let i = 0; i < n; i++) {
        let product = 0;
        for (let j = 0; j < n; j++) product += symmetric.values[i * n + j] * vectors.values[j * n + e];
        expect(product).toBeCloseTo(values[e] * vectors.values[i * n + e], 9);
      }
    }
  });
});
