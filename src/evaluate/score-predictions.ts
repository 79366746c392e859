import { classificationMetrics } from "../metrics/classification.ts";
import { regressionMetrics } from "../metrics/regression.ts";
import { levelRanks } from "../table/ordered-levels.ts";
import type { Table } from "../table/table.ts";
import { type ClassificationTask, classCodes, type Task, targetValues } from "../table/task.ts";
import type { Metrics } from "./fold-result.ts";

/** The order of the classes: the user's, else the one that their words have. */
const ranksOf = ({ classes, isOrdered }: ClassificationTask): Int32Array | null =>
  isOrdered ? Int32Array.from(classes, (_, rank) => rank) : levelRanks(classes);

/** Scores of predictions for the rows of a table: (nRows × nClasses) for classification, (nRows) for regression. */
export function scorePredictions(task: Task, table: Table, predictions: Float64Array): Metrics {
  return task.kind === "classification"
    ? classificationMetrics(classCodes(table, task), predictions, task.classes.length, ranksOf(task))
    : regressionMetrics(targetValues(table, task), predictions);
}

/** The loss that decides between models, and the score that people read. */
export function metricsOf(task: Task): { readonly loss: "logLoss" | "rmse"; readonly shown: "accuracy" | "r2" } {
  return task.kind === "classification" ? { loss: "logLoss", shown: "accuracy" } : { loss: "rmse", shown: "r2" };
}
