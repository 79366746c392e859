import { expect, test } from "vitest";
import { stratifiedSample } from "../../../src/table/sample-table.ts";
import { comfortableRows, isComfortable } from "../../../src/table/size-estimate.params.ts";
import { getColumn, type Table } from "../../../src/table/table.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const N_ROWS = 10_000;
const rows = Array.from({ length: N_ROWS }, (_, i) => i);
const made = table(
  numeric("n", rows),
  categorical(
    "class",
    rows.map((i) => (i === 4321 ? "once" : i % 100 === 0 ? "rare" : i % 4 === 0 ? null : "usual")),
  ),
  categorical(
    "key",
    rows.map((i) => `K${i}`),
  ),
);

const countOf = (sample: Table, code: number): number => {
  const column = getColumn(sample, "class");
  return column.kind === "categorical" ? column.codes.filter((each) => each === code).length : -1;
};

test("every value holds its share of the sample, missing ones too, and no value is lost", () => {
  const sample = stratifiedSample(made, "class", 500);
  const column = getColumn(sample, "class");
  expect(column).toMatchObject({ levels: ["rare", "usual", "once"] });
  expect([0, 1, 2, -1].map((code) => countOf(sample, code))).toEqual([5, 374, 1, 120]);
  expect(sample.nRows).toBe(500);
});

test("rows keep their order, come once, and hold their own cells; levels that no row holds are gone", () => {
  const sample = stratifiedSample(made, "n", 300);
  const [n, , key] = sample.columns;
  if (n.kind !== "numeric" || key.kind !== "categorical") throw new Error("kinds changed");
  expect([...n.values]).toEqual([...new Set(n.values)].sort((a, b) => a - b));
  expect(key.levels).toEqual(Array.from(n.values, (value) => `K${value}`));
  // By decile of a number that counts the rows, each tenth of the table gives as many.
  const tenths = new Array<number>(10).fill(0);
  for (const value of n.values) tenths[Math.floor(value / 1000)]++;
  expect(tenths).toEqual(new Array<number>(10).fill(30));
});

test("the same table gives the same rows; one that is small enough stays whole", () => {
  expect(stratifiedSample(made, "class", 200)).toEqual(stratifiedSample(made, "class", 200));
  expect(stratifiedSample(made, "class", N_ROWS)).toBe(made);
});

test("what is comfortable", () => {
  expect([1, 19, 20, 25, 100, 5000].map(comfortableRows)).toEqual([4_000_000, 200_000, 200_000, 100_000, 40_000, 1_000]);
  expect(isComfortable({ nRows: 200_000, nColumns: 20 })).toBe(true);
  expect(isComfortable({ nRows: 1_000_000, nColumns: 19 })).toBe(false);
});
