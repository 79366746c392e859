import { expect, test } from "vitest";
import { TrendloomError } from "../../../src/core/errors.ts";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { type DrawPlan, drawForLedger } from "../../../src/evaluate/ledger-draws.ts";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { fitSequentialTrees } from "../../../src/samplers/sequential-trees.ts";
import { fitShuffler } from "../../../src/samplers/shuffler.ts";
import { splitFold } from "../../../src/table/split-rows.ts";
import { allRows, type CategoricalColumn, getColumn, type Table, takeRows } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { plant, plantedTask } from "./planted.ts";

const whole = plant(400, 0.7, createRandom(8));
const classesOf = (table: Table) => (getColumn(table, "y") as CategoricalColumn).codes;
/** Two of three rows of the last class are gone. */
const uneven = takeRows(
  whole,
  allRows(400).filter((row) => classesOf(whole)[row] !== 2 || row % 3 === 0),
);
const fold = splitFold(uneven, "y", 4, 1, createRandom(1));
const nTrain = fold.train.table.nRows;
const everything: DrawPlan = { nDraws: 2, isTripleNeeded: true, isBalanceNeeded: true };
const countsOf = (table: Table): number[] => [0, 1, 2].map((code) => classesOf(table).filter((each) => each === code).length);

test.each([
  ["shuffler", () => fitShuffler(fold.train)],
  ["sequential trees", () => finish(fitSequentialTrees(fold.train, createRandom(3)))],
] as const)("%s: each draw has the rows of every arm", async (_, fit) => {
  const draws = await drawForLedger(fit(), fold, plantedTask, everything, createRandom(2));
  expect(draws).toHaveLength(2);
  for (const { train, tripled, test: held, balanced } of draws) {
    expect([train.nRows, tripled!.nRows, held.nRows]).toEqual([nTrain, 3 * nTrain, fold.test.table.nRows]);
    expect(takeRows(tripled!, allRows(nTrain))).toEqual(train);
    const real = countsOf(fold.train.table);
    const largest = Math.max(...real);
    expect(countsOf(balanced!).map((count, code) => count + real[code])).toEqual([largest, largest, largest]);
  }
  expect(draws[1].train).not.toEqual(draws[0].train);
  expect(draws[1].balanced).not.toEqual(draws[0].balanced);
  expect(await drawForLedger(fit(), fold, plantedTask, everything, createRandom(2))).toEqual(draws);
});

test("draws no more than is asked for, and balances no numbers", async () => {
  const plan = { nDraws: 1, isTripleNeeded: false, isBalanceNeeded: false };
  const [plain] = await drawForLedger(fitShuffler(fold.train), fold, plantedTask, plan, createRandom(2));
  expect(plain).toMatchObject({ tripled: null, balanced: null });
  const numeric: Task = { kind: "regression", target: "y", features: ["a", "b"] };
  const [ofNumbers] = await drawForLedger(fitShuffler(fold.train), fold, numeric, everything, createRandom(2));
  expect(ofNumbers.balanced).toBeNull();
});

test("a class that a sampler protects stays as it is; other failures are told", async () => {
  const shuffler = fitShuffler(fold.train);
  const failing = (error: Error): Sampler => ({
    sample(nRows, conditions, random) {
      if (conditions.some(({ value }) => value === "r")) throw error;
      return shuffler.sample(nRows, conditions, random);
    },
  });
  const protecting = failing(new TrendloomError("condition-impossible"));
  const [draw] = await drawForLedger(protecting, fold, plantedTask, everything, createRandom(2));
  expect(countsOf(draw.balanced!)[2]).toBe(0);
  const broken = failing(new Error("broken"));
  await expect(drawForLedger(broken, fold, plantedTask, everything, createRandom(2))).rejects.toThrow("broken");
});
