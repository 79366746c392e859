import { showInvisible } from "../../core/invisible-characters.ts";
import type { DataReport } from "../../workers/data.jobs.ts";
import { columnLabel, valueLabel } from "./column-words.ts";

/** What the columns of the open table, and their values, are called on the page; what nobody sees in them is shown. */
export interface Labels {
  column(name: string): string;
  value(column: string, value: string): string;
}

export function tableLabels(report: Pick<DataReport, "columns"> | null): Labels {
  const known = new Map(report?.columns.map((column) => [column.name, column.known]));
  return {
    column: (name) => showInvisible(columnLabel(name, known.get(name) ?? null)),
    value: (column, value) => showInvisible(valueLabel(value, known.get(column) ?? null)),
  };
}
