import { createRandom } from "../core/random.ts";
import { type Fold, splitFold } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

export interface FoldChoice {
  readonly fold: number;
  readonly nFolds: number;
  readonly seed: number;
}

/** One fold of the learning table. Learners, generators and baselines all take their rows here, so that they agree. */
export function foldOf(table: Table, task: Task, { fold, nFolds, seed }: FoldChoice): Fold {
  return splitFold(table, task.target, nFolds, fold, createRandom(seed).split("folds"));
}
