import { describe, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { writeOnnx } from "../../../src/export/onnx.ts";
import type { TreeModel } from "../../../src/trees/tree-model.ts";
import { encodedRows } from "./encoded-rows.ts";
import { type ExportCase, exportCases, fitModel, LEARNERS, paramsOf, predictModel } from "./export-cases.ts";
import { loadOnnxRuntime, type OnnxRuntime } from "./onnx-runtime.ts";
import { expectAlike } from "./scored-file.ts";

const runtime = loadOnnxRuntime();

async function predictInRuntime({ InferenceSession, Tensor }: OnnxRuntime, model: TreeModel, { task, train, rows }: ExportCase) {
  const session = await InferenceSession.create(finish(writeOnnx(model, task, train)));
  const encoded = Float32Array.from(encodedRows(model.mapper, rows));
  return session.run({ features: new Tensor("float32", encoded, [rows.nRows, model.mapper.features.length]) });
}

describe.skipIf(!runtime)("an exported model in onnxruntime", () => {
  describe.each(exportCases)("$name", (exported) => {
    test.each(LEARNERS)("%s answers alike on every row, label included", async (learner) => {
      const model = fitModel(learner, exported, paramsOf(learner, exported));
      const expected = predictModel(model, exported.rows);
      const outputs = await predictInRuntime(runtime as OnnxRuntime, model, exported);
      const values = (outputs.probabilities ?? outputs.value).data as Float32Array;
      expectAlike(values, (outputs.label?.data ?? []) as string[], exported.task, expected);
    });
  });
});
