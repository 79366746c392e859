import { fileURLToPath } from "node:url";
import type { WasmPaths } from "../../../src/gan/backend.ts";

const DIST = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
const pathOf = (name: string): string => fileURLToPath(new URL(name, DIST));

/** The binaries as installed, for tests that run in Node. */
export const WASM_PATHS: WasmPaths = {
  "tfjs-backend-wasm.wasm": pathOf("tfjs-backend-wasm.wasm"),
  "tfjs-backend-wasm-simd.wasm": pathOf("tfjs-backend-wasm-simd.wasm"),
};
