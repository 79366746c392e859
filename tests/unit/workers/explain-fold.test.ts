import { describe, expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { fitFold } from "../../../src/evaluate/fit-fold.ts";
import { explainFold } from "../../../src/workers/explain-fold.ts";
import { treeLearner } from "../../../src/workers/tree-learners.ts";
import { LEARNERS, mixedLearning, SMALL, TARGETS } from "./model-parts.ts";

describe.each(LEARNERS)("explainFold, %s", (learner) => {
  const request = { learner, params: SMALL[learner], seed: 6, nFolds: 3, quick: true };

  test.each(TARGETS)("target %s: explains the very model that fold 0 scored, on its held-out rows", async (target) => {
    const learning = mixedLearning(target);
    const report = finish(explainFold(learning, request));
    const synthetic = { train: null, test: null };
    const scored = await finishAsync(
      fitFold({
        ...learning,
        learner: treeLearner(learner, request.params),
        request: { ...request, fold: 0, mode: "real-only", synthetic },
        now: () => 0,
      }),
    );
    expect(report.nRows).toBe(scored.testIndex.length);
    expect(report.score).toBeCloseTo(target === "number" ? scored.real.rmse ** 2 : scored.real.logLoss, 12);
    const heldOut = new Set(scored.testIndex);
    expect([...report.shap.rows].every((row) => heldOut.has(row))).toBe(true);
    const nFeatures = report.shap.features.length;
    const nRows = report.shap.rows.length;
    expect(report.shap.values).toHaveLength(report.shap.outputs.length * nRows * nFeatures);
    if (report.shap.unit === "margin") return;
    const nClasses = target === "number" ? 1 : learning.task.kind === "classification" ? learning.task.classes.length : 1;
    report.shap.rows.forEach((row, i) => {
      const at = [...scored.testIndex].indexOf(row);
      report.shap.outputs.forEach((_, output) => {
        const column = nClasses - report.shap.outputs.length + output;
        const from = (output * nRows + i) * nFeatures;
        const sum = report.shap.values
          .subarray(from, from + nFeatures)
          .reduce((total, value) => total + value, report.shap.base[output]);
        expect(sum).toBeCloseTo(scored.predictions[at * nClasses + column], 9);
      });
    });
  });

  test("the same request gives the same report", () => {
    const learning = mixedLearning("two");
    expect(finish(explainFold(learning, request))).toEqual(finish(explainFold(learning, request)));
  });
});
