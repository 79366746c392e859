/**
 * Milliseconds of a generator's step on WebGPU in Node.js, for machines with a GPU and without a browser: see ../README.md.
 * `npx tsx bench/webgpu/steps.ts [--only tiny|default] [--steps 20]`, after `npm install` in bench/webgpu.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../scripts/setup.mjs";
import type { GanEngine, GanLosses, NetworkShape } from "../../src/gan/engine.ts";
import { DEFAULT_SHAPE, loadNetwork } from "../data/gan-network.ts";
import { quantile } from "../statistics.ts";

const SHAPES: Readonly<Record<string, NetworkShape>> = {
  tiny: { batchSize: 20, hidden: 8, latentDim: 8 },
  default: DEFAULT_SHAPE,
};

/** What TensorFlow.js looks for in a browser, from Dawn. @throws Error where it is not installed */
function pretendToBeBrowser(): GPU {
  const dawn = createRequire(join(root, "bench", "webgpu", "package.json"))("webgpu") as {
    create(options: readonly string[]): GPU;
    globals: object;
  };
  const gpu = dawn.create([]);
  Object.assign(globalThis, dawn.globals, { WorkerGlobalScope: class {} });
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  return gpu;
}

interface Timing {
  readonly firstMs: number;
  readonly medianMs: number;
  readonly losses: GanLosses;
}

/** The first step compiles shaders, and each is waited for. */
async function timeSteps(engine: GanEngine, step: () => void | Promise<void>, nSteps: number): Promise<Timing> {
  const times: number[] = [];
  let losses: GanLosses | null = null;
  for (let i = 0; i <= nSteps; i++) {
    const from = performance.now();
    await step();
    const read = await engine.readLosses();
    losses ??= read;
    times.push(performance.now() - from);
  }
  if (!losses) throw new Error("no step was made");
  const [firstMs, ...rest] = times;
  return { firstMs, medianMs: quantile(rest, 0.5), losses };
}

/** The largest difference of two steps' losses, over the loss or over 0.01 where it is smaller. */
function furthest(a: GanLosses, b: GanLosses): number {
  const keys = Object.keys(b) as (keyof GanLosses)[];
  return Math.max(...keys.map((key) => Math.abs(a[key] - b[key]) / Math.max(0.01, Math.abs(b[key]))));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string" }, steps: { type: "string", default: "20" } } });
  const nSteps = Number(values.steps);
  if (!(nSteps >= 1)) throw new Error("--steps must be at least 1");
  const gpu = pretendToBeBrowser();
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("no adapter: VK_DRIVER_FILES may name a Vulkan driver's manifest");
  const { vendor, architecture, device, description } = adapter.info;
  console.log(`adapter: ${[vendor, architecture, device, description].filter(Boolean).join(" · ")}`);

  // TensorFlow.js decides what there is when it is imported.
  const { useEngine } = await import("../../src/gan/backend.ts");
  const { createTfjsEngine } = await import("../../src/gan/engine-tfjs.ts");
  const { wasmEngineFactory } = await import("../../src/gan/engine-wasm.ts");
  const noWasm = { "tfjs-backend-wasm.wasm": "", "tfjs-backend-wasm-simd.wasm": "" };
  if (!(await useEngine("webgpu", noWasm))) throw new Error("TensorFlow.js does not run on WebGPU here");
  const csv = readFileSync(join(root, "public", "samples", "shopping-sample.csv")).toString("base64");
  for (const [name, shape] of Object.entries(SHAPES)) {
    if (values.only !== undefined && values.only !== name) continue;
    const { batch, create } = await loadNetwork({ url: `data:text/csv;base64,${csv}` }, shape);
    const onGpu = create(createTfjsEngine);
    const theirs = await timeSteps(onGpu, () => onGpu.step(batch, 1e-3), nSteps);
    onGpu.dispose();
    const own = create(wasmEngineFactory(false));
    const ours = await timeSteps(own, () => own.step(batch, 1e-3), nSteps);
    console.log(
      `${name}: ${theirs.medianMs.toFixed(2)} ms a step on WebGPU (first ${theirs.firstMs.toFixed(0)} ms), ` +
        `${ours.medianMs.toFixed(2)} ms on our own engine, 1 thread; losses differ by ${furthest(theirs.losses, ours.losses).toExponential(1)}`,
    );
  }
}

await main();
// Dawn keeps the process alive.
process.exit(0);
