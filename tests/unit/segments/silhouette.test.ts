import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { silhouette, silhouettesOfRows } from "../../../src/segments/silhouette.ts";
import { goldenCases, matrixOf } from "./points.ts";

/** Rousseeuw's definition, point by point. */
function naiveSilhouette(points: readonly (readonly number[])[], labels: readonly number[]): number {
  const distance = (a: number, b: number): number => Math.hypot(...points[a].map((value, i) => value - points[b][i]));
  const meanTo = (row: number, cluster: number): number => {
    const others = points.map((_, i) => i).filter((i) => i !== row && labels[i] === cluster);
    return others.reduce((sum, other) => sum + distance(row, other), 0) / others.length;
  };
  const clusters = [...new Set(labels)];
  const values = points.map((_, row) => {
    if (labels.filter((label) => label === labels[row]).length === 1) return 0;
    const a = meanTo(row, labels[row]);
    const b = Math.min(...clusters.filter((cluster) => cluster !== labels[row]).map((cluster) => meanTo(row, cluster)));
    return a === 0 && b === 0 ? 0 : (b - a) / Math.max(a, b);
  });
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("silhouette", () => {
  for (const { name, points, clusterings } of goldenCases) {
    test(`equals scikit-learn's on ${name}`, () => {
      const labellings = clusterings.map(({ labels }) => Uint8Array.from(labels));
      const values = labellings.map((labels) => finish(silhouette(matrixOf(points), labels)));
      clusterings.forEach((golden, i) => {
        expect(Math.abs(values[i] - golden.silhouette)).toBeLessThan(1e-9);
      });
    });
  }

  test("agrees with the definition on small tables with ties, single rows and gaps in the labels", () => {
    const row = fc.record({
      x: fc.integer({ min: 0, max: 3 }),
      y: fc.integer({ min: 0, max: 3 }),
      label: fc.constantFrom(0, 1, 3),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 20 }), (rows) => {
        fc.pre(new Set(rows.map(({ label }) => label)).size > 1);
        const points = rows.map(({ x, y }) => [x, y]);
        const labels = rows.map(({ label }) => label);
        const value = finish(silhouette(matrixOf(points), Uint8Array.from(labels)));
        expect(value).toBeCloseTo(naiveSilhouette(points, labels), 10);
      }),
    );
  });

  test("is not a number for one cluster", () => {
    expect(finish(silhouette(matrixOf([[1], [2]]), new Uint8Array(2)))).toBe(Number.NaN);
  });

  test("of some rows is that of a table of these rows", () => {
    const points = [[0], [1], [50], [5], [6]];
    const labels = Uint8Array.from([0, 0, 0, 1, 1]);
    const [value] = finish(silhouettesOfRows(matrixOf(points), [labels], Int32Array.from([0, 1, 3, 4])));
    expect(value).toBeCloseTo(naiveSilhouette([[0], [1], [5], [6]], [0, 0, 1, 1]), 12);
  });
});
