import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { loadNetwork } from "../../data/gan-network.ts";
import { openGanPart, stepMs } from "../../page/gan-step.ts";
import type { Scenario } from "../../scenario.ts";

const scenario: Scenario = {
  name: "gan.step.wasm2",
  rivalName: "our own engine on one thread",
  data: "shopping",
  threads: 2,
  unit: "ms",
  note: "one step of the default network at batch 200, mean of 20: the page and one worker, which compute two of the four shards each and swap moments and gradients by messages, against the page alone. The ratio is that of two threads to one: 0.5 would be perfect, and only a machine with two idle cores can tell.",
  async prepare(data) {
    const { nRows, batch, create } = await loadNetwork(data);
    const { helpers, close } = openGanPart();
    const ours = create(wasmEngineFactory(false, helpers));
    const rival = create(wasmEngineFactory(false));
    return { rows: nRows, ours: () => stepMs(ours, batch), rival: () => stepMs(rival, batch), close };
  },
};

export default scenario;
