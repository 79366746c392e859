import { existsSync, readFileSync } from "node:fs";
import Papa from "papaparse";
import { createRandom } from "../../../src/core/random.ts";
import type { Column, Table } from "../../../src/table/table.ts";

const DATA = new URL("../../../../shared/data/", import.meta.url);

export function hasData(name: string): boolean {
  const isThere = existsSync(new URL(name, DATA));
  if (!isThere) console.warn(`skipped: ${name} is not beside the project`);
  return isThere;
}

function toColumn(name: string, cells: readonly string[]): Column {
  const numbers = cells.map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell)));
  const nNumbers = numbers.filter((value) => !Number.isNaN(value)).length;
  if (nNumbers > 0 && cells.every((cell, i) => cell.trim() === "" || !Number.isNaN(numbers[i])) && new Set(cells).size > 2) {
    const nDecimals = Math.max(...cells.map((cell) => (cell.split(".")[1] ?? "").length));
    return { kind: "numeric", name, type: "numeric", values: Float64Array.from(numbers), step: 1 / 10 ** nDecimals };
  }
  const levels = [...new Set(cells)].filter((cell) => cell !== "");
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  return { kind: "categorical", name, type: "categorical", levels, codes: Int32Array.from(cells, (c) => codeOf.get(c) ?? -1) };
}

/** A table from rows of text, for tests: numbers are recognised, everything else is a category. */
export function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): Table {
  return {
    nRows: rows.length,
    columns: header.map((name, c) =>
      toColumn(
        name,
        rows.map((row) => row[c] ?? ""),
      ),
    ),
  };
}

export function readData(name: string, without: readonly string[]): Table {
  const parsed = Papa.parse<string[]>(readFileSync(new URL(name, DATA), "utf8").trim());
  const [header, ...rows] = parsed.data;
  const table = tableOf(header, rows);
  return { ...table, columns: table.columns.filter((column) => !without.includes(column.name)) };
}

/**
 * A table with what the generator must keep: `perk` "lounge" only with `plan` "gold", spend rising with the plan, a city
 * with 3 rows, two impossible ages, some missing spends.
 */
export function plantedTable(nRows: number): Table {
  const random = createRandom(77);
  const rows = Array.from({ length: nRows }, (_, row) => {
    const isGold = random.next() < 0.4;
    const perk = isGold && random.next() < 0.7 ? "lounge" : random.next() < 0.5 ? "none" : "parking";
    const city = row % 200 === 3 ? "Rareville" : ["Hue", "Hanoi", "Da Nang"][random.integer(3)];
    const age = row === 5 || row === 250 ? 550 : 20 + random.integer(40);
    const spend = row % 60 === 7 ? "" : (100 + 80 * (isGold ? 1 : 0) + 30 * random.normal()).toFixed(2);
    return [isGold ? "gold" : "basic", perk, city, String(age), spend];
  });
  return tableOf(["plan", "perk", "city", "age", "spend"], rows);
}

/**
 * A table with numbers that others determine: fee = 20, 60 or 140 by plan + 5 with the extra + noise of 4, in whole units,
 * and total = fee · months + noise that grows as √(months − 1), equal to the fee in the first month.
 */
export function derivedTable(nRows: number): Table {
  const random = createRandom(78);
  const rows = Array.from({ length: nRows }, () => {
    const plan = random.integer(3);
    const extra = random.next() < 0.3 + 0.2 * plan;
    const fee = Math.round([20, 60, 140][plan] + (extra ? 5 : 0) + 4 * random.normal());
    const months = 1 + random.integer(30);
    const total = fee * months + 10 * Math.sqrt(months - 1) * random.normal();
    return [["basic", "plus", "gold"][plan], extra ? "yes" : "no", String(months), String(fee), total.toFixed(2)];
  });
  return tableOf(["plan", "extra", "months", "fee", "total"], rows);
}
