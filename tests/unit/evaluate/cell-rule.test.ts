import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { fitCellRule } from "../../../src/evaluate/cell-rule.ts";
import { findTargetRule } from "../../../src/evaluate/target-rule.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { type CategoricalColumn, type Table, takeRows } from "../../../src/table/table.ts";
import type { ClassificationTask } from "../../../src/table/task.ts";
import { categorical, table } from "../support/make-table.ts";

const features = ["a", "b", "noise"];
const task: ClassificationTask = { kind: "classification", target: "y", features, classes: ["no", "yes"] };

function planted(nRows: number, answer: (a: number, b: number, chance: number) => boolean): Table {
  const random = createRandom(5);
  const rows = Array.from({ length: nRows }, () => [random.integer(4), random.integer(4), random.integer(20), random.next()]);
  const column = (at: number) => rows.map((row) => `l${row[at]}`);
  const answers = rows.map(([a, b, , chance]) => (answer(a, b, chance) ? "yes" : "no"));
  const y = categorical("y", answers, ["no", "yes"]);
  return table(categorical("a", column(0)), categorical("b", column(1)), categorical("noise", column(2)), y);
}

const contest = { nFolds: 5, seed: 1, chance: 0.5, best: { mean: 0.8, sd: 0.01 } };

describe("fitCellRule", () => {
  test("one column that decides is named alone", () => {
    const rule = fitCellRule(trainOnAll(planted(800, (a) => a < 2)), task);
    expect(rule).toMatchObject({ columns: ["a"], isExact: true });
  });

  test("two columns that tell only together are found, the one that tells nothing stays out", () => {
    const rule = fitCellRule(trainOnAll(planted(800, (a, b) => (a + b) % 2 === 0)), task);
    expect([...rule.columns].sort()).toEqual(["a", "b"]);
    expect(rule.isExact).toBe(true);
  });

  test("probabilities are the shares of a row's cell, and those of the table in a cell never seen", () => {
    const seen = planted(800, (a, _, chance) => chance < (a + 1) / 5);
    const rule = fitCellRule(trainOnAll(seen), task);
    expect(rule).toMatchObject({ columns: ["a"], isExact: false });
    const { columns } = takeRows(seen, Int32Array.from([0, 0]));
    const [a] = columns as CategoricalColumn[];
    const strange = { nRows: 2, columns: [{ ...a, codes: Int32Array.from([a.levels.indexOf("l0"), -1]) }, ...columns.slice(1)] };
    const shares = rule.predict(strange);
    expect(shares[1]).toBeCloseTo(0.2, 1);
    expect(shares[0] + shares[1]).toBeCloseTo(1, 12);
    expect(shares[3]).toBeCloseTo(0.5, 1);
  });
});

describe("findTargetRule", () => {
  test("is scored out of fold and measured against the best model", () => {
    const rows = planted(1000, (a, _, chance) => (a < 2 ? chance < 0.8 : chance < 0.2));
    const rule = findTargetRule({ table: rows, task }, contest);
    expect(rule).toMatchObject({ columns: ["a"], kind: "majority", isUnbeaten: true });
    expect(Math.abs((rule?.score ?? 0) - 0.8)).toBeLessThan(0.04);
    expect(findTargetRule({ table: rows, task }, { ...contest, best: { mean: 0.9, sd: 0.01 } })?.isUnbeaten).toBe(false);
  });

  test("noise has no rule, a number none either", () => {
    const rows = planted(1000, (_, __, chance) => chance < 0.5);
    const { codes } = rows.columns[3] as CategoricalColumn;
    const nYes = codes.reduce((sum, code) => sum + code, 0);
    const chance = Math.max(nYes, codes.length - nYes) / codes.length;
    expect(findTargetRule({ table: rows, task }, { ...contest, chance })).toBeNull();
    expect(findTargetRule({ table: rows, task: { kind: "regression", target: "y", features } }, contest)).toBeNull();
  });
});
