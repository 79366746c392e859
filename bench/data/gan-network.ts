import { createRandom } from "../../src/core/random.ts";
import { BatchSource } from "../../src/gan/batches.ts";
import { fitBlocks } from "../../src/gan/blocks-encoding.ts";
import { type EngineFactory, type GanBatch, type GanEngine, LOSS_WEIGHTS, type NetworkShape } from "../../src/gan/engine.ts";
import { planNetwork } from "../../src/gan/network-plan.ts";
import { criticShapes, generatorShapes, startParameters } from "../../src/gan/parameters.ts";
import { GanSampler } from "../../src/gan/sample.ts";
import { trainOnAll } from "../../src/table/split-rows.ts";
import type { DataFile } from "../scenario.ts";
import { loadShopping } from "./tables.ts";

export const DEFAULT_SHAPE: NetworkShape = { batchSize: 200, hidden: 256, latentDim: 64 };

export interface BenchNetwork {
  readonly nRows: number;
  /** Used again at each step. */
  readonly batch: GanBatch;
  create(factory: EngineFactory): GanEngine;
  /** Draws rows with the weights that the engine holds. */
  sampler(engine: GanEngine): GanSampler;
}

/** The network of the shopping table, untrained. */
export async function loadNetwork(data: DataFile, shape = DEFAULT_SHAPE): Promise<BenchNetwork> {
  const { table } = await loadShopping(data);
  const { encoding, codes } = fitBlocks(trainOnAll(table), createRandom(1));
  const plan = planNetwork(encoding, codes);
  const generator = startParameters(generatorShapes(plan, shape), createRandom(2));
  const critic = startParameters(criticShapes(plan, shape), createRandom(3));
  return {
    nRows: table.nRows,
    batch: new BatchSource(encoding, plan, shape, codes, createRandom(4)).next(),
    create: (factory) => factory(plan, shape, LOSS_WEIGHTS.matched, { generator, average: generator, critic }),
    sampler: (engine) => new GanSampler(engine, encoding, plan, shape.latentDim),
  };
}
