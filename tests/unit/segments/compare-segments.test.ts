import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { compareLevels, compareNumbers, compareSegments } from "../../../src/segments/compare-segments.ts";
import { profileColumns } from "../../../src/segments/profile-columns.ts";
import type { Role } from "../../../src/table/table.ts";
import { tableOf } from "../support/load-table.ts";

describe("compareNumbers", () => {
  test("gives Cohen's d with the pooled deviation, and intervals", () => {
    // Variances 2.5 and 5.3, pooled 3.9.
    const own = compareNumbers(Float64Array.from([1, 2, 3, 4, 5]), Float64Array.from([3, 4, 5, 6, 9, Number.NaN]));
    expect(own).toMatchObject({ first: 3, measure: "cohens-d", size: "large" });
    expect(own.second).toBeCloseTo(5.4, 12);
    expect(own.effect).toBeCloseTo(-2.4 / Math.sqrt(3.9), 12);
    expect(own.low).toBeCloseTo(-2.4 - 1.959964 * Math.sqrt(2.5 / 5 + 5.3 / 5), 5);
    expect(own.high).toBeCloseTo(-2.4 + 1.959964 * Math.sqrt(2.5 / 5 + 5.3 / 5), 5);
  });

  test("has no effect where nothing varies", () => {
    expect(compareNumbers(Float64Array.from([1, 1]), Float64Array.from([1, 1]))).toMatchObject({ effect: null, size: "none" });
  });

  test("intervals of equal groups hold 0 about 95 times of 100", () => {
    const random = createRandom(8);
    let nHeld = 0;
    for (let i = 0; i < 400; i++) {
      const draw = () => Float64Array.from({ length: 60 }, () => random.normal());
      const { low, high, effectLow, effectHigh } = compareNumbers(draw(), draw());
      nHeld += Number(low <= 0 && high >= 0 && (effectLow ?? 1) <= 0 && (effectHigh ?? -1) >= 0);
    }
    expect(nHeld).toBeGreaterThan(365);
    expect(nHeld).toBeLessThan(398);
  });
});

describe("compareLevels", () => {
  test("tells the level whose shares differ most, with Newcombe's interval", () => {
    // Newcombe (1998), example (a): 56/70 against 48/80 differ by 0.2, 95 % from 0.0524 to 0.3339
    const own = compareLevels(["yes", "no"], Float64Array.from([56, 14]), Float64Array.from([48, 32]));
    expect(own).toMatchObject({ value: "yes", measure: "cramers-v" });
    expect(own.difference).toBeCloseTo(0.2, 12);
    expect(own.low).toBeCloseTo(0.0524, 4);
    expect(own.high).toBeCloseTo(0.3339, 4);
  });

  test("Cramér's V is 1 for segments that share no level, 0 for equal shares", () => {
    expect(compareLevels(["a", "b"], Float64Array.from([50, 0]), Float64Array.from([0, 50])).effect).toBeCloseTo(1, 1);
    expect(compareLevels(["a", "b"], Float64Array.from([50, 50]), Float64Array.from([50, 50])).effect).toBe(0);
  });
});

const table = tableOf(
  ["id", "Age", "Item", "Note"],
  Array.from({ length: 60 }, (_, row) => [
    `c${row}`,
    String(row < 30 ? 20 + (row % 5) : 50 + (row % 7)),
    row % 2 ? "pen" : "ink",
    `text ${row}`,
  ]),
);
const labels = Uint8Array.from({ length: 60 }, (_, row) => Number(row >= 30));
const roleOf = (name: string): Role => (name === "id" ? "identifier" : "feature");

describe("compareSegments", () => {
  test("goes through all columns that can be compared, largest effect first", () => {
    const { columns } = compareSegments(table, roleOf, { labels, used: ["Age"], first: 0, second: 1 });
    expect(columns.map(({ column, isUsed, size }) => [column, isUsed, size])).toEqual([
      ["Age", true, "large"],
      ["Item", false, "none"],
    ]);
    const swapped = compareSegments(table, roleOf, { labels, used: [], first: 1, second: 0 });
    expect(swapped.columns[0].difference).toBeCloseTo(-columns[0].difference, 12);
  });
});

describe("profileColumns", () => {
  test("tells quartiles and shares of each segment and of the whole", () => {
    const [age, item] = profileColumns(table, roleOf, labels, 2);
    expect(age).toMatchObject({ kind: "numeric", column: "Age", segments: [{ nKnown: 30, mean: 22 }, { nKnown: 30 }] });
    if (age.kind !== "numeric" || item.kind !== "categorical") throw new Error("kinds");
    expect(age.segments[0].quartiles).toEqual([21, 22, 23]);
    expect(age.separation).toBeGreaterThan(0.9);
    expect(item).toMatchObject({ levels: ["ink", "pen"], nLevels: 2, whole: { nKnown: 60, shares: [0.5, 0.5] } });
    expect(item.segments.map(({ shares }) => shares)).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });
});
