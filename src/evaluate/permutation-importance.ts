import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { studentTQuantile, summarize } from "../metrics/intervals.ts";
import { allRows, getColumn, type Table, takeColumn } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { Estimate, ExplainReport } from "./explain-report.ts";
import type { FittedModel } from "./learner.ts";
import { scorePredictions } from "./score-predictions.ts";

/** The score that importance is measured in: lower is better. */
export const importanceMetric = (task: Task): ExplainReport["metric"] => (task.kind === "classification" ? "logLoss" : "mse");

function loss(task: Task, table: Table, predictions: Float64Array): number {
  const scores = scorePredictions(task, table, predictions);
  return task.kind === "classification" ? scores.logLoss : scores.rmse ** 2;
}

/** Mean of the repeats with the 95 % interval that Student's t gives for it. */
function estimate(repeats: readonly number[]): Estimate {
  const { mean, sd } = summarize(repeats);
  const halfWidth = (studentTQuantile(0.975, repeats.length - 1) * sd) / Math.sqrt(repeats.length);
  return { mean, low: mean - halfWidth, high: mean + halfWidth };
}

export interface PermutationImportance {
  /** The model's own score. */
  readonly score: number;
  /** By feature, in the task's order. */
  readonly worsening: readonly Estimate[];
}

/**
 * How much worse a model scores on a table of held-out rows once one feature's values are shuffled among them (Breiman 2001; Fisher,
 * Rudin and Dominici 2019): the mean over `nRepeats` ≥ 2 shuffles. The interval is that of the mean over
 * shuffles; it does not speak of other held-out rows. A feature that the model never asks counts 0 without a try.
 * Repeat r of a feature shuffles by its own random stream. Yields before every feature.
 */
export function* permutationImportance(
  model: Pick<FittedModel, "predict">,
  table: Table,
  task: Task,
  isAsked: (feature: number) => boolean,
  nRepeats: number,
  random: Random,
): Work<PermutationImportance> {
  const score = loss(task, table, model.predict(table));
  const worsening: Estimate[] = [];
  for (const [at, feature] of task.features.entries()) {
    yield { stage: "importance", done: at, total: task.features.length };
    if (!isAsked(at)) {
      worsening.push({ mean: 0, low: 0, high: 0 });
      continue;
    }
    const ofFeature = random.split(feature);
    const column = getColumn(table, feature);
    const repeats: number[] = [];
    for (let repeat = 0; repeat < nRepeats; repeat++) {
      const shuffled = takeColumn(column, ofFeature.split(`repeat ${repeat}`).shuffle(allRows(table.nRows)));
      const columns = table.columns.map((other) => (other === column ? shuffled : other));
      repeats.push(loss(task, table, model.predict({ ...table, columns })) - score);
    }
    worsening.push(estimate(repeats));
  }
  return { score, worsening };
}
