import { log } from "../core/exp-log.ts";
import type { TrainRows } from "../table/split-rows.ts";
import { type Column, getColumn, type Table } from "../table/table.ts";
import { classCodes, type Task, targetValues } from "../table/task.ts";

/** What one column alone tells of the target. */
export interface SingleColumnRule {
  readonly column: string;
  /** Mean loss over the training rows, each predicted without itself: log loss, or squared error. */
  readonly loss: number;
  /** (nRows × nClasses) or (nRows). */
  predict(table: Table): Float64Array;
}

const N_BINS = 10;
/** Rows of the whole table's mean that are added to each group. */
const PRIOR_ROWS = 1;

/** Deciles of the known values, each once. */
function decileBounds(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const bounds = Array.from({ length: N_BINS - 1 }, (_, i) => known[Math.floor(((i + 1) * known.length) / N_BINS)]);
  return Float64Array.from(new Set(bounds.filter((bound) => bound !== undefined)));
}

/** Sorts rows into groups 0…nGroups − 1: levels, or deciles of the training rows; missing and unknown values are group 0. */
export function makeGroups(train: Column): { readonly nGroups: number; groupOf(column: Column, row: number): number } {
  if (train.kind === "categorical") {
    const nGroups = train.levels.length + 1;
    return {
      nGroups,
      groupOf: (column, row) => {
        const code = column.kind === "categorical" ? column.codes[row] : -1;
        return code + 1 < nGroups ? code + 1 : 0;
      },
    };
  }
  const bounds = decileBounds(train.values);
  return {
    nGroups: bounds.length + 2,
    groupOf: (column, row) => {
      const value = column.kind === "numeric" ? column.values[row] : Number.NaN;
      if (Number.isNaN(value)) return 0;
      let group = 1;
      while (group <= bounds.length && value >= bounds[group - 1]) group++;
      return group;
    },
  };
}

/** Targets as rows of numbers (nRows × width): indicators of the class, or the value itself. */
function targetMatrix(table: Table, task: Task): { readonly width: number; readonly values: Float64Array } {
  if (task.kind === "regression") return { width: 1, values: targetValues(table, task) };
  const width = task.classes.length;
  const values = new Float64Array(table.nRows * width);
  classCodes(table, task).forEach((code, row) => {
    values[row * width + code] = 1;
  });
  return { width, values };
}

/**
 * Predicts each row by the mean target of its group: class shares or the mean value, with one row of the whole
 * table's mean added to each group. The loss is measured by leaving each row out of its own group, which the sums
 * allow without fitting again.
 */
export function fitSingleColumnRule(train: TrainRows, task: Task, name: string): SingleColumnRule {
  const column = getColumn(train.table, name);
  const { nRows } = train.table;
  const { nGroups, groupOf } = makeGroups(column);
  const { width, values } = targetMatrix(train.table, task);
  const sums = new Float64Array(nGroups * width);
  const counts = new Float64Array(nGroups);
  const whole = new Float64Array(width);
  for (let row = 0; row < nRows; row++) {
    const group = groupOf(column, row);
    counts[group]++;
    for (let i = 0; i < width; i++) {
      sums[group * width + i] += values[row * width + i];
      whole[i] += values[row * width + i] / nRows;
    }
  }
  let loss = 0;
  for (let row = 0; row < nRows; row++) {
    const group = groupOf(column, row);
    for (let i = 0; i < width; i++) {
      const own = values[row * width + i];
      const others = (sums[group * width + i] - own + PRIOR_ROWS * whole[i]) / (counts[group] - 1 + PRIOR_ROWS);
      if (task.kind === "regression") loss += (own - others) ** 2 / nRows;
      else if (own === 1) loss -= log(others) / nRows;
    }
  }
  const predict = (table: Table): Float64Array => {
    const given = getColumn(table, name);
    const predictions = new Float64Array(table.nRows * width);
    for (let row = 0; row < table.nRows; row++) {
      const group = groupOf(given, row);
      for (let i = 0; i < width; i++)
        predictions[row * width + i] = (sums[group * width + i] + PRIOR_ROWS * whole[i]) / (counts[group] + PRIOR_ROWS);
    }
    return predictions;
  };
  return { column: name, loss, predict };
}

/** The single-column rule with the smallest loss; the first column among equals. */
export function fitBestRule(train: TrainRows, task: Task): SingleColumnRule {
  return task.features
    .map((name) => fitSingleColumnRule(train, task, name))
    .reduce((best, rule) => (rule.loss < best.loss ? rule : best));
}
