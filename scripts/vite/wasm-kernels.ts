import type { Plugin } from "vite";
import { compileKernels } from "../wasm.mjs";

/** Has the AssemblyScript kernels compiled before anything imports them, and again when one is edited. */
export function wasmKernels(): Plugin {
  return {
    name: "trendloom:wasm-kernels",
    config: compileKernels,
    async hotUpdate({ file }) {
      if (/\/src\/wasm\/[^/]+\.ts$/.test(file)) await compileKernels();
    },
  };
}
