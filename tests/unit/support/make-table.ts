import { type TrainRows, trainOnAll } from "../../../src/table/split-rows.ts";
import type { Column, Table } from "../../../src/table/table.ts";

/** A numeric column; null is a missing value. */
export function numeric(name: string, values: Iterable<number | null>): Column {
  const numbers = Float64Array.from([...values], (value) => value ?? Number.NaN);
  return { kind: "numeric", name, type: "numeric", values: numbers, step: 0.01 };
}

/** A categorical column; null is a missing value. Levels stand as given, or else in order of first appearance. */
export function categorical(name: string, values: Iterable<string | null>, levels?: readonly string[]): Column {
  const cells = [...values];
  const known = levels ?? [...new Set(cells)].filter((cell) => cell !== null);
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : known.indexOf(cell)));
  return { kind: "categorical", name, type: "categorical", codes, levels: known };
}

export function table(...columns: Column[]): Table {
  const [first] = columns;
  return { nRows: first.kind === "numeric" ? first.values.length : first.codes.length, columns };
}

export function trainRows(...columns: Column[]): TrainRows {
  return trainOnAll(table(...columns));
}
