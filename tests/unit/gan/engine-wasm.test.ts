import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { BatchSource } from "../../../src/gan/batches.ts";
import { fitBlocks } from "../../../src/gan/blocks-encoding.ts";
import { type EngineFactory, type GanBatch, type GanWeights, LOSS_WEIGHTS, type NetworkShape } from "../../../src/gan/engine.ts";
import { createTfjsEngine } from "../../../src/gan/engine-tfjs.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { planNetwork } from "../../../src/gan/network-plan.ts";
import { criticShapes, generatorShapes, startParameters } from "../../../src/gan/parameters.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { plantedTable } from "./tables.ts";

const SHAPE: NetworkShape = { batchSize: 22, hidden: 19, latentDim: 6 };
const PRESETS = ["matched", "adversarial", "matching"] as const;
const NAMES = ["generator", "average", "critic"] as const;

const random = createRandom(12);
const { encoding, codes } = fitBlocks(trainOnAll(plantedTable(300)), random.split("blocks"));
const plan = planNetwork(encoding, codes);

function startWeights(): GanWeights {
  const generator = startParameters(generatorShapes(plan, SHAPE), createRandom(3)).map((value, i) => value + 0.05 * Math.sin(i));
  return { generator, average: generator, critic: startParameters(criticShapes(plan, SHAPE), createRandom(4)) };
}

const batches = (): BatchSource => new BatchSource(encoding, plan, SHAPE, codes, createRandom(5));

async function runSteps(create: EngineFactory, preset: (typeof PRESETS)[number], nSteps: number) {
  const engine = create(plan, SHAPE, LOSS_WEIGHTS[preset], startWeights());
  const source = batches();
  const losses: number[] = [];
  for (let step = 0; step < nSteps; step++) {
    await engine.step(source.next(), 1e-3);
    losses.push(...Object.values(await engine.readLosses()));
  }
  const weights = await engine.save();
  engine.dispose();
  return { losses, weights };
}

function expectClose(values: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(values.length).toBe(expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs));
  const worst = Math.max(...Array.from(values, (value, i) => Math.abs(value - expected[i])));
  expect(worst).toBeLessThanOrEqual(tolerance * largest);
}

await tf.setBackend("cpu");

describe("our engine against the reference on TensorFlow.js", () => {
  it.each(PRESETS)("gives the same losses and weights with preset %s", async (preset) => {
    const expected = await runSteps(createTfjsEngine, preset, 3);
    const ours = await runSteps(wasmEngineFactory(true), preset, 3);
    ours.losses.forEach((loss, i) => expect(Math.abs(loss - expected.losses[i])).toBeLessThanOrEqual(1e-5 * Math.max(0.01, Math.abs(expected.losses[i]))));
    for (const name of NAMES) expectClose(ours.weights[name], expected.weights[name], 1e-4);
  });
});
