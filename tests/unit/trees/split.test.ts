import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allRows, type Column } from "../../../src/table/table.ts";
import { binTable, fitBinMapper } from "../../../src/trees/bin-mapper.ts";
import { createBoostingKernel } from "../../../src/trees/boosting-kernel.ts";
import { HistogramStore, histogramOffsets } from "../../../src/trees/histogram.ts";
import { leafValue, nodeScore, SplitFinder, type SplitPenalties } from "../../../src/trees/split.ts";
import { categorical, numeric, trainRows } from "../support/make-table.ts";

const PENALTIES: SplitPenalties = { lambda: 1, alpha: 0, gamma: 0, minChildWeight: 0 };

function findSplit(column: Column, gradients: number[], hessians: number[], penalties: SplitPenalties) {
  const train = trainRows(column);
  const mapper = fitBinMapper(train, [column.name]);
  const binned = binTable(mapper, train.table);
  const { nRows } = binned;
  const offsets = histogramOffsets(binned.nBins);
  const kernel = createBoostingKernel();
  const store = new HistogramStore(kernel, binned.bins, nRows, offsets);
  const everyRow = allRows(nRows);
  const pairs = kernel.allocate(16 * nRows);
  const rows = kernel.allocate(4 * nRows);
  kernel.int32(rows, nRows).set(everyRow);
  kernel.float64(pairs, 2 * nRows).set(gradients.flatMap((gradient, row) => [gradient, hessians[row]]));
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const isCategorical = column.kind === "categorical";
  const finder = new SplitFinder(kernel, [{ feature: 0, nBins: binned.nBins[0], isCategorical }], offsets, penalties);
  const node = { gradients: sum(gradients), hessians: sum(hessians) };
  const split = finder.find(store.build(rows, 0, nRows, pairs), node, Int32Array.of(0));
  const goesLeft = (row: number): boolean => {
    if (!split) return false;
    if (split.leftBins) return split.leftBins[binned.bins[row]] === 1;
    return binned.bins[row] === binned.nBins[0] ? split.missingLeft : binned.bins[row] <= split.bin;
  };
  return { split, left: [...everyRow].filter(goesLeft) };
}

/** The best gain over all ways to send whole bins to two sides that `isLegal` admits; 0 when none wins anything. */
function naiveGain(column: Column, gradients: number[], hessians: number[], penalties: SplitPenalties): number {
  const keys = [...(column.kind === "numeric" ? column.values : column.codes)];
  const present = [...new Set(keys)].filter((key) => !Number.isNaN(key) && key !== (column.kind === "numeric" ? null : -1));
  const leftSets: Set<number>[] =
    column.kind === "numeric"
      ? present.map((cut) => new Set(present.filter((key) => key <= cut)))
      : Array.from({ length: 2 ** present.length }, (_, mask) => new Set(present.filter((_, i) => (mask >> i) & 1)));
  let best = 0;
  for (const leftSet of leftSets) {
    for (const missingLeft of [true, false]) {
      const side = keys.map((key) =>
        Number.isNaN(key) || (column.kind === "categorical" && key === -1) ? missingLeft : leftSet.has(key),
      );
      if (side.every((isLeft) => isLeft === side[0])) continue;
      const total = (values: number[], isLeft: boolean) =>
        values.reduce((sum, value, i) => sum + (side[i] === isLeft ? value : 0), 0);
      const weights = [total(hessians, true), total(hessians, false)];
      if (Math.min(...weights) < penalties.minChildWeight) continue;
      const scoreOf = (isLeft: boolean[]) =>
        nodeScore(
          {
            gradients: isLeft.reduce((sum, side) => sum + total(gradients, side), 0),
            hessians: isLeft.reduce((sum, side) => sum + total(hessians, side), 0),
          },
          penalties,
        );
      const parts = scoreOf([true]) + scoreOf([false]);
      const whole = scoreOf([true, false]);
      best = Math.max(best, parts - whole);
    }
  }
  return best;
}

