import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { type Clustering, kMeans } from "../../../src/segments/k-means.ts";
import { goldenCases, matrixOf } from "./points.ts";

function squaredDistance(data: Matrix, row: number, clustering: Clustering, cluster: number): number {
  let sum = 0;
  for (let column = 0; column < data.nColumns; column++) {
    const own = data.values[row * data.nColumns + column];
    sum += (own - clustering.centres.values[cluster * data.nColumns + column]) ** 2;
  }
  return sum;
}

/** The definition of a converged k-means, without bounds: every row at its nearest centre, every centre the mean of its rows. */
function expectConverged(data: Matrix, clustering: Clustering): void {
  const k = clustering.centres.nRows;
  let inertia = 0;
  for (let row = 0; row < data.nRows; row++) {
    const distances = Array.from({ length: k }, (_, cluster) => squaredDistance(data, row, clustering, cluster));
    const own = distances[clustering.labels[row]];
    expect(own).toBeLessThanOrEqual(Math.min(...distances) + 1e-9);
    inertia += own;
  }
  expect(clustering.inertia).toBeCloseTo(inertia, 8);
  for (let cluster = 0; cluster < k; cluster++) {
    const rows = [...clustering.labels.keys()].filter((row) => clustering.labels[row] === cluster);
    expect(rows.length).toBe(clustering.sizes[cluster]);
    for (let column = 0; column < data.nColumns; column++) {
      const mean = rows.reduce((sum, row) => sum + data.values[row * data.nColumns + column], 0) / rows.length;
      expect(clustering.centres.values[cluster * data.nColumns + column]).toBeCloseTo(mean, 8);
    }
  }
}

describe("kMeans", () => {
  for (const { name, points, clusterings } of goldenCases) {
    for (const golden of clusterings) {
      test(`is as good as scikit-learn's best of ten on ${name}, k = ${golden.k}`, () => {
        const data = matrixOf(points);
        const clustering = finish(kMeans(data, { k: golden.k, nStarts: 20, random: createRandom(1) }));
        expect(clustering.inertia).toBeLessThanOrEqual(golden.inertia * 1.001);
        expectConverged(data, clustering);
      });
    }
  }

  test("ends where every row is at its nearest centre, whatever the points", () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(point, { minLength: 6, maxLength: 40, selector: String }),
        fc.integer({ min: 1, max: 6 }),
        (rows, k) => {
          const data = matrixOf(rows);
          expectConverged(data, finish(kMeans(data, { k, nStarts: 2, random: createRandom(3) })));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("leaves nothing over when there are as many clusters as different rows", () => {
    const data = matrixOf([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [5, 1],
      [9, 9],
    ]);
    const clustering = finish(kMeans(data, { k: 3, nStarts: 3, random: createRandom(5) }));
    expect(clustering.inertia).toBe(0);
    expect([...clustering.sizes].sort()).toEqual([1, 1, 4]);
  });

  test("gives the same clustering for the same seed and yields once per start", () => {
    const data = matrixOf(goldenCases[1].points);
    const events = [...kMeans(data, { k: 5, nStarts: 4, random: createRandom(8) })];
    expect(events.map(({ done, total }) => `${done}/${total}`)).toEqual(["1/4", "2/4", "3/4", "4/4"]);
    const first = finish(kMeans(data, { k: 5, nStarts: 4, random: createRandom(8) }));
    const again = finish(kMeans(data, { k: 5, nStarts: 4, random: createRandom(8) }));
    expect(again).toEqual(first);
  });
});
