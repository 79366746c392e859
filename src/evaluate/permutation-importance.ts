import { log } from "../core/exp-log.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { MIN_PROBABILITY } from "../metrics/classification.ts";
import { normalQuantile, summarize } from "../metrics/intervals.ts";
import { allRows, getColumn, type Table, takeColumn } from "../table/table.ts";
import { classCodes, type Task, targetValues } from "../table/task.ts";
import type { Estimate, ExplainReport } from "./explain-report.ts";
import type { FittedModel } from "./learner.ts";

/** The score that importance is measured in: lower is better. */
export const importanceMetric = (task: Task): ExplainReport["metric"] => (task.kind === "classification" ? "logLoss" : "mse");

/** What each row adds to the score: −log of the share given to the truth, or the squared error. */
function rowLosses(task: Task, table: Table): (predictions: Float64Array) => Float64Array {
  if (task.kind === "regression") {
    const truth = targetValues(table, task);
    return (predictions) => predictions.map((value, row) => (value - truth[row]) ** 2);
  }
  const codes = classCodes(table, task);
  const nClasses = task.classes.length;
  return (predictions) =>
    Float64Array.from(codes, (code, row) => -log(Math.max(predictions[row * nClasses + code], MIN_PROBABILITY)));
}

/** Mean over rows, with the interval for other rows of the kind at a 95 % level shared by `nTried` estimates (Bonferroni). */
function estimate(worsening: Float64Array, nTried: number): Estimate {
  const { mean, sd } = summarize(Array.from(worsening));
  const halfWidth = (normalQuantile(1 - 0.025 / nTried) * sd) / Math.sqrt(worsening.length);
  return { mean, low: mean - halfWidth, high: mean + halfWidth };
}

export interface PermutationImportance {
  /** The model's own score. */
  readonly score: number;
  /** By feature, in the task's order. */
  readonly worsening: readonly Estimate[];
}

/**
 * How much worse a model scores on a table of held-out rows once one feature's values are shuffled among them (Breiman 2001;
 * Fisher, Rudin and Dominici 2019): for each row the mean over `nRepeats` shuffles less its own loss, and of that the mean
 * over rows. The interval speaks of other held-out rows (Williamson et al. 2021), which repeated shuffles of the same rows
 * do not: on noise they agree about what these rows happen to hold. It is widened for the number of features that are tried,
 * so that on noise nineteen reports of twenty name none. A feature that the model never asks counts 0 without a try.
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
  const lossesOf = rowLosses(task, table);
  const own = lossesOf(model.predict(table));
  const nTried = Math.max(1, task.features.filter((_, at) => isAsked(at)).length);
  const worsening: Estimate[] = [];
  for (const [at, feature] of task.features.entries()) {
    yield { stage: "importance", done: at, total: task.features.length };
    if (!isAsked(at)) {
      worsening.push({ mean: 0, low: 0, high: 0 });
      continue;
    }
    const ofFeature = random.split(feature);
    const column = getColumn(table, feature);
    const worse = own.map((loss) => -loss);
    for (let repeat = 0; repeat < nRepeats; repeat++) {
      const shuffled = takeColumn(column, ofFeature.split(`repeat ${repeat}`).shuffle(allRows(table.nRows)));
      const columns = table.columns.map((other) => (other === column ? shuffled : other));
      lossesOf(model.predict({ ...table, columns })).forEach((loss, row) => {
        worse[row] += loss / nRepeats;
      });
    }
    worsening.push(estimate(worse, nTried));
  }
  return { score: summarize(Array.from(own)).mean, worsening };
}
