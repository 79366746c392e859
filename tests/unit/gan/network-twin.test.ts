import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { useEngine } from "../../../src/gan/backend.ts";
import { BatchSource } from "../../../src/gan/batches.ts";
import { fitBlocks } from "../../../src/gan/blocks-encoding.ts";
import {
  type EngineFactory,
  type GanWeights,
  LOSS_WEIGHTS,
  type LossWeights,
  type NetworkShape,
} from "../../../src/gan/engine.ts";
import { createTfjsEngine } from "../../../src/gan/engine-tfjs.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { planNetwork } from "../../../src/gan/network-plan.ts";
import { criticShapes, generatorShapes, type ParameterShape, startParameters } from "../../../src/gan/parameters.ts";
import { finishCritic } from "../../../src/gan/wasm-critic.ts";
import { ganKernel } from "../../../src/gan/wasm-kernels.ts";
import { WasmMath } from "../../../src/gan/wasm-math.ts";
import { TrainingPart } from "../../../src/gan/wasm-part.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { differences, NetworkTwin } from "./network-twin.ts";
import { plantedTable } from "./tables.ts";
import { WASM_PATHS } from "./wasm-paths.ts";

const SHAPE: NetworkShape = { batchSize: 18, hidden: 11, latentDim: 5 };
/** Of a gradient, in the norm of each parameter; of a loss, at least of a hundredth. */
const TOLERANCE = 1e-5;

const { encoding, codes } = fitBlocks(trainOnAll(plantedTable(120)), createRandom(12));
const plan = planNetwork(encoding, codes);
const nudges = createRandom(2);
const generator = startParameters(generatorShapes(plan, SHAPE), createRandom(3)).map((value) => value + 0.1 * nudges.normal());
const critic = startParameters(criticShapes(plan, SHAPE), createRandom(4));
const weights: GanWeights = { generator, average: generator, critic };
const batch = new BatchSource(encoding, plan, SHAPE, codes, createRandom(5)).next();

const twin = new NetworkTwin(plan, SHAPE, batch);
const [exactGenerator, exactCritic] = [Float64Array.from(generator), Float64Array.from(critic)];
const fake = twin.drawn(exactGenerator);
const slopes = twin.fakeSlopes(exactCritic, fake);

/** Each loss alone, and all together. */
const LOSSES = {
  adversarial: { adversarial: 1, marginal: 0, pair: 0 },
  marginal: { adversarial: 0, marginal: 1, pair: 0 },
  pair: { adversarial: 0, marginal: 0, pair: 1 },
  matched: LOSS_WEIGHTS.matched,
} as const satisfies Record<string, LossWeights>;

interface Found {
  readonly generator: Float32Array;
  /** Null where no critic is trained. */
  readonly critic: Float32Array | null;
}

function ourGradients(isExact: boolean, losses: LossWeights): Found {
  const math = new WasmMath(ganKernel(isExact));
  const part = new TrainingPart(math, plan, SHAPE, losses, { from: 0, to: 4 });
  const { net, gradients, values } = part;
  net.generator.write(math, values.address, generator);
  net.critic.write(math, values.address + 4 * net.generator.size, critic);
  part.generator.pack(true);
  part.critic.pack();
  part.begin(batch);
  part.criticise();
  part.finish();
  if (losses.adversarial > 0) finishCritic(math, net, part.critic, gradients);
  return {
    generator: net.generator.read(math, gradients.ofGenerator.address),
    critic: losses.adversarial > 0 ? net.critic.read(math, gradients.ofCritic.address) : null,
  };
}

/** What the engine on TensorFlow.js computes before Adam; it shows it to nobody else. */
interface WithGradients {
  gradients(of: typeof batch): { generator: tf.Tensor1D; critic: tf.Tensor1D | undefined };
}

async function tfjsGradients(losses: LossWeights): Promise<Found> {
  const engine = createTfjsEngine(plan, SHAPE, losses, weights);
  const found = (engine as unknown as WithGradients).gradients(batch);
  return {
    generator: (await found.generator.data()) as Float32Array,
    critic: found.critic ? ((await found.critic.data()) as Float32Array) : null,
  };
}

const norm = (values: ArrayLike<number>): number => Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

