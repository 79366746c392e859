import type { Table } from "../table/table.ts";
import { classCodes, type Task, targetValues } from "../table/task.ts";

/**
 * What a forest's leaves average. Classes are told by indicators: row r adds 1 to channel `channel[r]` of nChannels.
 * Numbers use one channel to which row r adds `value[r]`, the target less `offset`, its mean.
 */
export interface ForestTarget {
  readonly nChannels: number;
  readonly channel: Int32Array;
  readonly value: Float64Array;
  readonly offset: number;
}

export function forestTarget(table: Table, task: Task): ForestTarget {
  const { nRows } = table;
  if (task.kind === "classification") {
    const value = new Float64Array(nRows).fill(1);
    return { nChannels: task.classes.length, channel: classCodes(table, task), value, offset: 0 };
  }
  const values = targetValues(table, task);
  const mean = values.reduce((sum, value) => sum + value, 0) / nRows;
  return { nChannels: 1, channel: new Int32Array(nRows), value: values.map((value) => value - mean), offset: mean };
}
