import { finish } from "../core/progress.ts";
import type { Table } from "../table/table.ts";
import { writeCsv } from "../table/write-csv.ts";

/** A table as a CSV file in memory: the page hands out no more than its name, where bytes would be copied on its own thread. */
export const csvFile = (table: Table): Blob => new Blob([finish(writeCsv(table))], { type: "text/csv;charset=utf-8" });
