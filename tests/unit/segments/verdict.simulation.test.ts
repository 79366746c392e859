import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { findSegments } from "../../../src/segments/find-segments.ts";
import type { Table } from "../../../src/table/table.ts";

function tableOfPoints(points: readonly (readonly number[])[]): Table {
  const columns = points[0].map((_, i) => ({
    kind: "numeric" as const,
    name: `c${i}`,
    type: "numeric" as const,
    values: Float64Array.from(points, (point) => point[i]),
    step: 0,
  }));
  return { nRows: points.length, columns };
}

/** 3 to 6 normal groups of 40 to 99 rows in 2 to 4 dimensions, their centres at least six deviations apart. */
function plant(seed: number, random: Random): { points: number[][]; k: number } {
  const k = 3 + (seed % 4);
  const nColumns = 2 + (seed % 3);
  const centres: number[][] = [];
  while (centres.length < k) {
    const centre = Array.from({ length: nColumns }, () => random.next() * 20);
    if (centres.every((other) => Math.hypot(...other.map((value, i) => value - centre[i])) >= 6)) centres.push(centre);
  }
  const points = centres.flatMap((centre) =>
    Array.from({ length: 40 + random.integer(60) }, () => centre.map((at) => at + random.normal())),
  );
  return { points, k };
}

const segment = (points: readonly (readonly number[])[], seed: number) => {
  const settings = { method: "k-means", preset: "none", columns: [], scale: "standard", k: 0, seed, quick: true } as const;
  return finish(findSegments(tableOfPoints(points), () => "feature", settings));
};
const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe("the verdict, over 40 tables each", () => {
  test("finds the planted number of groups and calls them natural", { timeout: 60_000 }, () => {
    const found = seeds.filter((seed) => {
      const { points, k } = plant(seed, createRandom(seed).split("planted"));
      const report = segment(points, seed);
      return report.k === k && report.verdict === "natural";
    });
    expect(found.length).toBeGreaterThanOrEqual(38);
  });

  test("calls evenly spread points a cut", { timeout: 60_000 }, () => {
    const cut = seeds.filter((seed) => {
      const random = createRandom(seed).split("noise");
      const points = Array.from({ length: 300 }, () => Array.from({ length: 2 + (seed % 4) }, () => random.next()));
      return segment(points, seed).verdict === "cut";
    });
    expect(cut.length).toBeGreaterThanOrEqual(39);
  });
});
