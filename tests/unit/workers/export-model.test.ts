import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { exportModel } from "../../../src/workers/export-model.ts";
import type { ModelFormat } from "../../../src/workers/model.jobs.ts";
import { keptModel, LEARNERS, mixedLearning } from "./model-parts.ts";

describe.each(LEARNERS)("exportModel, %s", (learner) => {
  const merged = [{ column: "word", groups: [["a", "A"]] }];
  const kept = keptModel(learner, { ...mixedLearning("three"), merged });
  const write = (format: ModelFormat) => finish(exportModel(kept, format));
  const textOf = (format: ModelFormat) => new TextDecoder().decode(write(format).bytes);

  test("XGBoost's JSON holds the trees, and how labels are read", () => {
    const { learner: parts } = JSON.parse(textOf("xgboost-json"));
    expect(parts.gradient_booster.model.trees.length).toBeGreaterThanOrEqual(24);
    const encoding = JSON.parse(parts.attributes.encoding);
    expect(encoding.features[2]).toMatchObject({ name: "word", merged: { A: "a" } });
    expect(write("xgboost-json").fileName).toBe(`${learner}.json`);
  });

  test("ONNX names its classes", () => {
    const { fileName, bytes } = write("onnx");
    expect(fileName).toBe(`${learner}.onnx`);
    expect(Buffer.from(bytes).includes("TreeEnsembleClassifier")).toBe(true);
    expect(Buffer.from(bytes).includes("high")).toBe(true);
  });

  test.each([
    ["python", "score.py"],
    ["dask", "dask_model.py"],
  ] as const)("the %s script looks for the JSON by its name", (format, name) => {
    expect(write(format).fileName).toBe(name);
    expect(textOf(format)).toContain(`MODEL = "${learner}.json"`);
  });

  test("the Dask script trains with the settings of the model", () => {
    expect(textOf("dask")).toContain(learner === "xgboost" ? "ROUNDS = 8" : '"num_parallel_tree": 12');
  });

  test("the same model gives the same bytes", () => {
    for (const format of ["xgboost-json", "onnx", "python", "dask"] as const) expect(write(format)).toEqual(write(format));
  });
});
