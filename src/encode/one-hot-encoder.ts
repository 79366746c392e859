import type { TrainRows } from "../table/split-rows.ts";
import { type Column, getColumn, type Table } from "../table/table.ts";

/** Levels of one column that get an input of their own; rarer ones share none. */
const MAX_LEVELS = 200;

interface ColumnEncoder {
  readonly name: string;
  readonly nInputs: number;
  /** Adds the column's inputs to rows of `nInputsTotal` values, from `offset` on. */
  write(column: Column, inputs: Float32Array, nInputsTotal: number, offset: number): void;
}

/** Table → inputs of a network: one-hot levels, standardised numbers, and one input for "missing" where training rows had any. */
export interface OneHotEncoder {
  readonly nInputs: number;
  /** (nRows × nInputs), row-major. A level not seen in training rows has all its inputs 0. */
  transform(table: Table): Float32Array;
}

function categoricalEncoder(column: Column & { kind: "categorical" }): ColumnEncoder {
  const counts = new Float64Array(column.levels.length);
  let hasMissing = false;
  for (const code of column.codes) {
    if (code < 0) hasMissing = true;
    else counts[code]++;
  }
  const kept = [...column.levels.keys()]
    .filter((level) => counts[level] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, MAX_LEVELS);
  const inputOf = new Map(kept.map((level, input) => [column.levels[level], input]));
  return {
    name: column.name,
    nInputs: kept.length + (hasMissing ? 1 : 0),
    write(other, inputs, nInputsTotal, offset) {
      if (other.kind !== "categorical") throw new Error(`${other.name} was categorical in training rows`);
      const recode = other.levels.map((level) => inputOf.get(level) ?? -1);
      const missing = hasMissing ? kept.length : -1;
      for (let row = 0; row < other.codes.length; row++) {
        const code = other.codes[row];
        const input = code < 0 ? missing : recode[code];
        if (input >= 0) inputs[row * nInputsTotal + offset + input] = 1;
      }
    },
  };
}

function numericEncoder(column: Column & { kind: "numeric" }): ColumnEncoder {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    n++;
    const difference = value - mean;
    mean += difference / n;
    squares += difference * (value - mean);
  }
  const hasMissing = n < column.values.length;
  const deviation = n > 0 && squares > 0 ? Math.sqrt(squares / n) : 1;
  return {
    name: column.name,
    nInputs: hasMissing ? 2 : 1,
    write(other, inputs, nInputsTotal, offset) {
      if (other.kind !== "numeric") throw new Error(`${other.name} was numeric in training rows`);
      for (let row = 0; row < other.values.length; row++) {
        const value = other.values[row];
        const at = row * nInputsTotal + offset;
        if (!Number.isNaN(value)) inputs[at] = (value - mean) / deviation;
        else if (hasMissing) inputs[at + 1] = 1;
      }
    },
  };
}

/** Fits the encoder on the named columns of training rows. */
export function fitOneHotEncoder(train: TrainRows, features: readonly string[]): OneHotEncoder {
  const encoders = features.map((name) => {
    const column = getColumn(train.table, name);
    return column.kind === "numeric" ? numericEncoder(column) : categoricalEncoder(column);
  });
  const nInputs = encoders.reduce((sum, encoder) => sum + encoder.nInputs, 0);
  return {
    nInputs,
    transform(table) {
      const inputs = new Float32Array(table.nRows * nInputs);
      let offset = 0;
      for (const encoder of encoders) {
        encoder.write(getColumn(table, encoder.name), inputs, nInputs, offset);
        offset += encoder.nInputs;
      }
      return inputs;
    },
  };
}
