import { createRandom } from "../core/random.ts";
import { type Fold, splitFold } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

export interface FoldChoice {
  readonly fold: number;
  readonly nFolds: number;
  readonly seed: number;
}

/** The rows that everything is fitted on and scored on. */
export interface LearningRows {
  readonly table: Table;
  readonly task: Task;
  /** Near-duplicate group of each row, which no split parts; absent or null where no row has a near-duplicate. */
  readonly groups?: Int32Array | null;
}

/** One fold of the learning table. Learners, generators and baselines all take their rows here, so that they agree. */
export function foldOf({ table, task, groups = null }: LearningRows, { fold, nFolds, seed }: FoldChoice): Fold {
  return splitFold(table, task.target, nFolds, fold, createRandom(seed).split("folds"), groups);
}
