import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { writeXgboostJson } from "../../../src/export/xgboost-json.ts";
import { allRows, takeRows } from "../../../src/table/table.ts";
import { binTable } from "../../../src/trees/bin-mapper.ts";
import { TreeExplainer } from "../../../src/trees/shap.ts";
import { encodedRows } from "../export/encoded-rows.ts";
import { hasPython, runPython } from "../export/python-runner.ts";
import { fitBoth, mixedTable, mixedTask, REAL_TABLES } from "./explained-models.ts";

const N_ROWS = 20;
const folder = mkdtempSync(join(tmpdir(), "trendloom-shap-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mixed = mixedTable(300, createRandom(21));
const cases = [
  ...REAL_TABLES,
  { name: "mixed, a number", real: { table: mixed, task: mixedTask(mixed, "number") } },
  { name: "mixed, three classes", real: { table: mixed, task: mixedTask(mixed, "three") } },
];

describe.skipIf(!hasPython("xgboost"))("SHAP values against those of XGBoost for the exported model", () => {
  describe.each(cases)("$name", ({ real }) => {
    test.skipIf(!real).each([0, 1])("boosting, then forest: %i", (which) => {
      if (!real) return;
      const model = fitBoth(real.table, real.task, 9, 10)[which];
      const step = Math.floor(real.table.nRows / N_ROWS);
      const rows = takeRows(
        real.table,
        allRows(N_ROWS).map((row) => row * step),
      );
      writeFileSync(join(folder, "model.json"), finish(writeXgboostJson(model, real.task, real.table)));
      writeFileSync(join(folder, "rows.f64"), encodedRows(model.mapper, rows));
      runPython(join(import.meta.dirname, "xgboost-contributions.py"), [], folder);
      const theirs = new Float64Array(new Uint8Array(readFileSync(join(folder, "shap.f64"))).buffer);
      const explainer = new TreeExplainer(model);
      const ours = finish(explainer.explain(binTable(model.mapper, rows)));
      const nFeatures = model.mapper.features.length;
      const nOutputs = explainer.base.length;
      const nTheirs = theirs.length / N_ROWS / (nFeatures + 1);
      // Of a forest's two classes we explain the second alone.
      const first = nTheirs - nOutputs;
      let farthest = 0;
      for (let output = 0; output < nOutputs; output++) {
        for (let row = 0; row < N_ROWS; row++) {
          const at = (row * nTheirs + first + output) * (nFeatures + 1);
          farthest = Math.max(farthest, Math.abs(theirs[at + nFeatures] - explainer.base[output]));
          for (let feature = 0; feature < nFeatures; feature++) {
            const own = ours[(output * N_ROWS + row) * nFeatures + feature];
            farthest = Math.max(farthest, Math.abs(theirs[at + feature] - own));
          }
        }
      }
      expect(farthest).toBeLessThan(1e-4);
      expect(ours.some((value) => Math.abs(value) > 1e-3)).toBe(true);
    });
  });
});
