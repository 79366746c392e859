import { expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { copyRows, replayLeak } from "../../../src/evaluate/leak-replay.ts";
import { cellLearner, plant, plantedTask } from "./planted.ts";

const noise = plant(400, 0, createRandom(4));
const learner = cellLearner("random-forest", 0.01);
const replay = (added = copyRows(noise, 2)) =>
  finishAsync(replayLeak({ table: noise, task: plantedTask, added, learner, random: createRandom(6) }));

test("copies before the split make noise look learnable", async () => {
  const { reported, onReal, onSynthetic, nTestReal, nTestSynthetic } = await replay();
  expect(reported).toBeGreaterThan(0.6);
  expect(onReal).toBeGreaterThan(0.6);
  const nTest = nTestReal + nTestSynthetic;
  expect(Math.abs(nTest - 240)).toBeLessThanOrEqual(3);
  expect((onReal * nTestReal + onSynthetic! * nTestSynthetic) / nTest).toBeCloseTo(reported, 12);
});

test("rows that repeat themselves lift the reported score, and leave real rows at chance", async () => {
  const { reported, onReal, onSynthetic } = await replay(copyRows(plant(30, 0, createRandom(9)), 100));
  expect(reported).toBeGreaterThan(0.8);
  expect(onSynthetic).toBeGreaterThan(0.9);
  expect(Math.abs(onReal - 1 / 3)).toBeLessThan(0.15);
});

test("without added rows there is no score on them, and no leak", async () => {
  const { reported, onReal, onSynthetic, nTestSynthetic } = await replay(copyRows(noise, 0));
  expect([onSynthetic, nTestSynthetic, onReal]).toEqual([null, 0, reported]);
  expect(Math.abs(reported - 1 / 3)).toBeLessThan(0.15);
});

test("copies are whole tables, one after the other", () => {
  const copied = copyRows(noise, 2);
  expect(copied.nRows).toBe(800);
  for (const [i, column] of copied.columns.entries()) {
    if (column.kind !== "categorical") throw new Error("planted columns are categorical");
    expect([...column.codes.subarray(0, 400)]).toEqual([...column.codes.subarray(400)]);
    expect(column.name).toBe(noise.columns[i].name);
  }
});
