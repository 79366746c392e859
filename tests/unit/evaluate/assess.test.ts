import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { assess } from "../../../src/evaluate/assess.ts";
import type { FoldResult } from "../../../src/evaluate/fold-result.ts";
import type { Table } from "../../../src/table/table.ts";
import { classCodes, type Task } from "../../../src/table/task.ts";
import { cellLearner, meanLearner, plant, plantedTask, runArms } from "./planted.ts";

const nFolds = 5;
const seed = 3;
const fitted = (table: Table, results: readonly FoldResult[], task: Task = plantedTask) =>
  finish(assess({ table, task, results, nFolds, seed }));
const realOnly = [{ mode: "real-only" }] as const;

describe("assess", () => {
  test("calls a planted target predictable, and its own learner the one that shows it", async () => {
    const table = plant(2000, 0.9, createRandom(1));
    const results = [
      ...(await runArms(table, plantedTask, cellLearner("random-forest", 1), nFolds, seed, realOnly)),
      ...(await runArms(table, plantedTask, cellLearner("xgboost", 0.01), nFolds, seed, realOnly)),
      ...(await runArms(table, plantedTask, cellLearner("ml-random-forest", 1), nFolds, seed, realOnly)).slice(0, 1),
    ];
    const report = fitted(table, results);
    expect(report.signal).toMatchObject({ verdict: "predictable", learner: "random-forest", pValue: 0.0005, target: "y" });
    expect(report.signal.score).toBeGreaterThan(0.75);
    expect(report.signal.chance).toBeLessThan(0.45);
    expect(report.models.map(({ learner, nFolds: n }) => [learner, n])).toEqual([
      ["random-forest", 5],
      ["xgboost", 5],
      ["ml-random-forest", 1],
    ]);
    const [forest] = report.models;
    expect(forest.metrics.accuracy.folds).toHaveLength(5);
    const counts = forest.confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
    const codes = classCodes(table, plantedTask);
    expect(counts).toEqual([0, 1, 2].map((code) => codes.filter((own) => own === code).length));
    const nRight = results.slice(0, 5).reduce((sum, { real, testIndex }) => sum + real.accuracy * testIndex.length, 0);
    expect(forest.confusion.reduce((sum, row, c) => sum + row[c], 0)).toBeCloseTo(nRight, 9);
    expect(report.classShares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test("finds nothing where nothing was planted", async () => {
    const table = plant(600, 0, createRandom(2));
    const report = fitted(table, await runArms(table, plantedTask, cellLearner("random-forest", 1), nFolds, seed, realOnly));
    expect(report.signal.verdict).toBe("none");
    expect(report.signal.pValue).toBeGreaterThan(0.05);
  });

  test("does not care in which order the folds came", async () => {
    const table = plant(200, 0.5, createRandom(4));
    const results = await runArms(table, plantedTask, cellLearner("neural", 1), nFolds, seed, realOnly);
    expect(fitted(table, [...results].reverse())).toEqual(fitted(table, results));
  });

  test("reads numbers by R², against the mean", async () => {
    const random = createRandom(5);
    const column = (name: string) =>
      ({
        kind: "numeric",
        name,
        type: "numeric",
        values: Float64Array.from({ length: 100 }, () => random.next()),
        step: 0,
      }) as const;
    const table: Table = { nRows: 100, columns: [column("x"), column("y")] };
    const task: Task = { kind: "regression", target: "y", features: ["x"] };
    const report = fitted(table, await runArms(table, task, meanLearner, nFolds, seed, realOnly), task);
    expect(report.signal.verdict).toBe("none");
    expect(report.signal.score).toBeCloseTo(report.signal.chance, 12);
    expect(report.models[0].confusion).toEqual([]);
    expect(report.classShares).toEqual([]);
  });
});
