import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { chooseEngine, isSoftware, useEngine } from "../../../src/gan/backend.ts";
import { WASM_PATHS } from "./wasm-paths.ts";

const RACE_SHAPE = { batchSize: 8, hidden: 8, latentDim: 4 };
const around = { wasmPaths: WASM_PATHS, now: () => performance.now(), raceShape: RACE_SHAPE };

describe("isSoftware", () => {
  it.each([
    "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
    "llvmpipe (LLVM 15.0.6, 256 bits)",
    "ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)",
    "Apple Software Renderer",
  ])("%s draws on the processor", (adapter) => expect(isSoftware(adapter)).toBe(true));

  it.each(["ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)", "apple metal-3 Apple M2", "intel gen-12lp", "Adreno (TM) 740"])(
    "%s is a real GPU",
    (adapter) => expect(isSoftware(adapter)).toBe(false),
  );
});

describe("chooseEngine", () => {
  it("races what is there and names what is not", async () => {
    const choice = await chooseEngine("auto", around);
    expect(choice.engine).toBe("wasm");
    expect(choice.why).toBe("only-one");
    expect(choice.candidates.map(({ name, rejected }) => [name, rejected])).toEqual([
      ["webgpu", "absent"],
      ["webgl", "absent"],
      ["wasm", null],
      ["cpu", "last-resort"],
    ]);
    expect(choice.candidates[2].msPerStep).toBeGreaterThan(0);
  });

  it("takes the engine asked for and leaves no tensor behind", async () => {
    const choice = await chooseEngine("cpu", around);
    expect(choice).toMatchObject({ engine: "cpu", why: "asked-for" });
    expect(tf.getBackend()).toBe("cpu");
    expect(tf.memory().numTensors).toBe(0);
  });

  it("lets TensorFlow.js stand in for our engine where a model needs it", async () => {
    expect(await chooseEngine("wasm-exact", around)).toMatchObject({ engine: "wasm-exact", why: "asked-for" });
    expect(await useEngine("wasm-exact", WASM_PATHS)).toBe(true);
    expect(tf.getBackend()).toBe("wasm");
  });

  it("refuses an engine that is not there", async () => {
    await expect(chooseEngine("webgpu", around)).rejects.toMatchObject({
      code: "engine-unavailable",
      details: { engine: "webgpu" },
    });
  });
});
