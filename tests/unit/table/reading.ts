import { existsSync, readFileSync } from "node:fs";
import { finish } from "../../../src/core/progress.ts";
import { describeData } from "../../../src/table/column-summary.ts";
import type { DataReport } from "../../../src/table/data-report.ts";
import type { CsvReading } from "../../../src/table/finish-reading.ts";
import { readCsv } from "../../../src/table/read-csv.ts";
import { cellText, getColumn, type Table } from "../../../src/table/table.ts";
import { writeCsv } from "../../../src/table/write-csv.ts";

const toBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** Reads text (as UTF-8) or bytes. */
export function read(source: string | Uint8Array): CsvReading {
  return finish(readCsv(toBuffer(typeof source === "string" ? new TextEncoder().encode(source) : source)));
}

export function report(source: string | Uint8Array): DataReport {
  const { table, facts } = read(source);
  return finish(describeData(table, facts, { name: "test.csv", sha256: "", nBytes: source.length }));
}

export function write(table: Table): string {
  return new TextDecoder().decode(finish(writeCsv(table)));
}

export function texts(table: Table, name: string): string[] {
  const column = getColumn(table, name);
  return Array.from({ length: table.nRows }, (_, row) => cellText(column, row));
}

/** A CSV file's text, or null (with a warning) where the file is not there. Paths start at the project's root. */
export function loadText(path: string): string | null {
  const url = new URL(`../../../${path}`, import.meta.url);
  if (existsSync(url)) return readFileSync(url, "utf8");
  console.warn(`${path} is absent: tests on it are skipped`);
  return null;
}
