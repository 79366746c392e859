import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { defaultGamma, kPrototypes } from "../../../src/segments/k-prototypes.ts";
import { buildSegmentMatrix } from "../../../src/segments/segment-matrix.ts";
import type { Column } from "../../../src/table/table.ts";
import { tableOf } from "../support/load-table.ts";

const GAMMA = 0.8;
const numbersOf = (column: Column): Float64Array => (column.kind === "numeric" ? column.values : Float64Array.from(column.codes));

describe("kPrototypes", () => {
  test("costs what Huang's dissimilarity to means and modes adds up to, each row at its cheapest prototype", () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom("a", "b", "c"), fc.constantFrom("x", "y"));
    fc.assert(
      fc.property(fc.array(row, { minLength: 12, maxLength: 40 }), fc.integer({ min: 2, max: 4 }), (rows, k) => {
        fc.pre(new Set(rows.map(String)).size >= k && new Set(rows.map(([n]) => n)).size > 2);
        fc.pre(new Set(rows.map(([, l]) => l)).size > 1 && new Set(rows.map(([, , l]) => l)).size > 1);
        const { columns } = tableOf(
          ["n", "l", "m"],
          rows.map((cells) => cells.map(String)),
        );
        fc.pre(columns[0].kind === "numeric");
        const points = buildSegmentMatrix(columns, { scaling: "none", codes: {}, gamma: GAMMA });
        const { starts } = points;
        const own = finish(
          kPrototypes(points.matrix, { k, nStarts: 3, random: createRandom(2), starts, columns: points.columns }),
        );
        const [n, l, m] = columns.map(numbersOf);
        const prototypes = Array.from({ length: k }, (_, cluster) => {
          const centre = own.centres.values.subarray(cluster * own.centres.nColumns, (cluster + 1) * own.centres.nColumns);
          const mode = (from: number, to: number): number => centre.subarray(from, to).findIndex((value) => value > 0);
          return [centre[0], mode(starts[1], starts[2]), mode(starts[2], starts[3])];
        });
        let cost = 0;
        own.labels.forEach((label, i) => {
          const costs = prototypes.map(
            ([mean, first, second]) => (n[i] - mean) ** 2 + GAMMA * (Number(l[i] !== first) + Number(m[i] !== second)),
          );
          expect(costs[label]).toBeLessThanOrEqual(Math.min(...costs) + 1e-9);
          cost += costs[label];
        });
        expect(own.inertia).toBeCloseTo(cost, 8);
      }),
      { numRuns: 60 },
    );
  });

  test("finds groups that numbers and categories make together", () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 120 }, (_, i) => {
      const group = i % 3;
      return [(group === 0 ? 10 : 0) + random.normal(), group === 2 ? "red" : "blue"].map(String);
    });
    const { columns } = tableOf(["size", "colour"], rows);
    const points = buildSegmentMatrix(columns, { scaling: "standard", codes: {}, gamma: 2 });
    const { labels } = finish(
      kPrototypes(points.matrix, { k: 3, nStarts: 5, random: createRandom(1), starts: points.starts, columns: points.columns }),
    );
    const groups = [0, 1, 2].map((group) => new Set([...labels].filter((_, i) => i % 3 === group)));
    expect(groups.map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(new Set(groups.flatMap((labelsOfGroup) => [...labelsOfGroup])).size).toBe(3);
  });
});

describe("defaultGamma", () => {
  test("is half the mean standard deviation of numbers, 1 without any", () => {
    expect(defaultGamma([1, 3])).toBe(1);
    expect(defaultGamma([1, 1])).toBe(0.5);
    expect(defaultGamma([])).toBe(1);
  });
});
