import { setFlagsFromString } from "node:v8";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { fillNormal } from "../../../src/gan/batches.ts";
import { type EngineFactory, type GanBatch, type GanWeights, LOSS_WEIGHTS } from "../../../src/gan/engine.ts";
import { createTfjsEngine } from "../../../src/gan/engine-tfjs.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { ganKernel } from "../../../src/gan/wasm-kernels.ts";
import { WasmMath } from "../../../src/gan/wasm-math.ts";
import { TrainingPart } from "../../../src/gan/wasm-part.ts";
import { batches, PRESETS, type Preset, plan, runSteps, SHAPE, startWeights } from "./small-network.ts";

const NAMES = ["generator", "average", "critic"] as const;

/** |a − b| at most `tolerance` of the largest |b|. */
function expectClose(values: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(values.length).toBe(expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs));
  expect(largest).toBeGreaterThan(0);
  const worst = Math.max(...Array.from(values, (value, i) => Math.abs(value - expected[i])));
  expect(worst).toBeLessThanOrEqual(tolerance * largest);
}

/** ‖a − b‖ at most `tolerance` of ‖b‖: Adam turns the rounding of a gradient near 0 into a whole step of single weights. */
function expectNear(values: Float32Array, expected: Float32Array, tolerance: number): void {
  const norm = (of: Float32Array) => Math.sqrt(of.reduce((sum, value) => sum + value * value, 0));
  expect(norm(expected)).toBeGreaterThan(0);
  expect(norm(values.map((value, i) => value - expected[i]))).toBeLessThanOrEqual(tolerance * norm(expected));
}

/** Gradients of all parameters, before Adam. */
function ourGradients(preset: Preset, batch: GanBatch, weights: GanWeights): { generator: Float32Array; critic: Float32Array } {
  const math = new WasmMath(ganKernel(true));
  const part = new TrainingPart(math, plan, SHAPE, LOSS_WEIGHTS[preset], { from: 0, to: 4 });
  const { net, gradients, values } = part;
  net.generator.write(math, values.address, weights.generator);
  net.critic.write(math, values.address + 4 * net.generator.size, weights.critic);
  part.generator.pack(true);
  part.critic.pack();
  part.begin(batch);
  part.criticise();
  part.finish();
  return {
    generator: net.generator.read(math, gradients.ofGenerator.address),
    critic: net.critic.read(math, gradients.ofCritic.address),
  };
}

/** What the reference computes before Adam; it shows it to nobody else. */
interface WithGradients {
  gradients(batch: GanBatch): { generator: tf.Tensor1D; critic: tf.Tensor1D | undefined };
}

// Node.js 20 hides what browsers have.
setFlagsFromString("--experimental-wasm-relaxed-simd");
await tf.setBackend("cpu");

describe("our engine against the reference on TensorFlow.js", () => {
  it.each(PRESETS)("gives the same losses to 1e-5, and gradients, with preset %s", async (preset) => {
    const weights = startWeights();
    const batch = batches().next();
    const reference = createTfjsEngine(plan, SHAPE, LOSS_WEIGHTS[preset], weights) as unknown as WithGradients;
    const expected = reference.gradients(batch);
    const ours = ourGradients(preset, batch, weights);
    expectClose(ours.generator, await expected.generator.data(), 2e-5);
    if (!expected.critic) return;
    const critic = await expected.critic.data();
    // The last layer's gradient is completed from all parts' sums, by the engine.
    const nBefore = critic.length - SHAPE.hidden;
    expectClose(ours.critic.subarray(0, nBefore), critic.subarray(0, nBefore), 2e-5);
  });

  it.each(PRESETS)("makes the same first steps with preset %s", async (preset) => {
    const expected = await runSteps(createTfjsEngine, preset, 3);
    const ours = await runSteps(wasmEngineFactory(true), preset, 3);
    ours.losses.forEach((loss, i) => {
      const [tolerance, least] = i < 4 ? [1e-5, 0.01] : [2e-4, 0.1];
      expect(Math.abs(loss - expected.losses[i])).toBeLessThanOrEqual(tolerance * Math.max(least, Math.abs(expected.losses[i])));
    });
    for (const name of NAMES) expectNear(ours.weights[name], expected.weights[name], 1e-4);
  });

  it("gives the same probabilities and calibrates the same", async () => {
    const latent = fillNormal(new Float32Array(61 * SHAPE.latentDim), createRandom(9));
    const read = async (create: EngineFactory) => {
      const engine = create(plan, SHAPE, LOSS_WEIGHTS.matched, startWeights());
      const before = await engine.probabilities(latent, 61);
      engine.calibrate(latent, 61, 3);
      const after = await engine.probabilities(latent, 61);
      engine.dispose();
      return { before, after };
    };
    const expected = await read(createTfjsEngine);
    const ours = await read(wasmEngineFactory(true));
    expectClose(ours.before, expected.before, 1e-5);
    expectClose(ours.after, expected.after, 1e-5);
    expect(Math.max(...ours.after.map((p, i) => Math.abs(p - ours.before[i])))).toBeGreaterThan(0.01);
  });
});

describe("our engine with fused products", () => {
  it("differs from the exact one by rounding alone", async () => {
    const exact = await runSteps(wasmEngineFactory(true), "matched", 1);
    const fused = await runSteps(wasmEngineFactory(false), "matched", 1);
    expect(ganKernel(false)).not.toBe(ganKernel(true));
    expectClose(fused.losses, exact.losses, 1e-5);
    for (const name of NAMES) expectClose(fused.weights[name], exact.weights[name], 1e-4);
  });
});

describe("a checkpoint of our engine", () => {
  it.each(PRESETS)("goes on in a fresh engine to the very bytes of 40 steps in one, with preset %s", async (preset) => {
    const start = () => wasmEngineFactory(true)(plan, SHAPE, LOSS_WEIGHTS[preset], startWeights());
    const whole = start();
    const source = batches();
    const first = start();
    for (let step = 0; step < 20; step++) {
      const batch = source.next();
      await whole.step(batch, 1e-3);
      await first.step(batch, 1e-3);
    }
    const kept = structuredClone(await first.checkpoint?.());
    if (!kept) throw new Error("our engine gives checkpoints");
    const second = start();
    second.load(kept);
    for (let step = 20; step < 40; step++) {
      const batch = source.next();
      await whole.step(batch, 1e-3);
      await second.step(batch, 1e-3);
    }
    expect(await second.checkpoint?.()).toEqual(await whole.checkpoint?.());
    expect(await second.readLosses()).toEqual(await whole.readLosses());
    const latent = fillNormal(new Float32Array(30 * SHAPE.latentDim), createRandom(9));
    expect(await second.probabilities(latent, 30)).toEqual(await whole.probabilities(latent, 30));
    // Without the optimiser's state it would be another training.
    const { optimiser: _, ...weights } = kept;
    const forgetful = start();
    forgetful.load(weights);
    await forgetful.step(batches().next(), 1e-3);
    second.load(kept);
    await second.step(batches().next(), 1e-3);
    expect(await forgetful.save()).not.toEqual(await second.save());
  });
});
