import { describe, expect, test } from "vitest";
import { report } from "./reading.ts";

const column = (name: string, cells: readonly (string | number)[]) =>
  report(`${name},b\n${cells.map((cell) => `${cell},x`).join("\n")}\n`);
const ages = Array.from({ length: 500 }, (_, i) => String(18 + ((i * 37) % 53)));

describe("values that are hardly meant", () => {
  test("an age of 550 is flagged with its line, and stays", () => {
    const { flagged, columns, repaired } = column("Tuổi", ages.with(9, "550"));
    expect(flagged).toEqual({
      count: 1,
      samples: [{ line: 11, column: "Tuổi", value: "550", rule: "out-of-range", low: "0", high: "120" }],
      counts: [{ column: "Tuổi", rule: "out-of-range", count: 1, firstLine: 11, low: "0", high: "120" }],
    });
    expect(columns[0]).toMatchObject({ summary: { max: 550 } });
    expect(repaired.count).toBe(0);
  });

  test("in a column that is not known, a value further from all others than these spread", () => {
    expect(column("points", ages.with(9, "550")).flagged.samples).toEqual([
      { line: 11, column: "points", value: "550", rule: "far-from-others", low: "18", high: "70" },
    ]);
    const many = [...ages, ...ages, ...ages, ...ages, ...ages];
    expect(column("points", many.with(9, "550").with(20, "-9000")).flagged.samples.map(({ value }) => value)).toEqual([
      "550",
      "-9000",
    ]);
  });

  test("a long tail, a second group and steps are no slips", () => {
    const tail = Array.from({ length: 500 }, (_, i) => (Math.round(100 * 1.02 ** i) / 100).toFixed(2));
    expect(column("amount", tail).flagged.count).toBe(0);
    expect(column("group", [...ages, ...ages.map((age) => String(Number(age) + 5000))]).flagged.count).toBe(0);
    expect(
      column(
        "steps",
        ages.map((_, i) => (i % 2 ? 0 : 1000) + (i % 3)),
      ).flagged.count,
    ).toBe(0);
  });

  test("negative amounts and days of another century", () => {
    const amounts = ages.with(3, "-20");
    expect(column("Purchase Amount (USD)", amounts).flagged.samples).toMatchObject([{ value: "-20", low: "0", high: "" }]);
    const days = Array.from({ length: 40 }, (_, i) => `2024-01-${String(1 + (i % 28)).padStart(2, "0")}`);
    expect(column("day", days.with(3, "1024-01-05")).flagged.samples).toMatchObject([
      { line: 5, value: "1024-01-05", low: "1900-01-01" },
    ]);
  });
});
