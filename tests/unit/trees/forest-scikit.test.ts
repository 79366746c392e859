import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { classificationMetrics } from "../../../src/metrics/classification.ts";
import { summarize } from "../../../src/metrics/intervals.ts";
import { splitFold } from "../../../src/table/split-rows.ts";
import type { Table } from "../../../src/table/table.ts";
import { classCodes, makeTask } from "../../../src/table/task.ts";
import { fitRandomForest, predictRandomForest } from "../../../src/trees/random-forest.ts";
import { loadTable } from "../support/load-table.ts";

interface Golden {
  readonly name: string;
  readonly nTrees: number;
  readonly minLeafRows: number;
  readonly useEntropy: number;
  readonly balanceClasses: number;
  readonly accuracy: { readonly mean: number; readonly standardError: number };
  readonly auc: { readonly mean: number; readonly standardError: number };
}

const telco = loadTable("../shared/data/telco_churn.csv");
const golden = JSON.parse(readFileSync("tests/golden/forest-scikit.json", "utf8")) as Golden[];

/** Five-fold means with the settings of scikit-learn's forest; folds are dealt otherwise than there. */
function crossValidate(table: Table, { name: _, accuracy: _a, auc: _b, ...params }: Golden) {
  const task = makeTask(table, "Churn", (column) => (column === "customerID" ? "identifier" : "feature"), 5);
  const scores = [0, 1, 2, 3, 4].map((at) => {
    const fold = splitFold(table, "Churn", 5, at, createRandom(7));
    const model = finish(fitRandomForest(fold.train, task, params, createRandom(at)));
    if (task.kind !== "classification") throw new Error("Churn has classes");
    return classificationMetrics(classCodes(fold.test.table, task), predictRandomForest(model, fold.test.table), 2);
  });
  const mean = (key: "accuracy" | "auc") => summarize(scores.map((score) => score[key])).mean;
  return { accuracy: mean("accuracy"), auc: mean("auc") };
}

describe.skipIf(!telco)("within one standard error of scikit-learn's RandomForestClassifier with the same settings", () => {
  test.each(golden)("$name", (figures) => {
    const own = crossValidate(telco as Table, figures);
    expect(Math.abs(own.auc - figures.auc.mean)).toBeLessThan(figures.auc.standardError);
    // Here a leaf counts a row as often as it was drawn, there once: with balanced classes that is worth 0.7 points.
    expect(own.accuracy).toBeGreaterThan(figures.accuracy.mean - figures.accuracy.standardError);
  });
});
