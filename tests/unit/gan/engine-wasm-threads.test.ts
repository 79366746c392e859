import { afterEach, expect, it } from "vitest";
import { LOSS_WEIGHTS } from "../../../src/gan/engine.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import type { Helpers } from "../../../src/gan/wasm-remote.ts";
import { portHelpers, serveGanPart } from "../../../src/workers/gan-port.ts";
import { batches, PRESETS, type Preset, plan, runSteps, SHAPE, startWeights } from "./small-network.ts";

const open: MessagePort[] = [];

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** Helpers at the other ends of ports, on this thread. */
function helpers(count: number, serve: (port: MessagePort) => unknown = serveGanPart): Helpers {
  const ports = Array.from({ length: count }, () => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1);
    serve(port2);
    return port1;
  });
  return portHelpers(ports);
}

const start = (preset: Preset, others: Helpers | null = null) =>
  wasmEngineFactory(true, others)(plan, SHAPE, LOSS_WEIGHTS[preset], startWeights());

it.each(PRESETS)("gives the same bytes on one, two and four threads with preset %s", async (preset) => {
  const alone = await runSteps(wasmEngineFactory(true), preset, 4);
  for (const nOthers of [1, 3]) {
    const together = await runSteps(wasmEngineFactory(true, helpers(nOthers)), preset, 4);
    expect(together).toEqual(alone);
  }
});

it("takes up another training, or other weights, with the helpers that it has", async () => {
  const others = helpers(1);
  await runSteps(wasmEngineFactory(true, others), "matching", 2);
  const [alone, shared] = [start("matched"), start("matched", others)];
  const source = batches();
  let kept = startWeights();
  for (let step = 0; step < 12; step++) {
    const batch = source.next();
    await alone.step(batch, 1e-3);
    await shared.step(batch, 1e-3);
    if (step === 3) kept = structuredClone((await alone.checkpoint?.()) ?? kept);
    if (step === 7) for (const engine of [alone, shared]) engine.load(kept);
  }
  expect(kept.optimiser).toBeDefined();
  expect(await shared.checkpoint?.()).toEqual(await alone.checkpoint?.());
});

it("fails with a helper that fails", async () => {
  const failing = helpers(1, (port) => {
    port.onmessage = ({ data }) => {
      if (data.kind === "step") port.postMessage({ error: { code: "internal", details: {}, message: "out of memory" } });
    };
  });
  const engine = start("matched", failing);
  await expect(engine.step(batches().next(), 1e-3)).rejects.toThrow("out of memory");
  await expect(engine.step(batches().next(), 1e-3)).rejects.toThrow("out of memory");
  engine.dispose();
});

it("refuses a number of threads that cannot share the shards evenly", () => {
  expect(() => start("matched", helpers(2))).toThrow("4 shards");
});
