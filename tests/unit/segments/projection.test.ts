import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { eigenSymmetric, projectMixed, projectPrincipal } from "../../../src/segments/projection.ts";
import { buildSegmentMatrix } from "../../../src/segments/segment-matrix.ts";
import { tableOf } from "../support/load-table.ts";
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

describe("projectMixed", () => {
  const rows = Array.from({ length: 60 }, (_, row) => [
    String((row * 37) % 50),
    ["red", "green", "blue"][(row * 7 + (row >> 2)) % 3],
    row % 4 === 0 ? "yes" : "no",
  ]);
  const { columns } = tableOf(["n", "colour", "card"], rows);

  test("is the analysis of (indicator − p) / √p and standardised numbers, however the points are scaled", () => {
    const n = rows.length;
    const share = (column: number, level: string) => rows.filter((row) => row[column] === level).length / n;
    const numbers = rows.map(([value]) => Number(value));
    const mean = numbers.reduce((sum, value) => sum + value, 0) / n;
    const sd = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    const levels = [
      ...["red", "green", "blue"].map((level) => [1, level] as const),
      ...["yes", "no"].map((level) => [2, level] as const),
    ];
    const coded = rows.map((row) => [
      (Number(row[0]) - mean) / sd,
      ...levels.map(
        ([column, level]) => (Number(row[column] === level) - share(column, level)) / Math.sqrt(share(column, level)),
      ),
    ]);
    const width = 1 + levels.length;
    const products = matrixOf(
      Array.from({ length: width }, (_, a) =>
        Array.from({ length: width }, (_, b) => coded.reduce((sum, row) => sum + row[a] * row[b], 0) / n),
      ),
    );
    const eigenvalues = [...eigenSymmetric(products).values].sort((a, b) => b - a);
    // FAMD: one unit of inertia a number, levels − 1 a category.
    const total = 1 + 2 + 1;
    for (const scaling of ["none", "standard"] as const) {
      const points = buildSegmentMatrix(columns, { scaling, codes: {} });
      const isIndicator = points.columns.flatMap(({ kind, shift }) => shift.map(() => kind === "levels"));
      const { explained } = projectMixed(points.matrix, isIndicator);
      expect(explained[0]).toBeCloseTo(eigenvalues[0] / total, 9);
      expect(explained[1]).toBeCloseTo(eigenvalues[1] / total, 9);
    }
  });
});
