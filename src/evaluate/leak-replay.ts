import type { AsyncWork } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { splitFold } from "../table/split-rows.ts";
import { allRows, concatTables, type Table, takeRows } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { alignSynthetic } from "./fit-fold.ts";
import type { LeakReplay } from "./leak-replay-report.ts";
import type { Learner } from "./learner.ts";
import { metricsOf, scorePredictions } from "./score-predictions.ts";

/** What one replay measures by itself. */
export type LeakScores = Pick<LeakReplay, "reported" | "onSynthetic" | "onReal" | "nTestReal" | "nTestSynthetic">;

/** One part of five is held back, as such analyses do. */
const N_PARTS = 5;

export interface LeakJob {
  readonly table: Table;
  readonly task: Task;
  /** Copies or generated rows, which have seen every real one. */
  readonly added: Table;
  readonly learner: Learner;
  readonly random: Random;
}

/** The table's rows `nTimes` over, one whole copy after the other. */
export function copyRows(table: Table, nTimes: number): Table {
  const once = allRows(table.nRows);
  return takeRows(
    table,
    Int32Array.from({ length: nTimes * once.length }, (_, i) => i % once.length),
  );
}

/**
 * Makes the mistake that the ledger avoids: rows are mixed first and split afterwards, so that what the model is tested on
 * has leaked into what it is trained on. Gives the score that such an analysis reports, and the same predictions scored
 * on the added and on the real test rows apart.
 */
export async function* replayLeak({ table, task, added, learner, random }: LeakJob): AsyncWork<LeakScores> {
  const mixture = concatTables(table, alignSynthetic(table, task, added));
  const { train, test, testIndex } = splitFold(mixture, task.target, N_PARTS, 0, random.split("split"));
  const model = yield* learner.fit(train, task, random.split("model"));
  try {
    const predictions = model.predict(test.table);
    const width = predictions.length / test.table.nRows;
    const score = (isScored: (row: number) => boolean): { score: number | null; nRows: number } => {
      const at = allRows(test.table.nRows).filter((i) => isScored(testIndex[i]));
      if (at.length === 0) return { score: null, nRows: 0 };
      const own = Float64Array.from({ length: at.length * width }, (_, i) => {
        return predictions[at[Math.floor(i / width)] * width + (i % width)];
      });
      return { score: scorePredictions(task, takeRows(test.table, at), own)[metricsOf(task).shown], nRows: at.length };
    };
    const [all, real, synthetic] = [score(() => true), score((row) => row < table.nRows), score((row) => row >= table.nRows)];
    return {
      reported: all.score ?? Number.NaN,
      onReal: real.score ?? Number.NaN,
      onSynthetic: synthetic.score,
      nTestReal: real.nRows,
      nTestSynthetic: synthetic.nRows,
    };
  } finally {
    model.dispose?.();
  }
}
