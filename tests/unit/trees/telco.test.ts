import { describe, expect, test } from "vitest";
import { finish, type Work } from "../../../src/core/progress.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { classificationMetrics } from "../../../src/metrics/classification.ts";
import { summarize } from "../../../src/metrics/intervals.ts";
import { splitFold, type TrainRows } from "../../../src/table/split-rows.ts";
import type { Table } from "../../../src/table/table.ts";
import { classCodes, makeTask, type Task } from "../../../src/table/task.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import { fitRandomForest, predictRandomForest } from "../../../src/trees/random-forest.ts";
import { loadTable } from "../support/load-table.ts";

const telco = loadTable("../shared/data/telco_churn.csv");

/** Means over five folds. */
function crossValidate<Model>(
  table: Table,
  fit: (train: TrainRows, task: Task, random: Random) => Work<Model>,
  predict: (model: Model, table: Table) => Float64Array,
): Record<string, number> {
  const task = makeTask(table, "Churn", (name) => (name === "customerID" ? "identifier" : "feature"), 5);
  if (task.kind !== "classification") throw new Error("Churn has classes");
  const scores = [0, 1, 2, 3, 4].map((at) => {
    const fold = splitFold(table, "Churn", 5, at, createRandom(7));
    const model = finish(fit(fold.train, task, createRandom(at)));
    return classificationMetrics(classCodes(fold.test.table, task), predict(model, fold.test.table), task.classes.length);
  });
  return Object.fromEntries(Object.keys(scores[0]).map((name) => [name, summarize(scores.map((score) => score[name])).mean]));
}

describe.skipIf(!telco)("telco churn, five folds, against the figures of scikit-learn and XGBoost", () => {
  const rows = telco as Table;

  test("random forest: AUC within one standard error of 0.828 or above, accuracy likewise of 0.790", () => {
    const scores = crossValidate(rows, (train, task, random) => fitRandomForest(train, task, {}, random), predictRandomForest);
    expect(scores.auc).toBeGreaterThan(0.823);
    expect(scores.accuracy).toBeGreaterThan(0.786);
  });

  test("boosting: AUC within one standard error of 0.846, accuracy likewise of 0.801", () => {
    const fit = (train: TrainRows, task: Task, random: Random) => fitGradientBoosting(train, task, {}, random);
    const scores = crossValidate(rows, fit, predictGradientBoosting);
    expect(Math.abs(scores.auc - 0.846)).toBeLessThan(0.005);
    expect(Math.abs(scores.accuracy - 0.801)).toBeLessThan(0.004);
  });
});
