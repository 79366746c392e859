import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { type ExplainableModel, explainModel, relativeRanks } from "../../../src/evaluate/explain.ts";
import { foldOf } from "../../../src/evaluate/fold-of.ts";
import { getColumn, type NumericColumn, type Table } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const nRows = 1500;
const random = createRandom(12);
const draw = () => Array.from({ length: nRows }, () => random.normal());
const [a, b] = [draw(), draw()];
const rows = table(
  numeric("a", a),
  categorical(
    "word",
    a.map((_, row) => ["x", "y", "z"][row % 3]),
  ),
  numeric("b", b),
  numeric(
    "y",
    a.map((value, row) => value + 2 * b[row]),
  ),
);
const task: Task = { kind: "regression", target: "y", features: ["a", "word", "b"] };
const valuesOf = (given: Table, name: string) => (getColumn(given, name) as NumericColumn).values;

/** a + 2 b, whose Shapley values are its two terms. */
const linear = (affordableRows: number): ExplainableModel => ({
  learner: "xgboost",
  unit: "value",
  gains: Float64Array.of(0.2, 0, 0.8),
  base: [0],
  affordableRows,
  predict: (given) => valuesOf(given, "a").map((value, row) => value + 2 * valuesOf(given, "b")[row]),
  *contributions(given) {
    yield { stage: "explain", done: 0, total: 1 };
    const [first, second] = [valuesOf(given, "a"), valuesOf(given, "b")];
    return new Float64Array(3 * given.nRows).map((_, at) => {
      const row = Math.floor(at / 3);
      return at % 3 === 0 ? first[row] : at % 3 === 2 ? 2 * second[row] : 0;
    });
  },
});
const fold = foldOf({ table: rows, task }, { fold: 0, nFolds: 2, seed: 5 });
const explained = (isQuick: boolean, affordableRows = 10_000, seed = 1) =>
  finish(explainModel(linear(affordableRows), fold, task, isQuick, createRandom(seed)));

describe("explainModel", () => {
  const report = explained(false);

  test("orders features by what shuffling them costs on held-out rows", () => {
    expect(report.importance.map(({ feature }) => feature)).toEqual(["b", "a", "word"]);
    expect(report).toMatchObject({ learner: "xgboost", metric: "mse", nRows: 750, nRepeats: 10 });
    expect(report.score).toBeCloseTo(0, 12);
    expect(report.importance[0]).toMatchObject({ gain: 0.8 });
    expect(report.dependence.map(({ feature }) => feature)).toEqual(["b", "a", "word"]);
  });

  test("explains held-out rows only, each by its own values", () => {
    const { shap } = report;
    expect(shap.rows).toHaveLength(500);
    const heldOut = new Set(fold.testIndex);
    shap.rows.forEach((row, i) => {
      expect(heldOut.has(row)).toBe(true);
      expect(shap.values[3 * i]).toBe(a[row]);
      expect(shap.values[3 * i + 2]).toBe(2 * b[row]);
    });
    const mean = [...shap.rows].reduce((sum, row) => sum + Math.abs(2 * b[row]), 0) / 500;
    expect(report.importance[0].meanAbsShap).toBeCloseTo(mean, 9);
    expect(shap).toMatchObject({ unit: "value", outputs: ["y"], base: [0], features: ["a", "word", "b"] });
  });

  test("ranks numbers among the explained rows, and no words", () => {
    const { ranks, rows: of } = report.shap;
    const byValue = [...of.keys()].sort((i, j) => a[of[i]] - a[of[j]]);
    expect(ranks[3 * byValue[0]]).toBe(0);
    expect(ranks[3 * byValue[499]]).toBe(1);
    expect(Number.isNaN(ranks[1])).toBe(true);
  });

  test("explains fewer rows where time is short or speed is asked for", () => {
    expect(explained(false, 60).shap.rows).toHaveLength(60);
    const quick = explained(true);
    expect(quick.shap.rows).toHaveLength(200);
    expect(quick.nRepeats).toBe(5);
  });

  test("the same seed gives the same report", () => {
    expect(explained(true, 100, 9)).toEqual(explained(true, 100, 9));
    expect(explained(true, 100, 9).shap.rows).not.toEqual(explained(true, 100, 10).shap.rows);
  });
});

test("relativeRanks shares the mean rank among equals and skips missing values", () => {
  const ranks = relativeRanks(Float64Array.of(5, Number.NaN, 1, 5, 9));
  expect([...ranks]).toEqual([0.5, Number.NaN, 0, 0.5, 1]);
  expect([...relativeRanks(Float64Array.of(2, 2))]).toEqual([0.5, 0.5]);
  expect([...relativeRanks(Float64Array.of(7))]).toEqual([0.5]);
});
