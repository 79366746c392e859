import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import type { TreeModel } from "../../../src/export/ensemble.ts";
import { writeXgboostJson } from "../../../src/export/xgboost-json.ts";
import { encodedRows, largestDifference } from "./encoded-rows.ts";
import { type ExportCase, exportCases, fitModel, LEARNERS, predictModel } from "./export-cases.ts";
import { hasPython, runPython } from "./python-runner.ts";

const folder = mkdtempSync(join(tmpdir(), "trendloom-xgboost-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What XGBoost says to the model for the rows of the case, as our own prediction is laid out. */
function predictInXgboost(model: TreeModel, { task, train, rows }: ExportCase): Float64Array {
  writeFileSync(join(folder, "model.json"), finish(writeXgboostJson(model, task, train)));
  writeFileSync(join(folder, "rows.f64"), encodedRows(model.mapper, rows));
  runPython(join(import.meta.dirname, "predict-xgboost.py"), [], folder);
  return new Float64Array(new Uint8Array(readFileSync(join(folder, "predicted.f64"))).buffer);
}

describe.skipIf(!hasPython("xgboost"))("an exported model in XGBoost", () => {
  describe.each(exportCases)("$name", (exported) => {
    test.each(LEARNERS)("%s answers alike on every row", (learner) => {
      const model = fitModel(learner, exported);
      const difference = largestDifference(predictInXgboost(model, exported), predictModel(model, exported.rows));
      expect(difference).toBeLessThan(1e-5);
    });
  });
});
