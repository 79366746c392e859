import { describe, expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { LeakScores } from "../../../src/evaluate/leak-replay.ts";
import type { Column } from "../../../src/table/table.ts";
import { makeTask } from "../../../src/table/task.ts";
import type { LearningTable, ReplayRequest } from "../../../src/workers/learn.jobs.ts";
import { makeLeak } from "../../../src/workers/make-leak.ts";
import { plant, plantedTask } from "../evaluate/planted.ts";
import { loadTable } from "../support/load-table.ts";

const shopping = loadTable("../shared/data/shopping_trends.csv");
const target = "Frequency of Purchases";

/** The recipe reads numbers in their own steps. */
const inSteps = (column: Column): Column =>
  column.kind === "numeric" ? { ...column, step: column.name === "Review Rating" ? 0.1 : 1 } : column;

function learningTable(): LearningTable {
  if (!shopping) throw new Error("skipped");
  const columns = shopping.columns.filter(({ name }) => name !== "Customer ID").map(inSteps);
  const table = { nRows: shopping.nRows, columns };
  return { table, task: makeTask(table, target, () => "feature", 2), rows: new Int32Array(0) };
}

const request = (change: Partial<ReplayRequest>): ReplayRequest => ({
  mistake: "duplicates-before-split",
  learner: "random-forest",
  params: { nTrees: 30, minLeafRows: 1 },
  seed: 42,
  rows: null,
  recipe: { nSteps: 5000, nRows: 60_000 },
  ...change,
});
const make = (change: Partial<ReplayRequest>): Promise<LeakScores> => finishAsync(makeLeak(learningTable(), request(change)));

describe.skipIf(!shopping)("on the shopping table, whose target nothing predicts", () => {
  test("rows copied before the split report at least 0.95", async () => {
    const { reported, onReal, onSynthetic } = await make({});
    expect(reported).toBeGreaterThanOrEqual(0.95);
    expect(onReal).toBeGreaterThanOrEqual(0.95);
    expect(onSynthetic).toBeGreaterThanOrEqual(0.95);
  });

  test("the notebook's recipe reports more than 0.6, its real rows are at chance", { timeout: 180_000 }, async () => {
    const { reported, onReal, onSynthetic, nTestReal } = await make({ mistake: "notebook-recipe" });
    expect(reported).toBeGreaterThan(0.6);
    expect(onSynthetic).toBeGreaterThan(reported);
    expect(Math.abs(onReal - 0.143)).toBeLessThanOrEqual(0.03);
    expect(nTestReal).toBeGreaterThan(600);
  });
});

test("our own generator's rows are handed in", async () => {
  const table = plant(300, 0.7, createRandom(1));
  const learning: LearningTable = { table, task: plantedTask, rows: new Int32Array(0) };
  const rows = plant(150, 0.7, createRandom(2));
  const mistake = "our-gan-before-split";
  const { nTestReal, nTestSynthetic } = await finishAsync(makeLeak(learning, request({ mistake, rows })));
  expect(Math.abs(nTestReal + nTestSynthetic - 90)).toBeLessThanOrEqual(3);
  await expect(finishAsync(makeLeak(learning, request({ mistake })))).rejects.toThrow("needs the generator's rows");
});
