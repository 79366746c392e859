import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { hashPositions, recordFit } from "../../../src/evaluate/fit-record.ts";
import { addSynthetic, splitFold, type TestRows } from "../../../src/table/split-rows.ts";
import { allRows } from "../../../src/table/table.ts";
import { plant } from "./planted.ts";

const about = { learner: "xgboost", fold: 1, mode: "real-only", seed: 3, stream: "learners" } as const;
const table = plant(200, 0, createRandom(1));

test("counts and fingerprints are those of the rows that were handed over", () => {
  const { train, test: held } = splitFold(table, "y", 5, 1, createRandom(3));
  expect(recordFit(train, held, about)).toEqual({
    ...about,
    nTrain: 160,
    nSynthetic: 0,
    nTest: 40,
    trainRows: hashPositions(train.positions),
    testRows: hashPositions(held.positions),
    nSharedRows: 0,
    nSharedGroups: 0,
  });
  expect(recordFit(addSynthetic(train, plant(30, 0, createRandom(2))), held, about)).toMatchObject({
    nTrain: 160,
    nSynthetic: 30,
  });
});

test("a leak is seen: rows, or twins, on both sides", () => {
  const { train } = splitFold(table, "y", 5, 1, createRandom(3));
  expect(recordFit(train, train as unknown as TestRows, about)).toMatchObject({ nSharedRows: 160, nSharedGroups: 0 });
  const groups = Int32Array.from(allRows(200), (row) => row >> 1);
  const kept = splitFold(table, "y", 5, 0, createRandom(3), groups);
  expect(recordFit(kept.train, kept.test, about).nSharedGroups).toBe(0);
  const parted = splitFold(table, "y", 5, 0, createRandom(3));
  const withGroups = <Rows extends { positions: Int32Array }>(rows: Rows): Rows => ({
    ...rows,
    groups: rows.positions.map((row) => groups[row]),
  });
  expect(recordFit(withGroups(parted.train), withGroups(parted.test), about).nSharedGroups).toBeGreaterThan(20);
});

test("the fingerprint tells rows and their order apart", () => {
  const hashes = [[], [0], [1], [0, 1], [1, 0], [256]].map((rows) => hashPositions(Int32Array.from(rows)));
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(hashes[0]).toBe("811c9dc5");
});
