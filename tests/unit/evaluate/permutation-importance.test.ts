import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { importanceMetric, permutationImportance } from "../../../src/evaluate/permutation-importance.ts";
import { getColumn, type NumericColumn, type Table } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { numeric, table } from "../support/make-table.ts";

const random = createRandom(31);
const draw = (n: number) => Array.from({ length: n }, () => random.normal());
const [a, b, c] = [draw(400), draw(400), draw(400)];
const rows = table(
  numeric("a", a),
  numeric("b", b),
  numeric("c", c),
  numeric(
    "y",
    a.map((value, row) => 3 * value + b[row]),
  ),
);
const task: Task = { kind: "regression", target: "y", features: ["a", "b", "c"] };
/** Knows how y was made. */
const oracle = {
  predict: (given: Table) => {
    const [first, second] = ["a", "b"].map((name) => (getColumn(given, name) as NumericColumn).values);
    return first.map((value, row) => 3 * value + second[row]);
  },
};
const measure = (seed: number, isAsked = (feature: number) => feature < 2) =>
  finish(permutationImportance(oracle, rows, task, isAsked, 10, createRandom(seed)));

describe("permutationImportance", () => {
  test("shuffling a feature costs twice its share of the variance", () => {
    const { score, worsening } = measure(1);
    const variance = (values: number[]) =>
      values.reduce((sum, value) => sum + value ** 2, 0) / 400 - (values.reduce((s, v) => s + v, 0) / 400) ** 2;
    expect(score).toBeCloseTo(0, 12);
    expect(Math.abs(worsening[0].mean / (2 * 9 * variance(a)) - 1)).toBeLessThan(0.1);
    expect(Math.abs(worsening[1].mean / (2 * variance(b)) - 1)).toBeLessThan(0.1);
    for (const { mean, low, high } of worsening.slice(0, 2)) {
      expect(low).toBeLessThan(mean);
      expect(high - mean).toBeCloseTo(mean - low, 12);
      expect(high - low).toBeLessThan(mean);
    }
    expect(worsening[2]).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test("a feature without effect costs nothing when it is tried, too", () => {
    expect(measure(1, () => true).worsening[2]).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test("the same seed gives the same numbers, another one others", () => {
    expect(measure(4)).toEqual(measure(4));
    expect(measure(5).worsening[0].mean).not.toBe(measure(4).worsening[0].mean);
  });

  test("nine of ten intervals over 40 seeds hold the mean over all of them", () => {
    const estimates = Array.from({ length: 40 }, (_, seed) => measure(100 + seed).worsening[0]);
    const mean = estimates.reduce((sum, estimate) => sum + estimate.mean / 40, 0);
    expect(estimates.filter(({ low, high }) => low <= mean && mean <= high).length).toBeGreaterThanOrEqual(36);
  });

  test("on noise nine of ten intervals over 40 tables hold 0, though shuffles of the same rows agree with each other", () => {
    const held = Array.from({ length: 40 }, (_, seed) => {
      const own = createRandom(500 + seed);
      const noise = () => Array.from({ length: 200 }, () => own.normal());
      const noisy = table(numeric("a", noise()), numeric("b", noise()), numeric("c", noise()), numeric("y", noise()));
      return finish(permutationImportance(oracle, noisy, task, (feature) => feature === 1, 10, own.split("shuffles")))
        .worsening[1];
    });
    expect(held.filter(({ low, high }) => low <= 0 && high >= 0).length).toBeGreaterThanOrEqual(36);
  });
});

test("classes are measured by log loss, numbers by the mean squared error", () => {
  expect(importanceMetric(task)).toBe("mse");
  expect(importanceMetric({ kind: "classification", target: "y", features: [], classes: ["a", "b"] })).toBe("logLoss");
});
