import { createRandom } from "../../../src/core/random.ts";
import { BatchSource } from "../../../src/gan/batches.ts";
import { fitBlocks } from "../../../src/gan/blocks-encoding.ts";
import { type EngineFactory, type GanWeights, LOSS_WEIGHTS, type NetworkShape } from "../../../src/gan/engine.ts";
import { planNetwork } from "../../../src/gan/network-plan.ts";
import { criticShapes, generatorShapes, startParameters } from "../../../src/gan/parameters.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { plantedTable } from "./tables.ts";

/** Nothing here is a multiple of a tile's size. */
export const SHAPE: NetworkShape = { batchSize: 22, hidden: 19, latentDim: 6 };
export const PRESETS = ["matched", "adversarial", "matching"] as const;
export type Preset = (typeof PRESETS)[number];

const { encoding, codes } = fitBlocks(trainOnAll(plantedTable(300)), createRandom(12));
export const plan = planNetwork(encoding, codes);

export function startWeights(): GanWeights {
  const nudges = createRandom(2);
  const generator = startParameters(generatorShapes(plan, SHAPE), createRandom(3)).map((value) => value + 0.05 * nudges.normal());
  return { generator, average: generator, critic: startParameters(criticShapes(plan, SHAPE), createRandom(4)) };
}

export const batches = (): BatchSource => new BatchSource(encoding, plan, SHAPE, codes, createRandom(5));

export async function runSteps(create: EngineFactory, preset: Preset, nSteps: number) {
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
