import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { floatText } from "../../../src/export/json-text.ts";
import { writeXgboostJson, xgboostNames } from "../../../src/export/xgboost-json.ts";
import { encodedRows } from "./encoded-rows.ts";
import { exportCases, fitModel, LEARNERS, paramsOf, predictModel } from "./export-cases.ts";
import { largestDifference } from "./largest-difference.ts";
import { hasPython, runScripts, temporaryFolder } from "./python-runner.ts";

const folder = temporaryFolder();

/** Leaf by leaf, weighted, drawn, stopped early. */
const UNUSUAL = {
  "gradient-boosting": {
    maxLeaves: 12,
    maxDepth: 16,
    subsample: 0.7,
    colsampleByTree: 0.6,
    balanceClasses: 1,
    earlyStoppingRounds: 3,
    learningRate: 0.5,
  },
  "random-forest": { nTrees: 10, maxDepth: 9, balanceClasses: 1, useEntropy: 1, bootstrap: 0 },
} as const;

describe.skipIf(!hasPython("xgboost"))("an exported model in XGBoost", () => {
  const fitted = exportCases.flatMap((exported, at) =>
    LEARNERS.flatMap((learner) =>
      [paramsOf(learner, exported), UNUSUAL[learner]].map((params, variant) => ({
        name: `${at}-${learner}-${variant}`,
        exported,
        learner,
        params: JSON.stringify(params),
        model: fitModel(learner, exported, params),
      })),
    ),
  );

  beforeAll(() => {
    const script = readFileSync(join(import.meta.dirname, "predict-xgboost.py"), "utf8");
    const jobs = fitted.map(({ name, exported: { task, train, rows }, model }) => ({
      name,
      files: {
        "model.json": finish(writeXgboostJson(model, task, train)),
        "rows.f64": new Uint8Array(encodedRows(model.mapper, rows).buffer),
        "predict.py": script,
      },
      runs: [["predict.py"]],
    }));
    runScripts(folder, jobs, { cluster: false });
  }, 120_000);

  test.each(fitted)("$exported.name, $learner $params: alike on every row", ({ name, exported, model }) => {
    const predicted = new Float64Array(new Uint8Array(readFileSync(join(folder, name, "predicted.f64"))).buffer);
    expect(largestDifference(predicted, predictModel(model, exported.rows))).toBeLessThan(1e-5);
  });
});

test.each([
  [0, "0.0"],
  [-3, "-3.0"],
  [0.1, "0.1"],
  [16_777_217, "16777216.0"],
  [1e-7, "1e-7"],
  [1e30, "1e+30"],
])("%d is written %s: no integer, and the same 32-bit float", (value, text) => {
  expect(floatText(value)).toBe(text);
  expect(Math.fround(Number(text))).toBe(Math.fround(value));
});

test("names that XGBoost refuses stay apart", () => {
  expect(xgboostNames(["a[b]", "a(b)", "x<y"])).toEqual(["a(b)", "a(b) (2)", "xless than y"]);
});
