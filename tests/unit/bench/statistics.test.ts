import { expect, test } from "vitest";
import { compare, formatTable, quantile } from "../../../bench/statistics.ts";

test("quantiles lie linearly between neighbours", () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([4, 1, 3, 2], 0)).toBe(1);
  expect(quantile([4, 1, 3, 2], 1)).toBe(4);
});

test("the ratio is that of medians; the spread is that of neighbouring repetitions", () => {
  expect(compare([10, 20, 30], [40, 40, 40])).toEqual({ ours: 20, rival: 40, ratio: 0.5, spread: 0.5 });
  // Both sides slow down together: no spread.
  expect(compare([10, 20, 30], [20, 40, 60]).spread).toBe(0);
});

test("a line a result, under aligned headings", () => {
  const result = { ...compare([1234.56], [2000]), name: "a.b", rivalName: "other 1.0", unit: "ms", rows: 9, threads: 2 };
  const lines = formatTable([{ ...result, repetitions: 1, load: 0, note: "" }]).split("\n");
  expect(lines[0]).toMatch(/^name +ours +rival +unit +ratio +spread +rows +threads +against$/);
  expect(lines[1].split(/ {2,}/)).toEqual(["a.b", "1235", "2000", "ms", "0.617", "±0 %", "9", "2", "other 1.0"]);
  expect(lines[1].indexOf("other")).toBe(lines[0].indexOf("against"));
});
