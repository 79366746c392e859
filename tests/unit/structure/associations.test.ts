import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { MeasuredColumn, measureOfPair, measurePair, midRanks } from "../../../src/structure/association-measures.ts";
import type { AssociationMeasure, AssociationsReport, PairMeasure } from "../../../src/structure/association-report.ts";
import { testAssociations } from "../../../src/structure/test-associations.ts";
import type { Table } from "../../../src/table/table.ts";
import { categorical, numeric, table as tableOf } from "../support/make-table.ts";
import { loadText, read } from "../table/reading.ts";

interface Golden {
  readonly correlations: readonly (readonly [string, string, number, number, number])[];
  readonly ratios: readonly (readonly [string, string, number])[];
  readonly mutualInformation: readonly (readonly [string, string, number])[];
  readonly tests: readonly {
    readonly a: string;
    readonly b: string;
    readonly measure: AssociationMeasure;
    readonly permutation: number;
    readonly asymptotic: number;
  }[];
}
/** Made by tests/golden/make/associations.py. */
const golden: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(new URL("../../golden/associations.json", import.meta.url), "utf8"),
);

const NAMING = new Set(["Customer ID", "customerID"]);
const namesOf = (table: Table) => table.columns.map(({ name }) => name).filter((name) => !NAMING.has(name));
const measured = (table: Table, measure: AssociationMeasure, names = namesOf(table)): AssociationsReport =>
  finish(testAssociations(table, names, measure));

function find(report: AssociationsReport, a: string, b: string) {
  const pair = report.pairs.find((each) => (each.a === a && each.b === b) || (each.a === b && each.b === a));
  if (!pair) throw new Error(`${a} and ${b} were not compared`);
  return pair;
}

const files = {
  shopping: loadText("../shared/data/shopping_trends.csv"),
  telco: loadText("../shared/data/telco_churn.csv"),
};

describe.each(Object.entries(files))("%s", (name, text) => {
  const { correlations, ratios, mutualInformation, tests } = golden[name];

  test.skipIf(!text)("values agree with scipy, pandas and scikit-learn", () => {
    const { table } = read(text ?? "");
    const columns = new Map(table.columns.map((column) => [column.name, new MeasuredColumn(column)]));
    const measure = (by: PairMeasure, a: string, b: string) => {
      const [first, second] = [columns.get(a), columns.get(b)];
      if (!first || !second || measureOfPair(by, first, second) !== by) throw new Error(`${by} is not made for ${a} and ${b}`);
      return measurePair(by, first, second);
    };
    for (const [a, b, r, rho, nRows] of correlations) {
      expect(measure("pearson", a, b)).toEqual({ value: expect.closeTo(r, 10), nRows });
      expect(measure("spearman", a, b)).toEqual({ value: expect.closeTo(rho, 10), nRows });
    }
    for (const [a, b, value] of ratios) expect(measure("correlation-ratio", a, b).value).toBeCloseTo(value, 10);
    for (const [a, b, value] of mutualInformation) expect(measure("mutual-information", a, b).value).toBeCloseTo(value, 10);
  });

  test.skipIf(!text)("p-values agree with scipy's permutations, and in the tail with the asymptotic test", () => {
    const { table } = read(text ?? "");
    const names = [...new Set(tests.flatMap(({ a, b }) => [a, b]))];
    const report = measured(table, "by-kind", names);
    for (const { a, b, measure, permutation, asymptotic } of tests) {
      const pair = find(report, a, b);
      expect(pair.measure).toBe(measure);
      // Ours is let go after 50 permutations as large: three times the error of a share of 50 in so many.
      if (permutation > 0.02) expect(Math.abs(pair.pValue - permutation) / permutation).toBeLessThan(3 / Math.sqrt(50));
      else expect(Math.abs(Math.log10(pair.pValue) / Math.log10(asymptotic) - 1)).toBeLessThan(0.2);
    }
  });
});

test("ranks of equal values are their mean", () => {
  expect([...midRanks(Float64Array.of(3, 1, 3, 2, 3))]).toEqual([4, 1, 4, 2, 4]);
  expect([...midRanks(new Float64Array(0))]).toEqual([]);
});