describe("by hand", () => {
  test("gain and leaf values follow equations 5 to 7", () => {
    const gradients = [-2, -2, 1, 3];
    const { split, left } = findSplit(numeric("x", [1, 2, 3, 4]), gradients, [1, 1, 1, 1], PENALTIES);
    expect(left).toEqual([0, 1]);
    expect(split?.gain).toBeCloseTo(16 / 3 + 16 / 3 - 0 / 5, 12);
    expect(leafValue({ gradients: -4, hessians: 2 }, PENALTIES)).toBeCloseTo(4 / 3, 12);
    expect(leafValue({ gradients: -4, hessians: 2 }, { ...PENALTIES, alpha: 1 })).toBeCloseTo(1, 12);
    expect(leafValue({ gradients: 0.5, hessians: 2 }, { ...PENALTIES, alpha: 1 })).toBeCloseTo(0, 12);
  });

  test("a gain must exceed gamma, and both sides need their weight", () => {
    const gradients = [-2, -2, 1, 3];
    const column = numeric("x", [1, 2, 3, 4]);
    const gain = 32 / 3;
    expect(findSplit(column, gradients, [1, 1, 1, 1], { ...PENALTIES, gamma: gain - 0.01 }).split).not.toBeNull();
    expect(findSplit(column, gradients, [1, 1, 1, 1], { ...PENALTIES, gamma: gain + 0.01 }).split).toBeNull();
    expect(findSplit(column, gradients, [1, 1, 1, 1], { ...PENALTIES, minChildWeight: 3 }).split).toBeNull();
  });

  test("missing values go where they fit", () => {
    const gradients = [-1, 1, -1, -1];
    expect(findSplit(numeric("x", [1, 2, null, null]), gradients, [1, 1, 1, 1], PENALTIES)).toMatchObject({
      left: [0, 2, 3],
      split: { missingLeft: true },
    });
    expect(findSplit(numeric("x", [2, 1, null, null]), gradients, [1, 1, 1, 1], PENALTIES)).toMatchObject({
      left: [1],
      split: { missingLeft: false },
    });
  });

  test("being missing can itself be the question", () => {
    const { left } = findSplit(numeric("x", [1, 1, null, null]), [1, 1, -1, -1], [1, 1, 1, 1], PENALTIES);
    expect(left).toEqual([0, 1]);
  });

  test("where none is missing, missing values follow the heavier side", () => {
    expect(findSplit(numeric("x", [1, 2, 3]), [5, -1, -1], [1, 1, 1], PENALTIES).split?.missingLeft).toBe(false);
    expect(findSplit(numeric("x", [1, 2, 3]), [-1, -1, 5], [1, 1, 1], PENALTIES).split?.missingLeft).toBe(true);
  });

  test("few categories are split one against the rest, many by groups", () => {
    expect(findSplit(categorical("c", ["a", "b", "c"]), [1, -5, 1], [1, 1, 1], PENALTIES).left).toEqual([1]);
    const { left } = findSplit(categorical("c", ["a", "b", "c", "d", "e"]), [3, -3, 3, -3, 3], [1, 1, 1, 1, 1], PENALTIES);
    expect(left).toEqual([0, 2, 4]);
  });

  test("a constant node has no split", () => {
    expect(findSplit(numeric("x", [7, 7, 7]), [1, -1, 4], [1, 1, 1], PENALTIES).split).toBeNull();
    expect(findSplit(numeric("x", [null, null]), [1, -1], [1, 1], PENALTIES).split).toBeNull();
  });
});

describe("against all possible splits", () => {
  const gradient = fc.integer({ min: -40, max: 40 }).map((value) => value / 8);
  const missing = { nil: null, freq: 4 };

  test("numbers: any cut, any side for missing values, any penalty", () => {
    const rows = fc.array(fc.tuple(fc.option(fc.integer({ min: 0, max: 6 }), missing), gradient), {
      minLength: 1,
      maxLength: 16,
    });
    const penalties = fc.record({
      lambda: fc.constantFrom(0, 1, 5),
      alpha: fc.constantFrom(0, 2),
      gamma: fc.constant(0),
      minChildWeight: fc.constantFrom(0, 2, 4),
    });
    fc.assert(
      fc.property(rows, penalties, (drawn, penalty) => {
        const column = numeric(
          "x",
          drawn.map(([key]) => key),
        );
        const gradients = drawn.map(([, value]) => value);
        const hessians = drawn.map(() => 1);
        const found = findSplit(column, gradients, hessians, penalty).split?.gain ?? 0;
        expect(found).toBeCloseTo(naiveGain(column, gradients, hessians, penalty), 9);
      }),
      { numRuns: 400 },
    );
  });

  test("categories: the best of all groupings in two is found (no penalty, none missing)", () => {
    const rows = fc.array(fc.tuple(fc.constantFrom(..."abcdefg"), gradient), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, (drawn) => {
        const column = categorical(
          "c",
          drawn.map(([key]) => key),
        );
        const gradients = drawn.map(([, value]) => value);
        const hessians = drawn.map(() => 1);
        const penalty = { ...PENALTIES, lambda: 0 };
        const found = findSplit(column, gradients, hessians, penalty).split?.gain ?? 0;
        expect(found).toBeCloseTo(naiveGain(column, gradients, hessians, penalty), 9);
      }),
      { numRuns: 200 },
    );
  });
});
