import { describe, expect, test } from "vitest";
import type { Column } from "../../../src/table/table.ts";
import { getColumn } from "../../../src/table/table.ts";
import { read } from "./reading.ts";

const N_ROWS = 12_000;

/** A column of many different texts, as it is read alone and as its short beginning with a few more rows is. */
function columnOf(textAt: (row: number) => string, delimiter = ","): { column: Column; rules: string[] } {
  const rows = Array.from({ length: N_ROWS }, (_, row) => `${textAt(row)}${delimiter}x`);
  const { table, facts } = read(`value${delimiter}other\n${rows.join("\n")}\n`);
  return { column: getColumn(table, "value"), rules: facts.repaired.counts.map(({ rule, count }) => `${rule} ${count}`) };
}

/** Different in nearly every row. */
const shuffled = (row: number) => (row * 7919) % 100_003;

describe("columns of many numbers are typed as short ones are", () => {
  test("whole numbers, and numbers with decimals", () => {
    expect(columnOf((row) => String(shuffled(row))).column).toMatchObject({ type: "integer", step: 1 });
    const { column } = columnOf((row) => (shuffled(row) / 100).toFixed(2));
    expect(column).toMatchObject({ type: "numeric", step: 0.01 });
    if (column.kind === "numeric") expect(column.values[5]).toBe(shuffled(5) / 100);
  });

  test("zeros at the end are no decimals", () => {
    expect(columnOf((row) => `${shuffled(row)}.00`).column).toMatchObject({ type: "integer", step: 1 });
  });

  test("rows that are numbered are identifiers", () => {
    expect(columnOf((row) => String(row + 1)).column).toMatchObject({ type: "identifier" });
  });

  test("missing values, currency and strays among them are repaired and counted", () => {
    const { column, rules } = columnOf((row) =>
      row % 100 === 0 ? "NA" : row % 100 === 1 ? `$${shuffled(row)}` : row === 77 ? "oops" : String(shuffled(row)),
    );
    expect(column).toMatchObject({ kind: "numeric", type: "integer" });
    if (column.kind === "numeric")
      expect([column.values[0], column.values[1], column.values[77]]).toEqual([Number.NaN, 7919, Number.NaN]);
    expect(rules).toEqual(["missing-token 120", "currency 120", "not-a-number 1"]);
  });

  test("decimal commas are heard although most have none, and points then group thousands", () => {
    const { column, rules } = columnOf((row) => (row % 50 === 0 ? `${row},5` : `${1 + (row % 900)}.${100 + (row % 899)}`), ";");
    expect(column).toMatchObject({ kind: "numeric", step: 0.1 });
    if (column.kind === "numeric") expect([column.values[50], column.values[51]]).toEqual([50.5, 52151]);
    expect(rules).toEqual(["decimal-comma 240", `thousands-separator ${N_ROWS - 240}`]);
  });

  test("numbers before words are words, in order of appearance", () => {
    const { column } = columnOf((row) => (row < 6000 ? String(shuffled(row)) : `word ${row % 3}`));
    expect(column).toMatchObject({ kind: "categorical" });
    if (column.kind === "categorical") {
      expect(column.levels.slice(0, 2)).toEqual(["0", "7919"]);
      expect(column.levels[column.codes[6001]]).toBe("word 1");
    }
  });
});
