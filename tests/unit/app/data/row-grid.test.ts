import fc from "fast-check";
import { expect, test } from "vitest";
import { activeAfter, columnWidth, rowsInSight, scrollTopFor } from "../../../../src/app/screens/data/row-grid.ts";
import type { ColumnSummary } from "../../../../src/workers/data.jobs.ts";

const size = { nRows: 1_000_000, nColumns: 5000, page: 9 };
const after = (key: string, row: number, column: number, isFar = false) =>
  activeAfter({ key, ctrlKey: isFar, metaKey: false }, { row, column }, size);

test("keys lead where they do in any spreadsheet, and never out of the table", () => {
  expect(after("ArrowDown", 3, 4)).toEqual({ row: 4, column: 4 });
  expect(after("ArrowUp", 0, 4)).toEqual({ row: 0, column: 4 });
  expect(after("ArrowRight", 3, 4999)).toEqual({ row: 3, column: 4999 });
  expect(after("ArrowLeft", 3, 4)).toEqual({ row: 3, column: 3 });
  expect(after("ArrowDown", 3, 4, true)).toEqual({ row: 999_999, column: 4 });
  expect(after("ArrowRight", 3, 4, true)).toEqual({ row: 3, column: 4999 });
  expect(after("PageDown", 999_995, 4)).toEqual({ row: 999_999, column: 4 });
  expect(after("PageUp", 20, 4)).toEqual({ row: 11, column: 4 });
  expect(after("Home", 3, 4)).toEqual({ row: 3, column: 0 });
  expect(after("End", 3, 4)).toEqual({ row: 3, column: 4999 });
  expect(after("Home", 3, 4, true)).toEqual({ row: 0, column: 0 });
  expect(after("End", 3, 4, true)).toEqual({ row: 999_999, column: 4999 });
  expect([after("Tab", 3, 4), after("a", 3, 4), after("Escape", 3, 4)]).toEqual([null, null, null]);
});

test("a column is as wide as its heading and commonest values ask for, within bounds", () => {
  const column = (values: readonly string[]): ColumnSummary => ({
    name: "x",
    known: null,
    type: "categorical",
    role: "feature",
    nMissing: 0,
    nDistinct: values.length,
    summary: { kind: "categorical", levels: values.map((value) => ({ value, count: 1 })) },
  });
  const [short, long] = [columnWidth(column(["a"]), "x"), columnWidth(column(["a".repeat(500)]), "x")];
  expect(columnWidth(column(["Massachusetts"]), "x")).toBeGreaterThan(short);
  expect(columnWidth(column(["a"]), "Purchase Amount (USD)")).toBeGreaterThan(columnWidth(column(["Massachusetts"]), "x"));
  expect(columnWidth(column(["Massachusetts"]), "x")).toBeLessThan(long);
  expect(columnWidth(column([]), "")).toBe(short);
});

test("rows in sight are drawn, with some on either side, and a row that is scrolled to is seen whole below the heading", () => {
  const [rowHeight, height] = [32, 340];
  expect(rowsInSight({ top: 0, height: 0 }, rowHeight, 50)).toEqual({ from: 0, to: 0 });
  expect(rowsInSight({ top: 0, height }, rowHeight, 3)).toEqual({ from: 0, to: 3 });
  const place = fc.integer({ min: 0, max: 249_999 });
  fc.assert(
    fc.property(place, fc.integer({ min: 0, max: 8_000_000 }), (row, before) => {
      const top = scrollTopFor(row, { top: before, height }, rowHeight);
      expect((row + 1) * rowHeight).toBeGreaterThanOrEqual(top + rowHeight);
      expect((row + 2) * rowHeight).toBeLessThanOrEqual(top + height);
      expect(scrollTopFor(row, { top, height }, rowHeight)).toBe(top);
      const { from, to } = rowsInSight({ top, height }, rowHeight, 250_000);
      expect(from).toBeLessThanOrEqual(row);
      expect(to).toBeGreaterThan(row);
      expect(to - from).toBeLessThan(40);
    }),
  );
});
