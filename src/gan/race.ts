import { createRandom } from "../core/random.ts";
import { trainOnAll } from "../table/split-rows.ts";
import type { CategoricalColumn, Table } from "../table/table.ts";
import { BatchSource } from "./batches.ts";
import { fitBlocks } from "./blocks-encoding.ts";
import { type EngineFactory, LOSS_WEIGHTS, type NetworkShape } from "./engine.ts";
import { planNetwork } from "./network-plan.ts";
import { criticShapes, generatorShapes, startParameters } from "./parameters.ts";

export const RACE_SHAPE: NetworkShape = { batchSize: 100, hidden: 128, latentDim: 32 };
const N_ROWS = 320;
const N_COLUMNS = 8;
const N_LEVELS = 8;
const MAX_TIMED_STEPS = 3;

/** A small table of independent categories: only its shape matters. */
function raceTable(): Table {
  const levels = Array.from({ length: N_LEVELS }, (_, level) => String(level));
  const columns = Array.from({ length: N_COLUMNS }, (_, c): CategoricalColumn => {
    const codes = Int32Array.from({ length: N_ROWS }, (_, row) => Math.floor(row / (c + 1)) % N_LEVELS);
    return { kind: "categorical", name: String(c), type: "categorical", codes, levels };
  });
  return { nRows: N_ROWS, columns };
}

/**
 * Median milliseconds per step of a small network on the backend that is set, after one step of warm-up. Each step
 * is waited for, so that queued work counts. At least one step is timed; no further one begins after `budgetMs`.
 */
export async function raceSteps(
  createEngine: EngineFactory,
  shape: NetworkShape,
  now: () => number,
  budgetMs: number,
): Promise<number> {
  const startMs = now();
  const random = createRandom(1);
  const { encoding, codes } = fitBlocks(trainOnAll(raceTable()), random);
  const plan = planNetwork(encoding, codes);
  const generator = startParameters(generatorShapes(plan, shape), random);
  const critic = startParameters(criticShapes(plan, shape), random);
  const engine = createEngine(plan, shape, LOSS_WEIGHTS.matched, { generator, average: generator, critic });
  const batch = new BatchSource(encoding, plan, shape, codes, random).next();
  const times: number[] = [];
  try {
    for (let step = 0; step <= MAX_TIMED_STEPS; step++) {
      if (step > 1 && now() - startMs > budgetMs) break;
      const from = now();
      await engine.step(batch, 1e-3);
      const { critic: loss } = await engine.readLosses();
      if (!Number.isFinite(loss)) throw new Error("the race's losses are not numbers");
      if (step > 0) times.push(now() - from);
    }
  } finally {
    engine.dispose();
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)];
}

const THREADS_BUDGET_MS = 300;
/** What is handed to other threads costs more on a busy machine: sharing must win by more than noise. */
const MIN_GAIN = 0.9;

/**
 * Whether our engine takes a few steps of that shape faster with other threads that share them than alone. The answer
 * changes the time a training takes and nothing else.
 */
export async function isSharingFaster(
  alone: EngineFactory,
  shared: EngineFactory,
  shape: NetworkShape,
  now: () => number,
): Promise<boolean> {
  const sharedMs = await raceSteps(shared, shape, now, THREADS_BUDGET_MS);
  const aloneMs = await raceSteps(alone, shape, now, THREADS_BUDGET_MS);
  return sharedMs < MIN_GAIN * aloneMs;
}
