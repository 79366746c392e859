import type { Work } from "../core/progress.ts";
import { writeOnnx } from "../export/onnx.ts";
import { writeXgboostJson } from "../export/xgboost-json.ts";
import type { KeptModel } from "./fit-model.ts";
import type { ModelFormat } from "./model.jobs.ts";

/** The model for use as a file. */
export function* exportModel(
  { learner, model, learning }: KeptModel,
  format: ModelFormat,
): Work<{ fileName: string; bytes: ArrayBuffer }> {
  const { table, task } = learning;
  const bytes = yield* format === "onnx" ? writeOnnx(model, task, table) : writeXgboostJson(model, task, table);
  return { fileName: `${learner}.${format === "onnx" ? "onnx" : "json"}`, bytes: bytes.buffer };
}
