import type { Random } from "../../../src/core/random.ts";
import type { Learner } from "../../../src/evaluate/learner.ts";
import { type SearchJob, searchParams } from "../../../src/evaluate/search.ts";
import { addSynthetic, type Fold, innerFolds, type TestRows, type TrainRows } from "../../../src/table/split-rows.ts";
import type { Table } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { fitBinMapper } from "../../../src/trees/bin-mapper.ts";

/** Nothing can be fitted on held-out rows, nor on a table that was never split. Compiled, not run. */
export function learnersTakeTrainRowsAlone(learner: Learner, fold: Fold, table: Table, task: Task, random: Random): void {
  learner.fit(fold.train, task, random);
  // @ts-expect-error Held-out rows.
  learner.fit(fold.test, task, random);
  // @ts-expect-error A table that was never split.
  learner.fit(table, task, random);
  // @ts-expect-error The table inside held-out rows.
  learner.fit(fold.test.table, task, random);
}

export function encodersTakeTrainRowsAlone(fold: Fold, table: Table): void {
  fitBinMapper(fold.train, ["Age"]);
  // @ts-expect-error Held-out rows.
  fitBinMapper(fold.test, ["Age"]);
  // @ts-expect-error A table that was never split.
  fitBinMapper(table, ["Age"]);
}

export function searchesTakeTrainRowsAlone(job: SearchJob, fold: Fold): void {
  searchParams({ ...job, train: fold.train });
  // @ts-expect-error Held-out rows.
  searchParams({ ...job, train: fold.test });
  // @ts-expect-error The table inside held-out rows.
  searchParams({ ...job, train: fold.test.table });
  // @ts-expect-error Inner folds are made of training rows alone.
  innerFolds(fold.test, "Age", 3, job.random);
}

export function rowsKeepTheirSide(fold: Fold, synthetic: Table): void {
  addSynthetic(fold.train, synthetic);
  // @ts-expect-error Held-out rows with generated ones are no training rows.
  addSynthetic(fold.test, synthetic);
  // @ts-expect-error Held-out rows are no training rows.
  fold.test satisfies TrainRows;
  // @ts-expect-error Training rows are no held-out rows.
  fold.train satisfies TestRows;
  // @ts-expect-error The brand cannot be written by hand.
  ({ table: synthetic }) satisfies TrainRows;
}
