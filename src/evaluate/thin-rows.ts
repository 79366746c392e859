import type { Random } from "../core/random.ts";
import { allRows, getColumn, takeRows } from "../table/table.ts";
import type { LearningRows } from "./fold-of.ts";
import type { OutOfFold } from "./out-of-fold.ts";

interface Judged {
  readonly learning: LearningRows;
  readonly learners: readonly OutOfFold[];
}

/** Those of a learner's predictions that are of rows which stay; `placeOf[row]` is a row's new number, or −1. */
function thinPredictions({ learner, rows, predictions }: OutOfFold, placeOf: Int32Array): OutOfFold {
  const width = predictions.length / Math.max(1, rows.length);
  const kept = allRows(rows.length).filter((at) => placeOf[rows[at]] >= 0);
  const own = new Float64Array(kept.length * width);
  kept.forEach((at, i) => {
    own.set(predictions.subarray(at * width, (at + 1) * width), i * width);
  });
  return { learner, rows: kept.map((at) => placeOf[rows[at]]), predictions: own };
}

/**
 * The targets of at most `most` rows, drawn without replacement, and the predictions for these; all where there are no more.
 * Of the table's columns the target alone is kept.
 */
export function thinRows(learning: LearningRows, learners: readonly OutOfFold[], most: number, random: Random): Judged {
  const { table, task, groups = null } = learning;
  if (table.nRows <= most) return { learning, learners };
  const drawn = random.shuffle(allRows(table.nRows)).slice(0, most).sort();
  const placeOf = new Int32Array(table.nRows).fill(-1);
  drawn.forEach((row, place) => {
    placeOf[row] = place;
  });
  const target = takeRows({ nRows: table.nRows, columns: [getColumn(table, task.target)] }, drawn);
  return {
    learning: { table: target, task, groups: groups && drawn.map((row) => groups[row]) },
    learners: learners.map((learner) => thinPredictions(learner, placeOf)),
  };
}
