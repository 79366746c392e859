import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import { TrendloomError } from "../core/errors.ts";
import type { NetworkShape } from "./engine.ts";
import { createTfjsEngine } from "./engine-tfjs.ts";
import { wasmEngineFactory } from "./engine-wasm.ts";
import type { EngineCandidate, EngineChoice, EngineName } from "./gan.types.ts";
import { RACE_SHAPE, raceSteps } from "./race.ts";
import { canRunGanKernel } from "./wasm-kernels.ts";

/** Where the WebAssembly binaries of tfjs-backend-wasm lie, by file name. */
export type WasmPaths = Readonly<Record<"tfjs-backend-wasm.wasm" | "tfjs-backend-wasm-simd.wasm", string>>;

export interface EngineSurroundings {
  readonly wasmPaths: WasmPaths;
  readonly now: () => number;
  /** Network of the race; the default takes a few milliseconds per step on WebAssembly. */
  readonly raceShape?: NetworkShape;
}

/** A device as the browser describes it, and why it should not be used (null: it may be). */
interface Device {
  readonly adapter: string | null;
  readonly objection: "absent" | "software-adapter" | "half-precision" | null;
}

const ENGINES: readonly EngineName[] = ["webgpu", "webgl", "wasm", "cpu"];
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|microsoft basic|warp/i;
const RACE_BUDGET_MS = 900;
const NO_DEVICE: Device = { adapter: null, objection: "absent" };

/** Whether a renderer or adapter draws on the processor. */
export function isSoftware(adapter: string): boolean {
  return SOFTWARE.test(adapter);
}

async function webgpuDevice(): Promise<Device> {
  const gpu = typeof navigator === "undefined" ? undefined : (navigator.gpu as GPU | undefined);
  const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (!adapter) return NO_DEVICE;
  const { info } = adapter;
  const name = [info.vendor, info.architecture, info.device, info.description].filter((part) => part !== "").join(" ");
  const isFallback = info.isFallbackAdapter || (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
  return { adapter: name, objection: isFallback || isSoftware(name) ? "software-adapter" : null };
}

function webglDevice(): Device {
  const canvas = typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1);
  const gl = canvas?.getContext("webgl2");
  if (!gl) return NO_DEVICE;
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  const adapter = String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  const canFloat32 = gl.getExtension("EXT_color_buffer_float") !== null;
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  if (isSoftware(adapter)) return { adapter, objection: "software-adapter" };
  return { adapter, objection: canFloat32 ? null : "half-precision" };
}

async function describeDevice(name: EngineName): Promise<Device> {
  if (name === "webgpu") return webgpuDevice();
  if (name === "webgl") return webglDevice();
  return { adapter: null, objection: null };
}

/** Whether an engine is ours, and so needs nothing of TensorFlow.js. */
export const isOwnEngine = (name: EngineName): boolean => name === "wasm" || name === "wasm-exact";

/** Sets the TensorFlow.js backend, the one for WebAssembly in place of our own engine, and makes sure that it is in use: a blocked one may fall through silently. */
export async function useEngine(engine: EngineName, wasmPaths: WasmPaths): Promise<boolean> {
  const name = isOwnEngine(engine) ? "wasm" : engine;
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (name === "wasm" && tf.findBackend("wasm") === null) {
    // The threaded binary is never loaded, but the map must name it.
    setWasmPaths({ ...wasmPaths, "tfjs-backend-wasm-threaded-simd.wasm": wasmPaths["tfjs-backend-wasm-simd.wasm"] });
  }
  try {
    if (!(await tf.setBackend(name))) return false;
    await tf.ready();
  } catch {
    return false;
  }
  return tf.getBackend() === name;
}

/** Makes an engine ready for training; false where it does not work. */
async function startEngine(name: EngineName, wasmPaths: WasmPaths): Promise<boolean> {
  return isOwnEngine(name) ? canRunGanKernel() : useEngine(name, wasmPaths);
}

async function race(name: EngineName, device: Device, around: EngineSurroundings): Promise<EngineCandidate> {
  const { adapter } = device;
  try {
    if (!(await startEngine(name, around.wasmPaths))) return { name, adapter, msPerStep: null, rejected: "failed" };
    const createEngine = isOwnEngine(name) ? wasmEngineFactory(name === "wasm-exact") : createTfjsEngine;
    const msPerStep = await raceSteps(createEngine, around.raceShape ?? RACE_SHAPE, around.now, RACE_BUDGET_MS);
    return { name, adapter, msPerStep, rejected: null };
  } catch {
    return { name, adapter, msPerStep: null, rejected: "failed" };
  }
}

async function takeAsked(asked: EngineName, around: EngineSurroundings): Promise<EngineChoice> {
  const { adapter, objection } = await describeDevice(asked);
  if (objection === "absent" || !(await startEngine(asked, around.wasmPaths)))
    throw new TrendloomError("engine-unavailable", { engine: asked }, `the engine ${asked} does not work here`);
  return { engine: asked, why: "asked-for", candidates: [{ name: asked, msPerStep: null, rejected: null, adapter }] };
}

/**
 * Chooses where to train and, unless that is our own engine, sets it as the TensorFlow.js backend. An engine that is asked for is taken if it works at
 * all, software or not. Otherwise software adapters are rejected and a few steps of a small network are raced, ours on one
 * thread; plain JavaScript ("cpu") takes part only when nothing else works.
 * @throws TrendloomError engine-unavailable
 */
export async function chooseEngine(asked: EngineName | "auto", around: EngineSurroundings): Promise<EngineChoice> {
  if (asked !== "auto") return takeAsked(asked, around);
  const candidates: EngineCandidate[] = [];
  for (const name of ENGINES) {
    if (name === "cpu" && candidates.some((candidate) => candidate.rejected === null)) {
      candidates.push({ name, adapter: null, msPerStep: null, rejected: "last-resort" });
      continue;
    }
    const device = await describeDevice(name);
    if (device.objection) candidates.push({ name, adapter: device.adapter, msPerStep: null, rejected: device.objection });
    else candidates.push(await race(name, device, around));
  }
  const finished = candidates.filter(({ msPerStep }) => msPerStep !== null);
  finished.sort((a, b) => (a.msPerStep ?? 0) - (b.msPerStep ?? 0));
  for (const { name } of finished) {
    if (!(await startEngine(name, around.wasmPaths))) continue;
    return {
      engine: name,
      why: finished.length === 1 ? "only-one" : "fastest",
      candidates: candidates.map((c) => (c.rejected === null && c.name !== name ? { ...c, rejected: "slower" } : c)),
    };
  }
  throw new TrendloomError("engine-unavailable", { engine: "auto" }, "no engine works here");
}
