import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { profileColumn } from "../../../src/structure/profile.ts";
import { describeColumns } from "../../../src/table/column-summary.ts";
import { type Column, cellText, getColumn, type Table } from "../../../src/table/table.ts";
import { loadText, read } from "../table/reading.ts";

interface GoldenColumn {
  readonly nDistinct: number;
  readonly nMissing: number;
  readonly longestRun: number;
  readonly alsoMissing: Readonly<Record<string, number>>;
  readonly quantiles?: readonly number[];
  readonly fences?: readonly number[];
  readonly beyond?: readonly number[];
  readonly mean?: number;
  readonly sd?: number;
  readonly nSingle?: number;
  readonly nInTopTen?: number;
}
type Golden = Readonly<Record<"columns" | "spoiled", Readonly<Record<string, GoldenColumn>>>>;
/** Made by tests/golden/make/profile.py. */
const golden: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(new URL("../../golden/profile.json", import.meta.url), "utf8"),
);

function expectProfile(table: Table, name: string, expected: GoldenColumn): void {
  const { nDistinct, missing, values } = profileColumn(table, name);
  expect({ name, nDistinct, nMissing: missing.nMissing, longestRun: missing.longestRun }).toEqual({
    name,
    nDistinct: expected.nDistinct,
    nMissing: expected.nMissing,
    longestRun: expected.longestRun,
  });
  const shares = missing.together.map((column) => [column, 1]);
  const beside = Object.fromEntries([...shares, ...missing.alsoMissing.map(({ column, share }) => [column, share])]);
  expect(beside).toEqual(expected.alsoMissing);
  if (values.kind === "categorical") {
    // pandas reads 0 and 1 as numbers: no words to count there.
    if (expected.nSingle !== undefined)
      expect(values).toMatchObject({ nSingle: expected.nSingle, nInTopTen: expected.nInTopTen });
    return;
  }
  expect(values.quantiles.map(({ value }) => value)).toEqual(expected.quantiles?.map((value) => expect.closeTo(value, 9)));
  const { low, high, nLow, nHigh } = values.outliers;
  expect([low, high]).toEqual(expected.fences?.map((value) => expect.closeTo(value, 9)));
  expect([nLow, nHigh]).toEqual(expected.beyond);
  const { summary } = describeColumns({ nRows: table.nRows, columns: [getColumn(table, name)] }).columns[0];
  expect(summary).toMatchObject({ mean: expect.closeTo(expected.mean ?? 0, 9), sd: expect.closeTo(expected.sd ?? 0, 9) });
}

/** The table that profile.py spoils in the same way. */
function spoil(table: Table): Table {
  const numbered = table.columns.findIndex(({ kind, name }, at) => kind === "numeric" && name !== "Customer ID" && at > 0);
  const without = (at: number, row: number) => (row % 7 === 3 && (at === 2 || at === 4)) || (row % 11 === 5 && at === 4);
  const columns = table.columns.map((column, at): Column => {
    if (column.kind === "categorical")
      return { ...column, codes: column.codes.map((code, row) => (without(at, row) ? -1 : code)) };
    const isLarge = (row: number) => at === numbered && [5, 50, 500].includes(row);
    return { ...column, values: column.values.map((value, row) => (isLarge(row) ? 100 * value : value)) };
  });
  return { ...table, columns };
}

describe.each([
  ["shopping", loadText("../shared/data/shopping_trends.csv")],
  ["telco", loadText("../shared/data/telco_churn.csv")],
])("%s", (file, text) => {
  test.skipIf(!text)("every column as pandas has it", () => {
    const { table } = read(text ?? "");
    for (const [name, expected] of Object.entries(golden[file].columns)) expectProfile(table, name, expected);
  });

  test.skipIf(!text)("with values missing together and outliers, as pandas has it", () => {
    const table = spoil(read(text ?? "").table);
    for (const [name, expected] of Object.entries(golden[file].spoiled)) expectProfile(table, name, expected);
  });
});

test("columns that are missing in part of the rows are told with their share", () => {
  const lines = Array.from(
    { length: 100 },
    (_, i) => `${i < 20 ? "" : "a"},${i < 5 ? "" : "b"},${i > 18 && i < 60 ? "" : "c"},d`,
  );
  const { table } = read(`w,x,y,z\n${lines.join("\n")}\n`);
  expect(cellText(table.columns[0], 19)).toBe("");
  expect(profileColumn(table, "w").missing).toMatchObject({
    nMissing: 20,
    together: [],
    alsoMissing: [
      { column: "x", share: 0.25 },
      { column: "y", share: 0.05 },
    ],
  });
});

const telco = loadText("../shared/data/telco_churn.csv");
test.skipIf(!telco)("telco: quantiles as pandas has them, and eleven totals missing far apart", () => {
  const { table } = read(telco ?? "");
  const { values, missing, nDistinct } = profileColumn(table, "TotalCharges");
  // pandas: to_numeric(TotalCharges, errors="coerce").quantile([...]), nunique()
  expect(values.kind === "numeric" && values.quantiles.map(({ value }) => value)).toEqual(
    [18.8, 19.9, 49.605, 401.45, 1397.475, 3794.7375, 6923.589999999999, 8039.882999999997, 8684.8].map((value) =>
      expect.closeTo(value, 9),
    ),
  );
  expect(values.kind === "numeric" && values.outliers).toMatchObject({ nLow: 0, nHigh: 0 });
  expect(nDistinct).toBe(6530);
  expect(missing).toMatchObject({ nMissing: 11, firstRow: 489, lastRow: 6755, longestRun: 1, together: [] });
});

test("outliers lie beyond the fences, the furthest first with their rows", () => {
  const random = createRandom(5);
  const ages = Array.from({ length: 400 }, (_, i) => (i === 211 ? 550 : i === 7 ? -90 : 18 + random.integer(53)));
  const { values } = profileColumn(read(`age,x\n${ages.map((age, i) => `${age},${i % 3}`).join("\n")}\n`).table, "age");
  expect(values.kind === "numeric" && values.outliers).toMatchObject({
    nLow: 1,
    nHigh: 1,
    furthest: [
      { row: 212, value: 550 },
      { row: 8, value: -90 },
    ],
  });
});

test("values that are missing in a stretch, together with another column", () => {
  const lines = Array.from({ length: 200 }, (_, i) => {
    const isIn = i >= 100 && i < 120;
    return `${isIn ? "" : `v${i % 4}`},${isIn ? "" : i},${i === 3 ? "" : `w${i % 2}`}`;
  });
  const { missing, values, nDistinct } = profileColumn(read(`a,b,c\n${lines.join("\n")}\n`).table, "a");
  expect(missing).toEqual({
    nMissing: 20,
    firstRow: 101,
    lastRow: 120,
    longestRun: 20,
    byTenth: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    together: ["b"],
    alsoMissing: [],
  });
  expect({ values, nDistinct }).toEqual({ values: { kind: "categorical", nSingle: 0, nInTopTen: 180 }, nDistinct: 4 });
});
