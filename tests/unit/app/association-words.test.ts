import { expect, test } from "vitest";
import {
  mapSource,
  mapTitle,
  measureChoice,
  measureNote,
  pairLines,
  pairTable,
  shownPairs,
} from "../../../src/app/screens/structure/association-words.ts";
import { ASSOCIATION_MEASURES } from "../../../src/app/state/settings.ts";
import type { AssociationsReport, StructureReport } from "../../../src/workers/data.jobs.ts";

const tested: AssociationsReport = {
  measure: "by-kind",
  pairs: [
    { a: "age", b: "spend", measure: "pearson", value: -0.42, nRows: 90, pValue: 1e-9, qValue: 3e-9 },
    { a: "age", b: "size", measure: "correlation-ratio", value: 0.9, nRows: 95, pValue: 0.2, qValue: 0.3 },
  ],
  nRows: 100_000,
  nRowsPermuted: 10_000,
  nPermutations: 499,
};
const structure = {
  associations: [{ a: "age", b: "spend", measure: "cramers-v", value: 0.1 }],
} as unknown as StructureReport;

test("falling pairs keep their sign in words and lose it in colour", () => {
  const [pair] = shownPairs(structure, tested);
  expect(pair).toMatchObject({ value: 0.42, signed: -0.42 });
  expect(pairLines(pair!)).toEqual(["Pearson’s r \u22120.420", "p < 0.001 · q < 0.001", "90 rows"]);
  const [untested] = shownPairs(structure, null);
  expect(pairLines(untested!)).toEqual(["Cramér’s V 0.100"]);
});

test("the table has the strongest pair first, and p and q where there are tests", () => {
  const table = pairTable(shownPairs(structure, tested), (column) => column.toUpperCase());
  expect(table.columns.map(({ label }) => label)).toEqual(["Column", "With", "Measure", "Value", "p", "q", "Rows"]);
  expect(table.rows).toEqual([
    ["AGE", "SIZE", "η", "0.900", "0.20", "0.30", "95"],
    ["AGE", "SPEND", "Pearson’s r", "\u22120.420", "< 0.001", "< 0.001", "90"],
  ]);
  expect(pairTable(shownPairs(structure, null), (column) => column).rows).toEqual([["age", "spend", "Cramér’s V", "0.100"]]);
});

test("the figure says of how many rows it is, drawn or all, and how many were shuffled", () => {
  const size = { nRows: 100_000, nPairs: 2, nColumns: 3 };
  expect(mapSource({ ...size, nTableRows: 1_000_000 }, tested)).toBe(
    "n = 100,000 drawn from 1,000,000 · 2 pairs of 3 columns · p from 499 shuffles of 10,000 rows, q for 2 pairs",
  );
  expect(mapSource({ ...size, nTableRows: 100_000 }, null)).toBe("n = 100,000 · 2 pairs of 3 columns");
});

test("every measure has its words, and the title counts what is bright", () => {
  const words = ASSOCIATION_MEASURES.flatMap((measure) => [measureChoice(measure), measureNote(measure)]);
  expect(new Set(words).size).toBe(2 * ASSOCIATION_MEASURES.length);
  expect([mapTitle(0, 0), mapTitle(9, 0), mapTitle(9, 1), mapTitle(9, 7)]).toEqual([
    "No pair of columns that this measure is made for",
    "No bright cell: a quiet field",
    "One bright cell; the rest is a quiet field",
    "7 bright cells; the rest is a quiet field",
  ]);
});
