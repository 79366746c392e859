import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { findStructure } from "../../../src/structure/structure.ts";
import type { StructureReport } from "../../../src/structure/structure-report.ts";
import { describeColumns } from "../../../src/table/column-summary.ts";
import { resolveRoles } from "../../../src/table/roles.ts";
import type { Table } from "../../../src/table/table.ts";
import { loadText, read } from "../table/reading.ts";

interface Golden {
  readonly associations: readonly (readonly [string, string, number])[];
  readonly rowOrder: readonly (readonly [string, string, number])[];
}
/** Made by tests/golden/make/structure.py. */
const golden: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(new URL("../../golden/structure.json", import.meta.url), "utf8"),
);

const structureOf = (table: Table): StructureReport =>
  finish(findStructure(table, resolveRoles(table, describeColumns(table).suggestedTarget, {})));

const files = {
  shopping: loadText("../shared/data/shopping_trends.csv"),
  telco: loadText("../shared/data/telco_churn.csv"),
  sample: loadText("public/samples/shopping-sample.csv"),
  planted: loadText("public/samples/shopping-planted.csv"),
};

describe.each(Object.entries(files))("%s", (name, text) => {
  test.skipIf(!text)("associations and row order agree with pandas and scipy", () => {
    const report = structureOf(read(text ?? "").table);
    expect(report.associations.map(({ a, b }) => [a, b])).toEqual(golden[name].associations.map(([a, b]) => [a, b]));
    report.associations.forEach(({ value }, i) => {
      expect(value).toBeCloseTo(golden[name].associations[i][2], 10);
    });
    const expected = golden[name].rowOrder.filter(([, , auc]) => auc > 0.75);
    expect(report.rowOrder.map(({ column, value }) => [column, value])).toEqual(
      expected.map(([column, value]) => [column, value]),
    );
    report.rowOrder.forEach(({ auc }, i) => {
      expect(auc).toBeCloseTo(expected[i][2], 12);
    });
  });
});

describe.each([
  ["shopping", files.shopping],
  ["sample", files.sample],
])("the shopping rules in %s", (_, text) => {
  const report = text ? structureOf(read(text).table) : null;

  test.skipIf(!report)("three rules explain the seven signal pairs of 153", () => {
    expect(report).toMatchObject({
      identifiers: ["Customer ID"],
      constants: [],
      identical: [["Discount Applied", "Promo Code Used"]],
      dependencies: [{ from: ["Item Purchased"], to: "Category", nFrom: 25, nTo: 4 }],
      associations: { length: 153 },
      signalPairs: { length: 7 },
    });
    expect(report?.largestOther).toBeLessThan(0.06);
    expect(report?.columns.slice(0, 6)).toEqual([
      "Gender",
      "Subscription Status",
      "Discount Applied",
      "Promo Code Used",
      "Item Purchased",
      "Category",
    ]);
  });

  test.skipIf(!report)("four combinations occur", () => {
    expect(report?.combinations).toEqual([
      {
        columns: ["Gender", "Subscription Status", "Discount Applied", "Promo Code Used"],
        cells: [
          { values: ["Female", "No", "No", "No"], count: 1248 },
          { values: ["Male", "Yes", "Yes", "Yes"], count: 1053 },
          { values: ["Male", "No", "No", "No"], count: 975 },
          { values: ["Male", "No", "Yes", "Yes"], count: 624 },
        ],
        nCells: 4,
        nAbsent: 12,
      },
    ]);
  });

  test.skipIf(!report)("seven answers are five, and the rows are sorted", () => {
    expect(report?.synonyms).toEqual([
      {
        column: "Frequency of Purchases",
        groups: [
          ["Bi-Weekly", "Fortnightly"],
          ["Every 3 Months", "Quarterly"],
        ],
        counts: [
          [547, 542],
          [584, 563],
        ],
      },
    ]);
    expect(report?.rowOrder).toEqual([
      { column: "Gender", value: "Male", auc: 1, firstRow: 1, lastRow: 2652 },
      { column: "Subscription Status", value: "Yes", auc: 1, firstRow: 1, lastRow: 1053 },
      { column: "Discount Applied", value: "Yes", auc: 1, firstRow: 1, lastRow: 1677 },
      { column: "Promo Code Used", value: "Yes", auc: 1, firstRow: 1, lastRow: 1677 },
    ]);
  });
});

test.skipIf(!files.telco)("telco: the columns that go without internet, and the phone rule", () => {
  const report = structureOf(read(files.telco ?? "").table);
  expect(report).toMatchObject({
    identifiers: ["customerID"],
    identical: [],
    dependencies: [{ from: ["MultipleLines"], to: "PhoneService", nFrom: 3, nTo: 2 }],
    rowOrder: [],
  });
  expect(report.combinations).toHaveLength(1);
  expect(report.combinations[0].columns).toEqual(
    expect.arrayContaining(["InternetService", "OnlineSecurity", "TechSupport", "StreamingTV", "StreamingMovies"]),
  );
  expect(report.combinations[0].cells[0]).toMatchObject({ count: 1184, values: expect.arrayContaining(["No internet service"]) });
});

test("a planted frequency is a signal; columns that the user ignores are not compared", () => {
  const { table } = read(files.planted ?? "");
  const withFrequency = new Map(
    structureOf(table)
      .associations.filter(({ b }) => b === "Frequency of Purchases")
      .map(({ a, value }) => [a, value]),
  );
  for (const cause of ["Age", "Category", "Subscription Status", "Previous Purchases"])
    expect(withFrequency.get(cause)).toBeGreaterThan(0.1);
  for (const other of ["Location", "Color", "Size", "Season", "Review Rating"])
    expect(withFrequency.get(other)).toBeLessThan(0.05);
  const ignoring = finish(findStructure(table, resolveRoles(table, "Age", { "Previous Purchases": "ignore" })));
  expect(ignoring.columns).not.toContain("Previous Purchases");
  expect(ignoring.associations).toHaveLength((17 * 16) / 2);
});

test("chance makes no rule: independent columns have none", () => {
  const random = createRandom(7);
  const lines = Array.from({ length: 400 }, () => [3, 2, 5, 40].map((n) => `v${random.integer(n)}`).join(","));
  const report = structureOf(read(`a,b,c,d\n${lines.join("\n")}\n`).table);
  expect(report).toMatchObject({
    identical: [],
    dependencies: [],
    combinations: [],
    synonyms: [],
    rowOrder: [],
    signalPairs: [],
  });
});

test("a constant, a copy and a column of nothing are told apart", () => {
  const lines = Array.from({ length: 60 }, (_, i) => `k,${i % 3 ? "x" : "y"},${i % 3 ? "x" : "y"},,${i % 3}`);
  const report = structureOf(read(`a,b,c,d,e\n${lines.join("\n")}\n`).table);
  expect(report.constants).toEqual(["a", "d"]);
  expect(report.identical).toEqual([["b", "c"]]);
  expect(report.dependencies).toEqual([{ from: ["e"], to: "b", nFrom: 3, nTo: 2 }]);
  expect(report.combinations).toEqual([]);
});
