import { TrendloomError } from "../core/errors.ts";
import { getColumn, type Role, type Table } from "./table.ts";

/** What a learner is asked: predict `target` from `features`. */
export type Task = ClassificationTask | RegressionTask;

interface TaskBase {
  readonly target: string;
  /** Names of the feature columns, in table order. */
  readonly features: readonly string[];
}

/** `classes[c]` is level c of the target column; probabilities are (nRows × nClasses), row-major. */
export interface ClassificationTask extends TaskBase {
  readonly kind: "classification";
  readonly classes: readonly string[];
  /** The user put the classes in an order, from low to high. */
  readonly isOrdered?: true;
}

/** Predictions are (nRows), in the target's own unit. */
export interface RegressionTask extends TaskBase {
  readonly kind: "regression";
}

export const MAX_CLASSES = 50;
export const MIN_TARGET_ROWS = 20;

/**
 * The task for a target. The table must hold no row whose target is missing (see `dropMissingTarget`).
 * @throws TrendloomError target-missing, target-one-class, target-too-many-classes, target-rare-class, no-features, too-few-rows
 */
export function makeTask(table: Table, target: string, roleOf: (name: string) => Role, nFolds: number): Task {
  const column = table.columns.find((candidate) => candidate.name === target);
  if (!column) throw new TrendloomError("target-missing", { target });
  const features = table.columns.map((c) => c.name).filter((name) => name !== target && roleOf(name) === "feature");
  if (features.length === 0) throw new TrendloomError("no-features", { target });
  if (table.nRows < MIN_TARGET_ROWS) throw new TrendloomError("too-few-rows", { expected: MIN_TARGET_ROWS, got: table.nRows });
  if (column.kind === "numeric") {
    if (new Set(column.values).size < 2)
      throw new TrendloomError("target-one-class", { target, value: String(column.values[0]) });
    return { kind: "regression", target, features };
  }
  const counts = new Array<number>(column.levels.length).fill(0);
  for (const code of column.codes) if (code >= 0) counts[code] = counts[code] + 1;
  const present = counts.filter((count) => count > 0).length;
  if (present < 2)
    throw new TrendloomError("target-one-class", { target, value: column.levels[counts.findIndex((c) => c > 0)] ?? "" });
  if (present > MAX_CLASSES) throw new TrendloomError("target-too-many-classes", { target, got: present, expected: MAX_CLASSES });
  const rarest = counts.indexOf(Math.min(...counts));
  if (counts[rarest] < nFolds) {
    throw new TrendloomError("target-rare-class", {
      target,
      value: column.levels[rarest] ?? "",
      got: counts[rarest] ?? 0,
      expected: nFolds,
    });
  }
  const task = { kind: "classification", target, features, classes: column.levels } as const;
  return column.isOrdered ? { ...task, isOrdered: true } : task;
}

/** True class codes of a classification target, counted along `task.classes` whatever the order of the column's own levels. */
export function classCodes(table: Table, task: ClassificationTask): Int32Array {
  const column = getColumn(table, task.target);
  if (column.kind !== "categorical") throw new Error(`${task.target} is not categorical`);
  if (column.levels.every((level, code) => level === task.classes[code])) return column.codes;
  const codeOf = column.levels.map((level) => task.classes.indexOf(level));
  return column.codes.map((code) => {
    const classCode = codeOf[code];
    if (classCode === undefined || classCode < 0) throw new Error(`${task.target} holds a value that is no class of the task`);
    return classCode;
  });
}

/** True values of a regression target. */
export function targetValues(table: Table, task: RegressionTask): Float64Array {
  const column = getColumn(table, task.target);
  if (column.kind !== "numeric") throw new Error(`${task.target} is not numeric`);
  return column.values;
}
