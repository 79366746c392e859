import { finish } from "../../src/core/progress.ts";
import type { CsvReading } from "../../src/table/finish-reading.ts";
import { readCsv } from "../../src/table/read-csv.ts";
import { type Column, type NumericColumn, selectColumns, type Table } from "../../src/table/table.ts";
import { makeTask, type Task } from "../../src/table/task.ts";
import type { DataFile } from "../scenario.ts";

const N_FEATURES = 18;

async function load({ url }: DataFile): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
}

/** The shopping table with its 7-class target; 17 features, the identifier left out. */
export async function loadShopping(data: DataFile): Promise<{ table: Table; task: Task }> {
  const reading: CsvReading = finish(readCsv(await load(data)));
  const target = "Frequency of Purchases";
  const task = makeTask(reading.table, target, (name) => (name === "Customer ID" ? "identifier" : "feature"), 2);
  return { table: selectColumns(reading.table, [...task.features, target]), task };
}

/** The table with every categorical feature as the numbers of its codes, as a rival that knows no categories is given it. */
export function asOrdinalCodes(table: Table, { target }: Task): Table {
  const columns = table.columns.map((column): Column => {
    if (column.kind === "numeric" || column.name === target) return column;
    const values = Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
    return { kind: "numeric", name: column.name, type: "integer", values, step: 1 };
  });
  return { ...table, columns };
}

/** 10⁶ rows of 18 numeric features and a target of two classes. */
export async function loadMillion(data: DataFile): Promise<{ table: Table; task: Task }> {
  const values = new Float32Array(await load(data));
  const nRows = values.length / (N_FEATURES + 1);
  const features = Array.from({ length: N_FEATURES }, (_, at): NumericColumn => {
    const column = Float64Array.from(values.subarray(at * nRows, (at + 1) * nRows));
    return { kind: "numeric", name: `x${at}`, type: "numeric", values: column, step: 0.01 };
  });
  const codes = Int32Array.from(values.subarray(N_FEATURES * nRows));
  const target: Column = { kind: "categorical", name: "y", type: "categorical", codes, levels: ["0", "1"] };
  const names = features.map(({ name }) => name);
  const task: Task = { kind: "classification", target: "y", features: names, classes: target.levels };
  return { table: { nRows, columns: [...features, target] }, task };
}
