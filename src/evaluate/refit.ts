import type { AsyncWork } from "../core/progress.ts";
import { createRandom, type Random } from "../core/random.ts";
import { allRows, type Column, takeRows } from "../table/table.ts";
import { foldOf, type LearningRows } from "./fold-of.ts";
import type { Learner } from "./learner.ts";
import { joinPredictions, type OutOfFold } from "./out-of-fold.ts";
import { rowPermuter } from "./permute-rows.ts";
import type { RefitRequest } from "./predict-report.ts";
import { sampleRows } from "./sample-rows.ts";
import { lossOf } from "./signal-check.ts";

/** Folds of the cheap models. */
export const N_CHEAP_FOLDS = 3;

/** A learner's out-of-fold predictions, fitted anew in each fold of a seeded split. */
export async function* predictOutOfFold(
  learning: LearningRows,
  learner: Learner,
  seed: number,
  random: Random,
): AsyncWork<OutOfFold> {
  const { task } = learning;
  const parts: { testIndex: Int32Array; predictions: Float64Array }[] = [];
  for (let fold = 0; fold < N_CHEAP_FOLDS; fold++) {
    const { train, test, testIndex } = foldOf(learning, { fold, nFolds: N_CHEAP_FOLDS, seed });
    const model = yield* learner.fit(train, task, random.split(`fold ${fold}`));
    parts.push({ testIndex, predictions: model.predict(test.table) });
    model.dispose?.();
  }
  return joinPredictions(learner.id, parts, task);
}

function withTarget(learning: LearningRows, order: Int32Array): LearningRows {
  const { table, task } = learning;
  const permute = (column: Column): Column =>
    column.name === task.target ? takeRows({ nRows: table.nRows, columns: [column] }, order).columns[0] : column;
  return { ...learning, table: { ...table, columns: table.columns.map(permute) } };
}

/**
 * The smallest out-of-fold loss of cheap learners fitted on a permuted target; permutation 0 is the target as it is. Each
 * permutation has its own random stream, so that any worker may do any of them. A target that can be learned has a loss
 * below nearly all of its permutations' (Ojala and Garriga 2010, test 1 with refitting).
 */
export async function* refitLoss(
  learning: LearningRows,
  learners: readonly Learner[],
  { permutation, maxRows, seed }: RefitRequest,
): AsyncWork<number> {
  const random = createRandom(seed).split("refit").split(`permutation ${permutation}`);
  const rows = sampleRows(learning, maxRows, seed);
  const order = allRows(rows.table.nRows);
  if (permutation > 0) rowPermuter(rows.groups ?? null)(order, random.split("order"));
  const permuted = withTarget(rows, order);
  let least = Number.POSITIVE_INFINITY;
  for (const learner of learners) {
    const predicted = yield* predictOutOfFold(permuted, learner, seed, random.split(learner.id));
    least = Math.min(least, lossOf(permuted, predicted)(allRows(order.length)));
  }
  return least;
}

/** p-value of the first loss among all: the share of losses at least as small, the target's own counted. */
export function refitPValue(losses: readonly number[]): number {
  const limit = losses[0] + 1e-12 * Math.abs(losses[0]);
  return losses.filter((loss) => loss <= limit).length / losses.length;
}
