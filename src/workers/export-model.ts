import type { Work } from "../core/progress.ts";
import { daskScript } from "../export/dask-script.ts";
import { writeOnnx } from "../export/onnx.ts";
import { scoringScript } from "../export/scoring-script.ts";
import { writeXgboostJson } from "../export/xgboost-json.ts";
import type { KeptModel } from "./fit-model.ts";
import type { ModelFormat } from "./model.jobs.ts";

export interface ModelFile {
  readonly fileName: string;
  readonly bytes: ArrayBuffer;
}

const textFile = (fileName: string, text: string): ModelFile => ({ fileName, bytes: new TextEncoder().encode(text).buffer });

/** The model for use as a file; scripts expect the XGBoost JSON beside them under the name it has here. */
export function* exportModel({ learner, params, model, learning }: KeptModel, format: ModelFormat): Work<ModelFile> {
  const { table, task, merged } = learning;
  const jsonName = `${learner}.json`;
  switch (format) {
    case "xgboost-json":
      return { fileName: jsonName, bytes: (yield* writeXgboostJson(model, task, table, merged)).buffer };
    case "onnx":
      return { fileName: `${learner}.onnx`, bytes: (yield* writeOnnx(model, task, table, merged)).buffer };
    case "python":
      return textFile("score.py", scoringScript(jsonName));
    case "dask":
      return textFile("dask_model.py", daskScript(model, task, params, jsonName));
  }
}