/** ‖a − b‖ ≤ 1e-5·‖b‖ for each parameter: single values near 0 carry the rounding of the large ones that they are sums of. */
function expectNear(found: Float32Array, expected: Float64Array, shapes: readonly ParameterShape[]): void {
  let from = 0;
  for (const { name, shape } of shapes) {
    const to = from + shape[0] * shape[1];
    const [ours, exact] = [found.subarray(from, to), expected.subarray(from, to)];
    expect(norm(exact), name).toBeGreaterThan(0);
    expect(norm(ours.map((value, i) => value - exact[i])) / norm(exact), name).toBeLessThanOrEqual(TOLERANCE);
    from = to;
  }
  expect(from).toBe(expected.length);
}

let byGenerator: Record<"straightThrough" | "marginal" | "pair", Float64Array>;
let byCritic: Float64Array;

beforeAll(async () => {
  byGenerator = differences((values) => ({ ...twin.generatorLosses(values, slopes) }), exactGenerator);
  byCritic = differences((values) => {
    const { distance, penalty } = twin.criticLosses(values, fake);
    return { loss: distance + penalty };
  }, exactCritic).loss;
  await tf.setBackend("cpu");
}, 120_000);

describe("the double-precision twin", () => {
  it("has slopes of the critic that finite differences find", () => {
    for (const row of [0, 7]) {
      const byInput = differences((x) => ({ score: twin.score(exactCritic, x, row) }), fake[row]).score;
      const slope = twin.slope(exactCritic, fake[row], row);
      expect(norm(slope.map((value, i) => value - byInput[i]))).toBeLessThan(1e-8 * norm(byInput));
    }
  });

  it("has losses that are worth comparing", () => {
    const { distance, penalty } = twin.criticLosses(exactCritic, fake);
    const { marginal, pair } = twin.generatorLosses(exactGenerator, slopes);
    for (const loss of [distance, penalty, marginal, pair]) expect(Math.abs(loss)).toBeGreaterThan(0.01);
  });
});

const engines = {
  "wasm-exact": async (losses: LossWeights) => ourGradients(true, losses),
  wasm: async (losses: LossWeights) => ourGradients(false, losses),
  "TensorFlow.js": tfjsGradients,
} as const;
const names = Object.keys(engines) as (keyof typeof engines)[];

describe.each(names)("gradients of %s against finite differences of the twin", (name) => {
  it.each(Object.entries(LOSSES))("%s", async (_, losses) => {
    const found = await engines[name](losses);
    const { straightThrough, marginal, pair } = byGenerator;
    const expected = straightThrough.map(
      (value, i) => losses.adversarial * value + losses.marginal * marginal[i] + losses.pair * pair[i],
    );
    expectNear(found.generator, expected, generatorShapes(plan, SHAPE));
    expect(found.critic !== null).toBe(losses.adversarial > 0);
    if (found.critic) expectNear(found.critic, byCritic, criticShapes(plan, SHAPE));
  });
});

describe("losses against the twin", () => {
  async function expectLosses(create: EngineFactory): Promise<void> {
    const { distance, penalty, fakeScore } = twin.criticLosses(exactCritic, fake);
    const { marginal, pair } = twin.generatorLosses(exactGenerator, slopes);
    const engine = create(plan, SHAPE, LOSS_WEIGHTS.matched, weights);
    await engine.step(batch, 1e-3);
    const found = await engine.readLosses();
    engine.dispose();
    const expected = { critic: distance + penalty, generator: 5 * marginal + pair - fakeScore, marginal, pair };
    for (const key of Object.keys(expected) as (keyof typeof expected)[])
      expect(Math.abs(found[key] - expected[key]), key).toBeLessThanOrEqual(TOLERANCE * Math.max(0.01, Math.abs(expected[key])));
  }

  it("wasm-exact", () => expectLosses(wasmEngineFactory(true)));
  it("wasm", () => expectLosses(wasmEngineFactory(false)));
  it.each(["cpu", "wasm"] as const)("TensorFlow.js on %s", async (backend) => {
    expect(await useEngine(backend === "cpu" ? "cpu" : "wasm", WASM_PATHS)).toBe(true);
    await expectLosses(createTfjsEngine);
    await tf.setBackend("cpu");
  });
});

it("leaves no tensor behind after a step", async () => {
  const before = tf.memory().numTensors;
  const engine = createTfjsEngine(plan, SHAPE, LOSS_WEIGHTS.matched, weights);
  const source = new BatchSource(encoding, plan, SHAPE, codes, createRandom(6));
  const counts: number[] = [];
  for (let step = 0; step < 4; step++) {
    await engine.step(source.next(), 1e-3);
    await engine.readLosses();
    counts.push(tf.memory().numTensors);
  }
  expect(new Set(counts.slice(1)).size).toBe(1);
  engine.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
