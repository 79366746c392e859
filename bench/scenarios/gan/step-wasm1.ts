import { createTfjsEngine } from "../../../src/gan/engine-tfjs.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { loadNetwork } from "../../data/gan-network.ts";
import { stepMs, useTfjsWasm } from "../../page/gan-step.ts";
import type { Scenario } from "../../scenario.ts";

const scenario: Scenario = {
  name: "gan.step.wasm1",
  rivalName: "the same step on TensorFlow.js, WebAssembly with SIMD",
  data: "shopping",
  threads: 1,
  unit: "ms",
  note: "one step of the default network at batch 200, mean of 20; the rival's passes are written out too, without a tape.",
  async prepare(data) {
    const { nRows, batch, create } = await loadNetwork(data);
    await useTfjsWasm();
    const ours = create(wasmEngineFactory(false));
    const rival = create(createTfjsEngine);
    return {
      rows: nRows,
      ours: () => stepMs(ours, batch),
      rival: () => stepMs(rival, batch),
      close: () => rival.dispose(),
    };
  },
};

export default scenario;
