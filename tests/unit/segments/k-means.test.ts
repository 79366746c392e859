import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../src/core/matrix.ts";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { ClusterKernel } from "../../../src/segments/cluster-kernel.ts";
import { firstCentres } from "../../../src/segments/first-centres.ts";
import { type Clustering, kMeans } from "../../../src/segments/k-means.ts";
import { miniBatchKMeans } from "../../../src/segments/mini-batch.ts";
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

/** Lloyd's algorithm as it is written in books, from the given centres to its end. */
function plainLloyd(data: Matrix, first: Matrix): { labels: number[]; inertia: number } {
  const { nColumns, values } = data;
  const centres = first.values.slice();
  const k = first.nRows;
  let labels: number[] = [];
  for (;;) {
    const next = Array.from({ length: data.nRows }, (_, row) => {
      const distances = Array.from({ length: k }, (_, cluster) => {
        let sum = 0;
        for (let i = 0; i < nColumns; i++) sum += (values[row * nColumns + i] - centres[cluster * nColumns + i]) ** 2;
        return sum;
      });
      return distances.indexOf(Math.min(...distances));
    });
    if (next.every((label, row) => label === labels[row])) break;
    labels = next;
    for (let cluster = 0; cluster < k; cluster++) {
      const rows = labels.flatMap((label, row) => (label === cluster ? [row] : []));
      for (let i = 0; i < nColumns && rows.length > 0; i++)
        centres[cluster * nColumns + i] = rows.reduce((sum, row) => sum + values[row * nColumns + i], 0) / rows.length;
    }
  }
  const inertia = labels.reduce((sum, cluster, row) => {
    for (let i = 0; i < nColumns; i++) sum += (values[row * nColumns + i] - centres[cluster * nColumns + i]) ** 2;
    return sum;
  }, 0);
  return { labels, inertia };
}

describe("the kernel of k-means", () => {
  test("assigns, sums and counts as a plain loop does, to the last bit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (nRows, nColumns, k, seed) => {
          const random = createRandom(seed);
          const draw = (rows: number): Matrix =>
            matrixOf(Array.from({ length: rows }, () => Array.from({ length: nColumns }, () => random.normal())));
          const data = draw(nRows);
          const centres = draw(k);
          const labels = new Uint8Array(nRows);
          const sums = new Float64Array(k * nColumns);
          const distances = new Float64Array(nRows).fill(Number.POSITIVE_INFINITY);
          for (let row = 0; row < nRows; row++) {
            for (let cluster = 0; cluster < k; cluster++) {
              let sum = 0;
              for (let i = 0; i < nColumns; i++) {
                const difference = data.values[row * nColumns + i] - centres.values[cluster * nColumns + i];
                sum += difference * difference;
              }
              if (sum < distances[row]) {
                distances[row] = sum;
                labels[row] = cluster;
              }
            }
            for (let i = 0; i < nColumns; i++) sums[labels[row] * nColumns + i] += data.values[row * nColumns + i];
          }
          finish(
            ClusterKernel.use(data, function* (kernel): Generator<never, void, void> {
              const assignment = kernel.reserve(k);
              expect(assignment.assign(centres.values)).toBe(labels.filter((label) => label > 0).length);
              expect([...assignment.labels()]).toEqual([...labels]);
              expect([...assignment.distances()]).toEqual([...distances]);
              expect([...assignment.sums()]).toEqual([...sums]);
              expect([...assignment.sizes()]).toEqual(
                Array.from({ length: k }, (_, cluster) => labels.filter((own) => own === cluster).length),
              );
              expect(assignment.assign(centres.values)).toBe(0);
            }),
          );
        },
      ),
    );
  });

  test("one start ends where Lloyd's algorithm ends from the same first centres", () => {
    const data = matrixOf(goldenCases[0].points);
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed);
      const first = finish(
        ClusterKernel.use(data, function* (kernel): Generator<number, Matrix, void> {
          yield 0;
          return firstCentres(data, kernel.reserveWeights(), 5, random.split("start 0"));
        }),
      );
      const plain = plainLloyd(data, first);
      const own = finish(kMeans(data, { k: 5, nStarts: 1, random }));
      expect([...own.labels]).toEqual(plain.labels);
      expect(own.inertia).toBeCloseTo(plain.inertia, 9);
    }
  });
});

describe("miniBatchKMeans", () => {
  test("comes within 1 % of k-means on a table of many rows", () => {
    const random = createRandom(6);
    const data = matrixOf(Array.from({ length: 12_000 }, () => [random.next(), random.next(), random.normal()]));
    const params = { k: 5, nStarts: 5, random: createRandom(1) };
    const exact = finish(kMeans(data, params));
    const own = finish(miniBatchKMeans(data, { ...params, nBatches: 40, batchSize: 1000 }));
    expect(own.inertia).toBeLessThan(1.01 * exact.inertia);
    expect(own.sizes.reduce((sum, size) => sum + size, 0)).toBe(12_000);
    expect(finish(miniBatchKMeans(data, { ...params, nBatches: 40, batchSize: 1000 }))).toEqual(own);
  });
});
