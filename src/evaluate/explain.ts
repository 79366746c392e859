import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { Fold } from "../table/split-rows.ts";
import { allRows, getColumn, type Table, takeRows } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { ExplainReport, FeatureImportance, ShapSummary } from "./explain-report.ts";
import { explainedOutputs } from "./explained-outputs.ts";
import type { FittedModel, LearnerId } from "./learner.ts";
import { partialDependence } from "./partial-dependence.ts";
import { importanceMetric, permutationImportance } from "./permutation-importance.ts";

/** What a model must be able to tell of itself to be explained. Features stand in the task's order. */
export interface ExplainableModel extends Pick<FittedModel, "predict"> {
  readonly learner: LearnerId;
  readonly unit: ShapSummary["unit"];
  /** Share of the splits' gains by feature; 0 where it is never asked. */
  readonly gains: Float64Array;
  readonly base: readonly number[];
  /** Rows that may be explained within some seconds. */
  readonly affordableRows: number;
  /** SHAP values (nOutputs × nRows × nFeatures). */
  contributions(table: Table): Work<Float64Array>;
}

/** How much is measured; `quick` halves it or more. */
const LIMITS = {
  full: { importanceRows: 2000, nRepeats: 10, shapRows: 500, nDependence: 6 },
  quick: { importanceRows: 1000, nRepeats: 5, shapRows: 200, nDependence: 4 },
} as const;

/** At most `limit` of n rows, drawn without replacement, ascending. */
function drawRows(n: number, limit: number, random: Random): Int32Array {
  return n <= limit ? allRows(n) : random.shuffle(allRows(n)).slice(0, limit).sort();
}

/** Rank of each value among all, from 0 to 1, equal ones at their mean rank; NaN where missing. */
export function relativeRanks(values: Float64Array): Float32Array {
  const ranks = new Float32Array(values.length).fill(Number.NaN);
  const order = allRows(values.length).filter((row) => !Number.isNaN(values[row]));
  order.sort((a, b) => values[a] - values[b]);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    const rank = order.length > 1 ? (from + to - 1) / 2 / (order.length - 1) : 0.5;
    for (; from < to; from++) ranks[order[from]] = rank;
  }
  return ranks;
}

function ranksOf(table: Table, features: readonly string[]): Float32Array {
  const ranks = new Float32Array(table.nRows * features.length).fill(Number.NaN);
  for (const [at, feature] of features.entries()) {
    const column = getColumn(table, feature);
    if (column.kind !== "numeric") continue;
    relativeRanks(column.values).forEach((rank, row) => {
      ranks[row * features.length + at] = rank;
    });
  }
  return ranks;
}

/** Mean over rows of a feature's absolute values, all outputs added. */
function meanAbsolute(values: Float64Array, nFeatures: number, nRows: number): Float64Array {
  const means = new Float64Array(nFeatures);
  values.forEach((value, at) => {
    means[at % nFeatures] += Math.abs(value) / nRows;
  });
  return means;
}

/**
 * What a model, fitted on a fold's training rows, goes by on the fold's held-out rows: importance, SHAP values and
 * partial dependence. Rows are drawn, features shuffled by streams of `random`.
 */
export function* explainModel(
  model: ExplainableModel,
  fold: Fold,
  task: Task,
  isQuick: boolean,
  random: Random,
): Work<ExplainReport> {
  const limits = isQuick ? LIMITS.quick : LIMITS.full;
  const { features } = task;
  const { nRows } = fold.test.table;
  const measured = takeRows(fold.test.table, drawRows(nRows, limits.importanceRows, random.split("importance rows")));
  const isAsked = (feature: number) => model.gains[feature] > 0;
  const { score, worsening } = yield* permutationImportance(
    model,
    measured,
    task,
    isAsked,
    limits.nRepeats,
    random.split("permutations"),
  );
  const drawn = drawRows(nRows, Math.min(limits.shapRows, model.affordableRows), random.split("explained rows"));
  const explained = takeRows(fold.test.table, drawn);
  const values = yield* model.contributions(explained);
  const meanAbsShap = meanAbsolute(values, features.length, drawn.length);
  const importance = features
    .map((feature, at): FeatureImportance => {
      return { feature, gain: model.gains[at], permutation: worsening[at], meanAbsShap: meanAbsShap[at] };
    })
    .sort((a, b) => b.permutation.mean - a.permutation.mean || b.gain - a.gain);
  const important = importance.slice(0, limits.nDependence).map(({ feature }) => feature);
  return {
    learner: model.learner,
    nRows: measured.nRows,
    nRepeats: limits.nRepeats,
    metric: importanceMetric(task),
    score,
    importance,
    shap: {
      unit: model.unit,
      outputs: explainedOutputs(task).map(({ name }) => name),
      base: model.base,
      features,
      rows: drawn.map((row) => fold.testIndex[row]),
      values,
      ranks: ranksOf(explained, features),
    },
    dependence: yield* partialDependence(model, explained, task, important),
  };
}