test("each measure takes the pairs it is made for, ordered words among the numbers of Spearman", () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 200 }, () => random.integer(4));
  const table = tableOf(
    numeric(
      "age",
      rows.map((row) => row + random.next()),
    ),
    categorical(
      "often",
      rows.map((row) => ["Weekly", "Monthly", "Quarterly", "Annually"][row]),
    ),
    categorical(
      "colour",
      rows.map(() => ["red", "blue"][random.integer(2)]),
    ),
    numeric(
      "amount",
      rows.map((row) => -row),
    ),
  );
  const pairsOf = (measure: AssociationMeasure) => measured(table, measure).pairs.map(({ a, b }) => `${a} ${b}`);
  expect(pairsOf("pearson")).toEqual(["age amount"]);
  expect(pairsOf("spearman")).toEqual(["age often", "age amount", "often amount"]);
  expect(pairsOf("correlation-ratio")).toEqual(["age often", "age colour", "often amount", "colour amount"]);
  expect(pairsOf("cramers-v")).toHaveLength(6);
  expect(measured(table, "by-kind").pairs.map(({ measure }) => measure)).toEqual([
    "correlation-ratio",
    "correlation-ratio",
    "pearson",
    "cramers-v",
    "correlation-ratio",
    "correlation-ratio",
  ]);
  expect(find(measured(table, "spearman"), "often", "amount").value).toBeCloseTo(1, 12);
  expect(find(measured(table, "pearson"), "age", "amount").value).toBeLessThan(-0.9);
});

test("missing values: numbers without one are left out and permuted among the rest, a missing category is one of its own", () => {
  const random = createRandom(9);
  const codes = Array.from({ length: 300 }, () => random.integer(3));
  const table = tableOf(
    numeric(
      "x",
      codes.map((code, row) => (row % 5 === 0 ? null : code)),
    ),
    numeric(
      "y",
      codes.map((code, row) => (row % 7 === 0 ? null : code + random.next())),
    ),
    categorical(
      "z",
      codes.map((code) => (code === 0 ? null : `v${code}`)),
    ),
  );
  const report = measured(table, "by-kind");
  expect(find(report, "x", "y")).toMatchObject({ nRows: 206, measure: "pearson" });
  expect(find(report, "x", "z")).toMatchObject({ nRows: 240, value: expect.closeTo(1, 12) });
  for (const pair of report.pairs) expect(pair.pValue).toBeLessThan(1e-6);
});

test("p-values of independent columns are spread evenly, and few of them survive the correction", () => {
  const random = createRandom(21);
  const columns = Array.from({ length: 16 }, (_, i) => {
    const draw = (): number => (i % 2 === 0 ? random.normal() : random.integer(3 + i));
    const values = Array.from({ length: 250 }, draw);
    return i % 2 === 0 ? numeric(`c${i}`, values) : categorical(`c${i}`, values.map(String));
  });
  for (const measure of ["by-kind", "mutual-information"] as const) {
    const { pairs, nRowsPermuted } = measured(tableOf(...columns), measure);
    expect({ nPairs: pairs.length, nRowsPermuted }).toEqual({ nPairs: 120, nRowsPermuted: 250 });
    const sorted = pairs.map(({ pValue }) => pValue).sort((a, b) => a - b);
    // Kolmogorov's distance to the uniform distribution; 1.63 / √120 is its 99 % bound.
    const distance = Math.max(...sorted.map((p, i) => Math.max(Math.abs(p - i / 120), Math.abs(p - (i + 1) / 120))));
    expect(distance).toBeLessThan(0.15);
    for (const { pValue, qValue } of pairs) expect(qValue).toBeGreaterThanOrEqual(pValue);
  }
});

test("many pairs are permuted on fewer rows, and the report says on how many", () => {
  const random = createRandom(4);
  const columns = Array.from({ length: 33 }, (_, i) =>
    numeric(
      `n${i}`,
      Array.from({ length: 2500 }, () => random.normal()),
    ),
  );
  const table = tableOf(...columns);
  const names = table.columns.map(({ name }) => name);
  expect(measured(table, "pearson", names.slice(0, 3))).toMatchObject({ nRows: 2500, nRowsPermuted: 2500 });
  expect(measured(table, "pearson", names)).toMatchObject({ nRows: 2500, nRowsPermuted: 2000, nPermutations: 499 });
});

test("the same table gives the same p-values", () => {
  const random = createRandom(11);
  const column = (name: string) =>
    numeric(
      name,
      Array.from({ length: 80 }, () => random.integer(9)),
    );
  const table = tableOf(column("a"), column("b"), column("c"));
  expect(measured(table, "spearman")).toEqual(measured(table, "spearman"));
});
