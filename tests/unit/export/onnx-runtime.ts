import { createRequire } from "node:module";
import { resolve } from "node:path";

interface Tensor {
  readonly data: ArrayLike<number> | readonly string[];
}

/** The part of onnxruntime-node that the tests use; it is installed apart, in tests/onnxruntime. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(bytes: Uint8Array): Promise<{ run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> }>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => Tensor;
}

/** onnxruntime-node, or null (with a warning) where it is not installed. */
export function loadOnnxRuntime(): OnnxRuntime | null {
  try {
    const loaded: OnnxRuntime = createRequire(resolve("tests/onnxruntime/package.json"))("onnxruntime-node");
    return loaded;
  } catch {
    console.warn("tests/onnxruntime has no onnxruntime-node (npm install there): tests on it are skipped");
    return null;
  }
}
