import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { dealFolds } from "../../../src/table/deal-folds.ts";
import { holdBack, innerFolds, splitFold, takeShare, trainOnAll } from "../../../src/table/split-rows.ts";
import { allRows, type CategoricalColumn, type Table } from "../../../src/table/table.ts";

const N_FOLDS = 5;
const LEVELS = ["p", "q", "r"];

function target(nRows: number, seed: number): CategoricalColumn {
  const random = createRandom(seed);
  const codes = Int32Array.from({ length: nRows }, () => Math.min(2, random.integer(5)));
  return { kind: "categorical", name: "y", type: "categorical", codes, levels: LEVELS };
}

/** Groups of up to `largest` rows, rows of a group strewn over the table. */
function strewn(nRows: number, largest: number, seed: number): Int32Array {
  const random = createRandom(seed);
  const groups = new Int32Array(nRows);
  let group = 0;
  for (let row = 0; row < nRows; group++) {
    const size = 1 + random.integer(largest);
    for (let i = 0; i < size && row < nRows; i++) groups[row++] = group;
  }
  return random.shuffle(groups);
}

const straddles = (groups: Int32Array, assignment: Int32Array): number => {
  const folds = new Map<number, Set<number>>();
  groups.forEach((group, row) => {
    folds.set(group, (folds.get(group) ?? new Set()).add(assignment[row]));
  });
  return [...folds.values()].filter((set) => set.size > 1).length;
};

/** Rows by fold and class. */
function countByFold(assignment: Int32Array, codes: Int32Array): number[][] {
  const counts = Array.from({ length: N_FOLDS }, () => [0, 0, 0]);
  assignment.forEach((fold, row) => {
    counts[fold][codes[row]]++;
  });
  return counts;
}

describe("dealFolds", () => {
  test.each([2, 4, 9])("groups of up to %i rows stay whole, and classes stay even", (largest) => {
    const y = target(1500, largest);
    const groups = strewn(1500, largest, 7);
    const assignment = dealFolds(y, N_FOLDS, createRandom(1), groups);
    expect(straddles(groups, assignment)).toBe(0);
    expect(straddles(groups, dealFolds(y, N_FOLDS, createRandom(1), null))).toBeGreaterThan(100);
    const counts = countByFold(assignment, y.codes);
    for (const c of [0, 1, 2]) {
      const ofClass = counts.map((fold) => fold[c]);
      expect(Math.max(...ofClass) - Math.min(...ofClass)).toBeLessThanOrEqual(largest);
    }
  });

  test("where every row stands for itself nothing moves; one pair moves two rows at most", () => {
    const y = target(400, 3);
    const plain = dealFolds(y, N_FOLDS, createRandom(4), null);
    expect(dealFolds(y, N_FOLDS, createRandom(4), allRows(400))).toEqual(plain);
    for (let other = 1; other < 40; other++) {
      const groups = allRows(400);
      groups[other] = 0;
      const paired = dealFolds(y, N_FOLDS, createRandom(4), groups);
      expect(paired[other]).toBe(paired[0]);
      expect(paired.filter((fold, row) => fold !== plain[row]).length).toBeLessThanOrEqual(2);
      expect(countByFold(paired, y.codes)).toEqual(countByFold(plain, y.codes));
    }
  });

  test("shuffling and dealing do not share a stream: a sorted table is no worse off", () => {
    const nRows = 1000;
    const sorted = Int32Array.from(allRows(nRows), (row) => Math.floor((3 * row) / nRows));
    const assignment = dealFolds({ ...target(nRows, 1), codes: sorted }, N_FOLDS, createRandom(2), null);
    const firstHalf = countByFold(assignment.slice(0, nRows / 2), sorted.slice(0, nRows / 2)).map(([a, b]) => a + b);
    for (const count of firstHalf) expect(Math.abs(count - nRows / 10)).toBeLessThan(25);
  });
});

describe("every division of rows", () => {
  const y = target(600, 5);
  const table: Table = { nRows: 600, columns: [y] };
  const groups = strewn(600, 4, 9);
  const groupsOf = (positions: Int32Array) => new Set(positions.map((row) => groups[row]));
  const expectApart = (a: Int32Array, b: Int32Array): void => {
    const other = groupsOf(b);
    expect([...groupsOf(a)].filter((group) => other.has(group))).toEqual([]);
    expect(a.length).toBeGreaterThan(0);
    expect(b.length).toBeGreaterThan(0);
  };

  test("folds, inner folds, rows held back and shares part no group", () => {
    const { train, test: held, testIndex } = splitFold(table, "y", N_FOLDS, 2, createRandom(1), groups);
    expect(held.positions).toEqual(testIndex);
    expectApart(train.positions, held.positions);
    const back = holdBack(train, "y", 0.15, createRandom(2));
    expectApart(back.train.positions, back.test.positions);
    expectApart(back.train.positions, held.positions);
    for (const inner of innerFolds(train, "y", 3, createRandom(3))) {
      expectApart(inner.train.positions, inner.test.positions);
      expect(inner.train.groups).toEqual(inner.train.positions.map((row) => groups[row]));
    }
    const share = takeShare(train, "y", 1 / 3, createRandom(4));
    expect(Math.abs(share.positions.length - train.positions.length / 3)).toBeLessThan(12);
    const taken = new Set(share.positions);
    expectApart(
      share.positions,
      train.positions.filter((row) => !taken.has(row)),
    );
  });

  test("a table of fewer groups than folds is refused; rows held back from one group are parted after all", () => {
    const few = Int32Array.from(groups, (group) => group % 3);
    expect(() => splitFold(table, "y", N_FOLDS, 0, createRandom(1), few)).toThrow("too-few-rows");
    const back = holdBack(trainOnAll(table, new Int32Array(600)), "y", 0.2, createRandom(1));
    expect(Math.abs(back.test.positions.length - 120)).toBeLessThan(4);
  });
});
