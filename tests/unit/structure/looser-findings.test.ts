import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { findStructure } from "../../../src/structure/structure.ts";
import type { StructureReport } from "../../../src/structure/structure-report.ts";
import { resolveRoles } from "../../../src/table/roles.ts";
import type { Column, Table } from "../../../src/table/table.ts";
import { loadText, read } from "../table/reading.ts";

const random = createRandom(11);
const structureOf = (table: Table, target: string): StructureReport =>
  finish(findStructure(table, resolveRoles(table, target, {})));
const csv = (heading: string, n: number, row: (i: number) => readonly (string | number)[]) =>
  read(`${heading}\n${Array.from({ length: n }, (_, i) => row(i).join(",")).join("\n")}\n`).table;

describe("rules", () => {
  test("a rule with slips is told with the rows that break it, and is no exact rule", () => {
    const table = csv("city,state,noise", 600, (i) => {
      const city = random.integer(12);
      return [`c${city}`, i === 40 || i === 500 ? "s9" : `s${city >> 1}`, `n${random.integer(4)}`];
    });
    const report = structureOf(table, "noise");
    expect(report.dependencies).toEqual([]);
    expect(report.nearDependencies).toMatchObject([{ from: ["city"], to: "state", nExceptions: 2 }]);
    expect(report.nearDependencies[0].exceptions.map(({ row, value }) => [row, value])).toEqual([
      [41, "s9"],
      [501, "s9"],
    ]);
  });

  test("two columns decide a third where neither does alone", () => {
    const table = csv("plan,region,price,noise", 800, () => {
      const [plan, region] = [random.integer(4), random.integer(5)];
      return [`p${plan}`, `r${region}`, `k${(plan * 3 + region * 2) % 7}`, `n${random.integer(3)}`];
    });
    const pairs = structureOf(table, "noise").dependencies.filter(({ from }) => from.length === 2);
    expect(pairs).toContainEqual({ from: ["plan", "region"], to: "price", nFrom: 20, nTo: 7 });
    for (const { from, to } of pairs) expect([...from, to]).not.toContain("noise");
  });

  test("a column turned round is the inverse, one in other words is recoded", () => {
    const table = csv("stays,leaves,code,noise", 300, () => {
      const stays = random.integer(2) === 1;
      return [stays ? "Yes" : "No", stays ? "No" : "Yes", stays ? "A" : "B", `n${random.integer(3)}`];
    });
    const { recoded, identical } = structureOf(table, "noise");
    expect(identical).toEqual([]);
    expect(recoded.map(({ a, b, isInverse }) => [a, b, isInverse])).toEqual([
      ["stays", "leaves", true],
      ["stays", "code", false],
      ["leaves", "code", false],
    ]);
  });
});

describe("target leaks", () => {
  const withScores = csv("age,income,spend,p1,p2,left", 1500, () => {
    const left = random.integer(6) === 0;
    const score = Math.min(0.9999, Math.max(0.0001, (left ? 0.99 : 0.01) + 0.01 * random.normal()));
    const age = 18 + random.integer(50) + (left ? 6 : 0);
    return [age, random.integer(5000), random.integer(900), score.toFixed(5), (1 - score).toFixed(5), left ? "yes" : "no"];
  });

  test("two columns that are a model's own output are named, and are each other's inverse", () => {
    const report = structureOf(withScores, "left");
    expect(report.targetLeaks.map(({ column, isLikeProbability }) => [column, isLikeProbability]).sort()).toEqual([
      ["p1", true],
      ["p2", true],
    ]);
    for (const { score, accuracy, chance } of report.targetLeaks) {
      expect(score).toBeGreaterThan(0.95);
      expect(accuracy).toBeGreaterThan(0.99);
      expect(chance).toBeLessThan(0.9);
    }
    expect(report.recoded).toMatchObject([{ a: "p1", b: "p2", isInverse: true }]);
  });

  test("an honest column is none, nor is one of unseen levels, nor one that is left out", () => {
    expect(structureOf(withScores, "age").targetLeaks).toEqual([]);
    const ignoring = resolveRoles(withScores, "left", { p1: "ignore", p2: "ignore" });
    expect(finish(findStructure(withScores, ignoring)).targetLeaks).toEqual([]);
  });

  test("of a number: its copy with a little noise, not a column that explains half", () => {
    const table = csv("total,later,half,other", 1200, () => {
      const total = 10 + random.integer(900);
      return [total, total + 3 * random.normal(), total + 260 * random.normal(), random.integer(100)];
    });
    const leaks = structureOf(table, "total").targetLeaks;
    expect(leaks).toMatchObject([{ column: "later", accuracy: null, chance: null }]);
  });
});

test("five thousand columns: constants are found in all, pairs among a hundred with the target, and that is said", () => {
  const nRows = 60;
  const columns = Array.from({ length: 5000 }, (_, i): Column => {
    const levels = i % 50 === 7 ? ["same"] : ["x", "y", "z"];
    const codes = Int32Array.from({ length: nRows }, () => random.integer(levels.length));
    return { kind: "categorical", name: `c${i}`, type: "categorical", levels, codes };
  });
  const report = structureOf({ nRows, columns }, "c4900");
  expect(report.constants).toHaveLength(100);
  expect(report.columns).toHaveLength(100);
  expect(report.columns).toContain("c4900");
  expect(report.nColumnsLeft).toBe(4800);
});

const telco = loadText("../shared/data/telco_churn.csv");
test.skipIf(!telco)("telco: charges follow from others, no column gives Churn away, and 22 rows repeat", () => {
  const { table } = read(telco ?? "");
  const report = structureOf(table, "Churn");
  expect(report.derived.map(({ column }) => column)).toEqual(["MonthlyCharges", "TotalCharges"]);
  expect(report.targetLeaks).toEqual([]);
  // pandas: table.drop(columns="customerID").duplicated().sum()
  expect(report.nearDuplicates.nExact).toBe(22);
});
