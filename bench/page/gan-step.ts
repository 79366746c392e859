import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import wasmSimdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { useEngine } from "../../src/gan/backend.ts";
import type { GanBatch, GanEngine } from "../../src/gan/engine.ts";
import type { Helpers } from "../../src/gan/wasm-remote.ts";
import { WorkerClient } from "../../src/rpc/client.ts";
import type { CrewJobs } from "../../src/rpc/crew.ts";
import { portHelpers } from "../../src/workers/gan-port.ts";
import { elapsedMs } from "../stopwatch.ts";

const N_STEPS = 20;

/** Milliseconds of a training step, each waited for. */
export async function stepMs(engine: GanEngine, batch: GanBatch): Promise<number> {
  const total = await elapsedMs(async () => {
    for (let step = 0; step < N_STEPS; step++) {
      await engine.step(batch, 1e-3);
      await engine.readLosses();
    }
  });
  return total / N_STEPS;
}

/** Sets TensorFlow.js to WebAssembly, single-threaded as the page uses it. */
export async function useTfjsWasm(): Promise<void> {
  const paths = { "tfjs-backend-wasm.wasm": wasmUrl, "tfjs-backend-wasm-simd.wasm": wasmSimdUrl };
  if (!(await useEngine("wasm", paths))) throw new Error("TensorFlow.js does not run on WebAssembly here");
}

/** A worker of the app that computes a part of each step. */
export function openGanPart(): { helpers: Helpers; close: () => void } {
  const open = () => new Worker(new URL("../../src/workers/gan-part.worker.ts", import.meta.url), { type: "module" });
  const client = new WorkerClient<CrewJobs>(open);
  const { port1, port2 } = new MessageChannel();
  // Ends with the worker alone.
  client.run("serve", { port: port2 }, { transfer: [port2] }).result.catch(() => {});
  return { helpers: portHelpers([port1]), close: () => client.close() };
}
