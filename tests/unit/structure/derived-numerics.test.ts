import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { findDerivedNumerics } from "../../../src/structure/derived-numerics.ts";
import { formulaValues, fromResiduals, residualsOf } from "../../../src/structure/formula-values.ts";
import { getColumn, type Table } from "../../../src/table/table.ts";
import { loadText, read } from "../table/reading.ts";

/** Made by tests/golden/make/derived-numerics.py. */
const golden = JSON.parse(readFileSync(new URL("../../golden/derived-numerics.json", import.meta.url), "utf8"));
const telco = loadText("../shared/data/telco_churn.csv");
const shopping = loadText("../shared/data/shopping_trends.csv");

const valuesOf = (table: Table, name: string): Float64Array => {
  const column = getColumn(table, name);
  if (column.kind !== "numeric") throw new Error(`${name} is not numeric`);
  return column.values;
};

describe.skipIf(!telco)("telco", () => {
  const { table } = read(telco ?? "a,b\n1,2\n");
  const found = findDerivedNumerics(table);

  test("MonthlyCharges is linear in the services, TotalCharges a product with noise", () => {
    expect(found.map(({ column, kind }) => [column, kind])).toEqual([
      ["MonthlyCharges", "linear"],
      ["TotalCharges", "product"],
    ]);
    const [monthly, total] = found;
    expect(monthly.from).toHaveLength(8);
    expect(monthly.r2).toBeCloseTo(golden.linear.r2, 8);
    expect(monthly.residualSd).toBeCloseTo(golden.linear.residualSd, 6);
    expect(monthly.nRows).toBe(golden.linear.nRows);
    expect(total).toMatchObject({ from: ["MonthlyCharges", "tenure"], scale: 1, noiseFrom: 1 });
    expect(total.r2).toBeCloseTo(golden.product.r2, 10);
    expect(total.residualSd).toBeCloseTo(golden.product.residualSd, 8);
    expect(total.kind === "product" && total.noiseSd).toBeCloseTo(golden.product.noiseSd, 10);
    formulaValues(monthly, table)
      .slice(0, 5)
      .forEach((value, row) => {
        expect(value).toBeCloseTo(golden.linear.first[row], 6);
      });
  });

  test("residuals give the column back", () => {
    for (const formula of found) {
      const values = valuesOf(table, formula.column);
      const back = fromResiduals(formula, table, residualsOf(formula, table));
      values.forEach((value, row) => {
        // At the first month the formula leaves no room for noise: eleven totals there are missing or differ by a cent.
        if (Number.isNaN(value)) expect(back[row]).toSatisfy((x: number) => Number.isNaN(x) || formula.kind === "product");
        else if (Math.abs(back[row] - value) > 1e-6 * value) expect(valuesOf(table, "tenure")[row]).toBeLessThanOrEqual(1);
      });
    }
  });
});

test.skipIf(!shopping)("the shopping table has none", () => {
  expect(findDerivedNumerics(read(shopping ?? "").table)).toEqual([]);
});

const random = createRandom(3);
const draw = (n: number) => Array.from({ length: n }, () => random.integer(100) / 4);

test("of a sum one column is derived: the total, wherever it stands", () => {
  for (const heading of ["total,a,b", "a,total,b", "a,b,total"]) {
    const lines = Array.from({ length: 200 }, () => {
      const [a, b] = draw(2);
      const cells: Record<string, number> = { a, b, total: a + b };
      return heading
        .split(",")
        .map((name) => cells[name])
        .join(",");
    });
    const found = findDerivedNumerics(read(`${heading}\n${lines.join("\n")}\n`).table);
    expect(found).toMatchObject([{ column: "total", kind: "linear", nExact: 200 }]);
    expect([...found[0].from].sort()).toEqual(["a", "b"]);
  }
});

test("two columns that rest on each other are derived once, and one turned around has a negative coefficient", () => {
  const lines = draw(300).map((a) => `${a},${50 - 2 * a},${random.integer(1000)}`);
  const found = findDerivedNumerics(read(`a,b,c\n${lines.join("\n")}\n`).table);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ column: "b", from: ["a"], nExact: 300 });
  expect(found[0].kind === "linear" && found[0].terms[0].coefficient).toBeCloseTo(-2, 8);
});

test("noise, few rows and columns that are mostly missing make no formula", () => {
  const noisy = Array.from({ length: 300 }, () => {
    const [a, b] = draw(2);
    return `${a},${b},${a + b + 5 * random.normal()}`;
  });
  expect(findDerivedNumerics(read(`a,b,c\n${noisy.join("\n")}\n`).table)).toEqual([]);
  expect(findDerivedNumerics(read("a,b\n1,2\n2,4\n3,6\n").table)).toEqual([]);
  const sparse = draw(300).map((a, i) => `${a},${i % 3 === 0 ? 2 * a : ""},${random.integer(500)}`);
  expect(findDerivedNumerics(read(`a,b,c\n${sparse.join("\n")}\n`).table)).toEqual([]);
});
