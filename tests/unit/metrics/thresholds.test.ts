import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addCounts, bestCut, type CountsAtCuts, chooseCut, countAtCuts, cutGrid } from "../../../src/metrics/thresholds.ts";

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { minLength: 4, maxLength: 60 });

/** Three folds of drawn rows, counted at the same cuts. */
function foldsOf(drawn: readonly (readonly [number, boolean])[]) {
  const parts = [0, 1, 2].map((fold) => drawn.filter((_, i) => i % 3 === fold));
  const thresholds = cutGrid(
    Float64Array.from(drawn, ([score]) => score / 20),
    1000,
  );
  const folds = parts.map((part) =>
    countAtCuts(
      Float64Array.from(part, ([score]) => score / 20),
      (row) => part[row][1],
      thresholds,
    ),
  );
  return { parts, thresholds, folds };
}

test("counting at cuts equals looking at every row for every cut", () => {
  fc.assert(
    fc.property(rows, (drawn) => {
      const { thresholds, folds, parts } = foldsOf(drawn);
      const all = addCounts(folds);
      thresholds.forEach((cut, i) => {
        const called = parts.flat().filter(([score]) => score / 20 >= cut);
        expect(all.truePositives[i]).toBe(called.filter(([, isPositive]) => isPositive).length);
        expect(all.falsePositives[i]).toBe(called.filter(([, isPositive]) => !isPositive).length);
      });
      expect(all.nPositive + all.nNegative).toBe(drawn.length);
    }),
  );
});

test("a chosen cut is judged by rows that did not choose it, row by row", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 9 }), (drawn, falseNegative) => {
      const { thresholds, folds, parts } = foldsOf(drawn);
      const rule = { kind: "cost", falsePositive: 1, falseNegative } as const;
      const chosen = chooseCut(thresholds, folds, rule)!;
      const costOf = (of: readonly (readonly [number, boolean])[], cut: number): number =>
        of.reduce((sum, [score, positive]) => {
          const called = score / 20 >= cut;
          return sum + (called === positive ? 0 : called ? 1 : falseNegative);
        }, 0);
      let total = 0;
      parts.forEach((part, fold) => {
        const others = parts.filter((_, i) => i !== fold).flat();
        const least = Math.min(...[...thresholds].map((cut) => costOf(others, cut)));
        expect(costOf(others, chosen.foldThresholds[fold])).toBe(least);
        total += costOf(part, chosen.foldThresholds[fold]);
      });
      expect(chosen.cost).toBeCloseTo(total / drawn.length, 12);
      const counted = chosen.truePositives + chosen.falsePositives + chosen.falseNegatives + chosen.trueNegatives;
      expect(counted).toBe(drawn.length);
    }),
  );
});

describe("by hand", () => {
  const thresholds = Float64Array.of(0.2, 0.5, 0.8, 1);
  const fold: CountsAtCuts = {
    truePositives: Int32Array.of(10, 8, 2, 0),
    falsePositives: Int32Array.of(30, 4, 0, 0),
    nPositive: 10,
    nNegative: 40,
  };

  test("F1 weighs both mistakes alike; costs move the cut either way, and to nobody where alarms cost most", () => {
    const at = (falsePositive: number, falseNegative: number) =>
      thresholds[bestCut(fold, { kind: "cost", falsePositive, falseNegative })];
    expect(thresholds[bestCut(fold, { kind: "f1" })]).toBe(0.5);
    expect(at(1, 1)).toBe(0.5);
    expect(at(1, 100)).toBe(0.2);
    expect(at(10, 1)).toBe(0.8);
    const risky = { ...fold, falsePositives: Int32Array.of(30, 4, 1, 0) };
    expect(thresholds[bestCut(risky, { kind: "cost", falsePositive: 10, falseNegative: 1 })]).toBe(1);
  });

  test("two like folds give the figures of one", () => {
    expect(chooseCut(thresholds, [fold, fold], { kind: "f1" })).toEqual({
      rule: { kind: "f1" },
      threshold: 0.5,
      foldThresholds: [0.5, 0.5],
      truePositives: 16,
      falsePositives: 8,
      falseNegatives: 4,
      trueNegatives: 72,
      precision: 16 / 24,
      recall: 0.8,
      f1: 32 / 44,
      cost: null,
    });
  });

  test("a single fold has no other to choose for it", () => {
    expect(chooseCut(thresholds, [fold], { kind: "f1" })).toBeNull();
  });
});

test("a grid of many scores keeps the lowest and highest, evenly by rank, and ends where none reaches", () => {
  const scores = Float64Array.from({ length: 5000 }, (_, i) => (i / 5000) ** 3);
  const grid = cutGrid(scores, 100);
  expect(grid).toHaveLength(101);
  expect([grid[0], grid[99], grid[100]]).toEqual([0, scores[4999], 1]);
  expect(cutGrid(Float64Array.of(0.5, 1, 1), 10).at(-1)).toBeGreaterThan(1);
});
