import { existsSync, readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Column, Table } from "../../../src/table/table.ts";

/** A column from its cells: numbers where every filled cell is one, else categories; blanks are missing. */
export function columnOf(name: string, cells: readonly string[]): Column {
  const isNumeric = cells.some((cell) => cell.trim() !== "") && cells.every((cell) => !Number.isNaN(Number(cell)));
  if (isNumeric) {
    const values = Float64Array.from(cells, (cell) => (cell.trim() === "" ? Number.NaN : Number(cell)));
    return { kind: "numeric", name, type: "numeric", values, step: 0.01 };
  }
  const levels = [...new Set(cells)].filter((cell) => cell.trim() !== "");
  const codes = Int32Array.from(cells, (cell) => levels.indexOf(cell));
  return { kind: "categorical", name, type: "categorical", codes, levels };
}

/** A table from rows of cells under a heading. */
export function tableOf(heading: readonly string[], rows: readonly (readonly string[])[]): Table {
  return {
    nRows: rows.length,
    columns: heading.map((name, at) =>
      columnOf(
        name,
        rows.map((row) => row[at]),
      ),
    ),
  };
}

/** The table of a CSV file, or null (with a warning) where the file is not there. */
export function loadTable(path: string): Table | null {
  if (!existsSync(path)) {
    console.warn(`${path} is absent: tests on it are skipped`);
    return null;
  }
  const [heading, ...rows] = Papa.parse<string[]>(readFileSync(path, "utf8"), { skipEmptyLines: true }).data;
  return tableOf(heading, rows);
}
