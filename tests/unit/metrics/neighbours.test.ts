import fc from "fast-check";
import { expect, test } from "vitest";
import { findNeighbours, type GowerRows, gowerReader, gowerSum } from "../../../src/metrics/neighbours.ts";
import { concatTables, type Table } from "../../../src/table/table.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const whole = table(numeric("x", [0, 10, null, 5]), categorical("c", ["a", "b", "a", null]));

test("numbers count by their share of the range, categories by being equal, missing values as values", () => {
  const rows = gowerReader(whole)(whole);
  expect(gowerSum(rows, 0, rows, 1, 9)).toBe(2);
  expect(gowerSum(rows, 0, rows, 3, 9)).toBe(1.5);
  expect(gowerSum(rows, 0, rows, 2, 9)).toBe(1);
  expect(gowerSum(rows, 2, rows, 2, 9)).toBe(0);
});

test("levels are matched by their text, unknown ones differ from all", () => {
  const other = table(numeric("x", [0, 0, 0]), categorical("c", ["b", "a", "new"], ["b", "a", "new"]));
  const read = gowerReader(whole);
  const [rows, others] = [read(whole), read(other)];
  expect([0, 1, 2].map((row) => gowerSum(rows, 0, others, row, 9))).toEqual([1, 0, 1]);
});

/** All distances, sorted: the twin of the bounded insertion. */
function naive(rows: GowerRows, references: GowerRows, k: number): number[] {
  return Array.from({ length: rows.nRows }, (_, row) =>
    Array.from({ length: references.nRows }, (_, other) => gowerSum(rows, row, references, other, Number.POSITIVE_INFINITY))
      .sort((a, b) => a - b)
      .slice(0, k),
  ).flat();
}

const tables = fc
  .array(fc.tuple(fc.option(fc.integer({ min: 0, max: 9 })), fc.option(fc.constantFrom("a", "b", "c"))), {
    minLength: 1,
    maxLength: 12,
  })
  .map(
    (rows): Table =>
      table(
        numeric(
          "x",
          rows.map(([x]) => x),
        ),
        categorical(
          "c",
          rows.map(([, c]) => c),
          ["a", "b", "c"],
        ),
      ),
  );

test("the nearest rows are those of a full search", () => {
  fc.assert(
    fc.property(tables, tables, fc.integer({ min: 1, max: 15 }), (a, b, k) => {
      const read = gowerReader(concatTables(a, b));
      const [rows, references] = [read(a), read(b)];
      const found = findNeighbours(rows, references, k);
      expect(found.k).toBe(Math.min(k, b.nRows));
      expect([...found.distances]).toEqual(naive(rows, references, found.k));
      for (let at = 0; at < found.rows.length; at++)
        expect(gowerSum(rows, Math.floor(at / found.k), references, found.rows[at], 99)).toBe(found.distances[at]);
    }),
  );
});
