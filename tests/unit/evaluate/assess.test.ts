import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { assess } from "../../../src/evaluate/assess.ts";
import { testColumns } from "../../../src/evaluate/column-signal.ts";
import type { FoldResult } from "../../../src/evaluate/fold-result.ts";
import type { Learner } from "../../../src/evaluate/learner.ts";
import type { CategoricalColumn, NumericColumn, Table } from "../../../src/table/table.ts";
import { classCodes, type Task } from "../../../src/table/task.ts";
import { cellLearner, meanLearner, plant, plantedTask, runArms } from "./planted.ts";

const nFolds = 5;
const seed = 3;
const testedColumns = (table: Table, task: Task) => finish(testColumns({ table, task }, createRandom(seed)));
const fitted = (table: Table, results: readonly FoldResult[], task: Task = plantedTask) =>
  finish(assess({ table, task, results, columns: testedColumns(table, task), nFolds, seed }));
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
    expect(forest.curves.map(({ value }) => value)).toEqual(["p", "q", "r"]);
    for (const [c, curves] of forest.curves.entries()) {
      expect(curves.share).toBeCloseTo(counts[c] / 2000, 12);
      expect(curves.rocAuc).toBeGreaterThan(0.8);
      expect(curves.averagePrecision).toBeGreaterThan(2 * curves.share);
      expect(curves.calibration.counts.reduce((sum, count) => sum + count, 0)).toBe(2000);
    }
    expect(forest).toMatchObject({ thresholds: null, scatter: null, tuning: null, facts: {} });
    expect(report.classShares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test("cuts the rarer of two classes where the other folds say", async () => {
    const table = plant(900, 0.6, createRandom(6));
    const target = table.columns[2] as CategoricalColumn;
    const twoClasses = { ...target, levels: ["p", "q"], codes: target.codes.map((code) => (code === 0 ? 0 : 1)) };
    const halved: Table = { ...table, columns: [...table.columns.slice(0, 2), twoClasses] };
    const task: Task = { ...plantedTask, classes: ["p", "q"] };
    const learner: Learner = {
      ...cellLearner("random-forest", 1),
      *fit(train) {
        const nCells = 400;
        const sums = new Float64Array(2 * nCells).fill(0.5);
        const cell = (of: Table, row: number): number => {
          const [a, b] = of.columns as CategoricalColumn[];
          return 20 * a.codes[row] + b.codes[row];
        };
        classCodes(train.table, task).forEach((code, row) => {
          sums[2 * cell(train.table, row) + code]++;
        });
        yield { stage: "toy", done: 1, total: 1 };
        return {
          facts: { rounds: train.table.nRows },
          predict: (of: Table) =>
            Float64Array.from({ length: 2 * of.nRows }, (_, i) => {
              const at = 2 * cell(of, i >> 1);
              return sums[at + (i % 2)] / (sums[at] + sums[at + 1]);
            }),
        };
      },
    };
    const searches = [1, 0].map((fold) => ({
      learner: "random-forest" as const,
      fold,
      method: "halving" as const,
      nTrials: 9,
      params: { maxDepth: fold },
      score: 0.6,
      defaultScore: 0.7,
    }));
    const results = await runArms(halved, task, learner, nFolds, seed, realOnly);
    const [model] = finish(assess({ table: halved, task, results, columns: [], nFolds, seed, searches })).models;
    const { thresholds, curves, tuning, facts } = model;
    expect(thresholds).toMatchObject({ value: "p", nPositive: classCodes(halved, task).filter((code) => code === 0).length });
    expect(thresholds?.folds).toHaveLength(nFolds);
    const half = thresholds!.thresholds.findIndex((cut) => cut >= 0.5);
    const chosen = thresholds!.chosen!;
    const atHalf =
      (2 * thresholds!.truePositives[half]) /
      (thresholds!.truePositives[half] + thresholds!.falsePositives[half] + thresholds!.nPositive);
    expect(chosen.f1).toBeGreaterThan(atHalf - 0.02);
    expect(chosen.truePositives + chosen.falseNegatives).toBe(thresholds!.nPositive);
    expect(curves[0].rocAuc).toBeCloseTo(curves[1].rocAuc, 12);
    expect(tuning).toEqual({
      method: "halving",
      nTrials: 9,
      folds: [0, 1].map((maxDepth) => ({ params: { maxDepth }, score: 0.6, defaultScore: 0.7 })),
    });
    expect(facts.rounds.mean).toBe(720);
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
    expect(report.models[0]).toMatchObject({ confusion: [], curves: [], thresholds: null });
    const { predicted, actual } = report.models[0].scatter!;
    expect(actual).toEqual((table.columns[1] as NumericColumn).values);
    expect(new Set(predicted)).toHaveLength(nFolds);
    expect(report.classShares).toEqual([]);
  });
});
