import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { makeClusterer } from "../../../src/segments/clusterer.ts";
import { buildSegmentMatrix } from "../../../src/segments/segment-matrix.ts";
import { bootstrapOnce, jaccardSimilarities, summarizeBootstraps } from "../../../src/segments/stability.ts";
import { judge } from "../../../src/segments/verdict.ts";
import type { Column } from "../../../src/table/table.ts";
import { blobs } from "./points.ts";

describe("jaccardSimilarities", () => {
  test("agree with sets of rows", () => {
    const row = fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 4 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const drawn = rows.filter(([, , isDrawn]) => isDrawn);
        const own = jaccardSimilarities(
          Uint8Array.from(rows, ([label]) => label),
          Uint8Array.from(rows, ([, other]) => other),
          Uint8Array.from(rows, ([, , isDrawn]) => Number(isDrawn)),
          4,
        );
        own.forEach((value, segment) => {
          const naive = [0, 1, 2, 3, 4].map((other) => {
            const both = drawn.filter(([label, found]) => label === segment && found === other).length;
            const either = drawn.filter(([label, found]) => label === segment || found === other).length;
            return either > 0 ? both / either : 0;
          });
          expect(value).toBeCloseTo(Math.max(...naive), 12);
        });
      }),
    );
  });
});

function contextOf(points: readonly (readonly number[])[], k: number) {
  const columns = points[0].map((_, i): Column => {
    const values = Float64Array.from(points, (point) => point[i]);
    return { kind: "numeric", name: `c${i}`, type: "numeric", values, step: 0 };
  });
  const matrix = buildSegmentMatrix(columns, { scaling: "none", codes: {} });
  const clusterer = makeClusterer({ method: "k-means", covariance: "diagonal", points: matrix, steps: new Float64Array(2) });
  const { labels } = finish(clusterer.cluster(matrix.matrix, k, 8, createRandom(1)));
  return { data: matrix.matrix, labels, k, clusterer, nStarts: 4, random: createRandom(7) };
}

describe("bootstraps", () => {
  const centres = [
    [0, 0],
    [9, 0],
    [0, 9],
  ];
  test("find planted groups again, and not a cut through one of them", () => {
    const points = blobs(centres, 60, createRandom(2));
    const jaccardOf = (k: number): readonly number[] => {
      const context = contextOf(points, k);
      const bootstraps = Array.from({ length: 20 }, (_, i) => finish(bootstrapOnce(context, i)));
      return summarizeBootstraps(bootstraps, k, points.length).jaccard;
    };
    expect(Math.min(...jaccardOf(3))).toBeGreaterThan(0.98);
    expect(Math.min(...jaccardOf(4))).toBeLessThan(0.75);
  });

  test("each is its own, and the same again", () => {
    const context = contextOf(blobs(centres, 20, createRandom(3)), 4);
    expect(finish(bootstrapOnce(context, 3))).toEqual(finish(bootstrapOnce(context, 3)));
    expect(finish(bootstrapOnce(context, 3))).not.toEqual(finish(bootstrapOnce(context, 4)));
  });
});

describe("judge", () => {
  const stability = { jaccard: [0.9, 0.8], low: [], high: [], nBootstraps: 1, nRows: 1 };
  const nulls = [0.3, 0.31, 0.29, 0.3];
  test("needs separation, stability and more than one column", () => {
    expect(judge(0.6, nulls, stability, 2).verdict).toBe("natural");
    expect(judge(0.32, nulls, stability, 2)).toMatchObject({ verdict: "cut", facts: { isSeparated: false, isStable: true } });
    expect(judge(0.6, nulls, { ...stability, jaccard: [1, 0.74] }, 2)).toMatchObject({
      verdict: "cut",
      facts: { isSeparated: true, isStable: false, smallestJaccard: 0.74, requiredJaccard: 0.75 },
    });
    expect(judge(0.6, nulls, stability, 1)).toMatchObject({ verdict: "cut", facts: { isSingleColumn: true } });
  });
});
