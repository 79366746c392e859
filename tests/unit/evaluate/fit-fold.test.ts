import { describe, expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitFold } from "../../../src/evaluate/fit-fold.ts";
import { foldOf } from "../../../src/evaluate/fold-of.ts";
import type { ArmMode, FoldRequest } from "../../../src/evaluate/fold-result.ts";
import type { Learner } from "../../../src/evaluate/learner.ts";
import { classificationMetrics } from "../../../src/metrics/classification.ts";
import { type CategoricalColumn, type Table, takeRows } from "../../../src/table/table.ts";
import { classCodes } from "../../../src/table/task.ts";
import { cellLearner, N_CLASSES, plant, plantedTask } from "./planted.ts";

const table = plant(200, 0.7, createRandom(1));
const synthetic = { train: plant(160, 0.7, createRandom(2)), test: plant(40, 0.7, createRandom(3)) };
const learner = cellLearner("random-forest", 1);
const request = (mode: ArmMode, change: Partial<FoldRequest> = {}): FoldRequest => ({
  learner: learner.id,
  fold: 2,
  nFolds: 5,
  seed: 7,
  quick: false,
  mode,
  synthetic,
  ...change,
});
let clockMs = 0;
const run = (mode: ArmMode, by: Learner = learner, change: Partial<FoldRequest> = {}) =>
  finishAsync(
    fitFold({
      table,
      task: plantedTask,
      learner: by,
      request: request(mode, change),
      now: () => {
        clockMs += 1500;
        return clockMs;
      },
    }),
  );

/** Remembers what it was given to learn from, and with which randomness. */
function spy(): { learner: Learner; seen: { table: Table; draw: number }[]; nDisposed: () => number } {
  const seen: { table: Table; draw: number }[] = [];
  let nDisposed = 0;
  const fitting: Learner = {
    ...learner,
    async *fit(train, task, random) {
      seen.push({ table: train.table, draw: random.next() });
      const model = yield* learner.fit(train, task, random);
      return { ...model, dispose: () => nDisposed++ };
    },
  };
  return { learner: fitting, seen, nDisposed: () => nDisposed };
}

describe("fitFold", () => {
  test("scores the real held-out rows, the generated ones and both", async () => {
    const result = await run("augment");
    const held = foldOf({ table, task: plantedTask }, { fold: 2, nFolds: 5, seed: 7 });
    expect(result.testIndex).toEqual(held.testIndex);
    const codes = classCodes(held.test.table, plantedTask);
    expect(result.real).toEqual(classificationMetrics(codes, result.predictions, N_CLASSES));
    const nReal = codes.length;
    const nRight = nReal * result.real.accuracy + 40 * result.synthetic!.accuracy;
    expect(result.mixed?.accuracy).toBeCloseTo(nRight / (nReal + 40), 12);
    expect(result).toMatchObject({
      learner: "random-forest",
      fold: 2,
      mode: "augment",
      multiple: 1,
      fitSeconds: 1.5,
      device: "cpu",
    });
  });

  test("gives each mode its rows, never a held-out one, and its own randomness", async () => {
    const { learner: fitting, seen, nDisposed } = spy();
    for (const mode of ["real-only", "augment", "synthetic-only"] as const) await run(mode, fitting);
    const { train } = foldOf({ table, task: plantedTask }, { fold: 2, nFolds: 5, seed: 7 });
    expect(seen[0].table).toEqual(train.table);
    expect(seen[1].table.nRows).toBe(train.table.nRows + 160);
    expect(
      takeRows(
        seen[1].table,
        Int32Array.from({ length: train.table.nRows }, (_, row) => row),
      ),
    ).toEqual(train.table);
    expect(seen[2].table).toEqual(synthetic.train);
    expect(new Set(seen.map(({ draw }) => draw)).size).toBe(3);
    expect(nDisposed()).toBe(3);
  });

  test("the same request gives the same result, another seed another split", async () => {
    const [first, again, other] = [await run("real-only"), await run("real-only"), await run("real-only", learner, { seed: 8 })];
    expect(again).toEqual(first);
    expect(other.testIndex).not.toEqual(first.testIndex);
  });

  test("reads generated classes by name and drops rows of unknown or missing ones", async () => {
    const target = synthetic.test.columns[2] as CategoricalColumn;
    const levels = ["r", "other", "p", "q"];
    const renamed: CategoricalColumn = {
      ...target,
      levels,
      codes: target.codes.map((code, row) => (row === 0 ? -1 : row === 1 ? 1 : levels.indexOf(target.levels[code]))),
    };
    const shuffledLevels = { ...synthetic.test, columns: [...synthetic.test.columns.slice(0, 2), renamed] };
    const withoutTwo = takeRows(
      synthetic.test,
      Int32Array.from({ length: 38 }, (_, row) => row + 2),
    );
    const result = await run("real-only", learner, { synthetic: { train: null, test: shuffledLevels } });
    const expected = await run("real-only", learner, { synthetic: { train: null, test: withoutTwo } });
    expect(result.synthetic).toEqual(expected.synthetic);
  });

  test("without generated rows there is only the real score", async () => {
    const result = await run("real-only", learner, { synthetic: { train: null, test: null } });
    expect(result).toMatchObject({ synthetic: null, mixed: null, multiple: 0 });
  });
});
