import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { useEngine } from "../../../src/gan/backend.ts";
import { type CriticWeights, criticStep } from "../../../src/gan/critic.ts";
import {
  blockSoftmax,
  type GeneratorWeights,
  type GroupMaps,
  generatorBackward,
  generatorLogits,
  generatorTrunk,
  logitsBackward,
  readRows,
  relaxedBackward,
  relaxedRows,
} from "../../../src/gan/generator.ts";
import { penaltyGradients } from "../../../src/gan/gradient-penalty.ts";
import { marginalLoss, pairLoss } from "../../../src/gan/matching-losses.ts";
import { leakySlope, transpose } from "../../../src/gan/tensors.ts";
import { WASM_PATHS } from "./wasm-paths.ts";

type Matrix = tf.Tensor2D;

function normal(random: Random, nRows: number, nColumns: number, scale = 1): Matrix {
  return tf.tensor2d(
    Float32Array.from({ length: nRows * nColumns }, () => scale * random.normal()),
    [nRows, nColumns],
  );
}

/** |a − b| at most `tolerance` of the largest |b|. */
async function expectClose(a: tf.Tensor, b: tf.Tensor, tolerance: number): Promise<void> {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = [await a.data(), await b.data()];
  const largest = Math.max(...Array.from(y, Math.abs));
  expect(largest).toBeGreaterThan(0);
  x.forEach((value, i) => {
    expect(Math.abs(value - y[i])).toBeLessThanOrEqual(tolerance * largest);
  });
}

/** The same loss in double precision, and its derivative by central differences. */
function numericGradient(loss: (values: Float64Array) => number, values: Float64Array): Float64Array {
  return values.map((value, i) => {
    const at = (x: number) => loss(values.map((v, j) => (j === i ? x : v)));
    return (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
  });
}

await tf.setBackend("cpu");

describe("matching losses against finite differences of a double-precision twin", () => {
  it("marginal", async () => {
    const random = createRandom(1);
    const [batch, nLevels] = [6, 5];
    const values = Float64Array.from({ length: batch * nLevels }, () => random.next());
    const frequencies = [0.5, 0.2, 0.2, 0.0999, 0.0001];
    const twin = (p: Float64Array) => {
      const half = batch / 2;
      const meanOf = (from: number, k: number) => {
        let sum = 0;
        for (let row = from; row < from + half; row++) sum += p[row * nLevels + k];
        return sum / half;
      };
      return frequencies.reduce((sum, f, k) => sum + ((meanOf(0, k) - f) * (meanOf(half, k) - f)) / Math.max(f, 0.001), 0);
    };
    const { loss, gradient } = marginalLoss(tf.tensor2d([...values], [batch, nLevels]), tf.tensor2d(frequencies, [1, nLevels]));
    expect((await loss.data())[0] / twin(values)).toBeCloseTo(1, 5);
    await expectClose(gradient, tf.tensor2d([...numericGradient(twin, values)], [batch, nLevels]), 1e-5);
  });

  it("pair", async () => {
    const random = createRandom(2);
    const [batch, n] = [8, 4];
    const values = Float64Array.from({ length: batch * n }, () => random.normal());
    const target = Float64Array.from({ length: n * n });
    for (let a = 0; a < n; a++) for (let b = a; b < n; b++) target[a * n + b] = target[b * n + a] = random.normal();
    const isOther = (a: number, b: number) => (Math.floor(a / 2) !== Math.floor(b / 2) ? 1 : 0);
    const mask = Array.from({ length: n * n }, (_, i) => isOther(Math.floor(i / n), i % n));
    const twin = (q: Float64Array) => {
      const half = batch / 2;
      const moment = (from: number, a: number, b: number) => {
        let sum = 0;
        for (let row = from; row < from + half; row++) sum += q[row * n + a] * q[row * n + b];
        return sum / half;
      };
      let sum = 0;
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++)
          sum += 0.5 * mask[a * n + b] * (moment(0, a, b) - target[a * n + b]) * (moment(half, a, b) - target[a * n + b]);
      return sum;
    };
    const { loss, gradient } = pairLoss(
      tf.tensor2d([...values], [batch, n]),
      tf.tensor2d([...target], [n, n]),
      tf.tensor2d(mask, [n, n]),
    );
    expect((await loss.data())[0]).toBeCloseTo(twin(values), 4);
    await expectClose(gradient, tf.tensor2d([...numericGradient(twin, values)], [batch, n]), 1e-5);
  });
});

const HIDDEN = 7;
const READOUTS = 5;
const BATCH = 6;
const MIXED = 3;

function criticWeights(random: Random): CriticWeights {
  return {
    weights1: normal(random, READOUTS, HIDDEN, 0.6),
    bias1: normal(random, 1, HIDDEN, 0.3),
    weights2: normal(random, HIDDEN, HIDDEN, 0.6),
    bias2: normal(random, 1, HIDDEN, 0.3),
    weights3: normal(random, 1, HIDDEN, 0.8),
  };
}

function maskOf(random: Random, nRows: number): Matrix {
  return tf.tensor2d(
    Float32Array.from({ length: nRows * HIDDEN }, () => 2 * random.integer(2)),
    [nRows, HIDDEN],
  );
}

/** D(x) with dropout masks, through the tape. */
function score(w: CriticWeights, x: tf.Tensor, mask1: tf.Tensor, mask2: tf.Tensor): tf.Tensor {
  const leaky = (h: tf.Tensor) => tf.add(tf.mul(h, 0.2), tf.mul(tf.relu(h), 0.8));
  const h1 = tf.mul(leaky(tf.add(tf.matMul(x as Matrix, w.weights1), w.bias1)), mask1);
  const h2 = tf.mul(leaky(tf.add(tf.matMul(h1 as Matrix, w.weights2), w.bias2)), mask2);
  return tf.sum(tf.mul(h2, w.weights3), 1, true);
}

const CRITIC_NAMES = ["weights1", "bias1", "weights2", "bias2", "weights3"] as const;

describe("critic", () => {
  it("has the gradients that the tape finds for its loss, with the penalty's inner gradient by the tape too", async () => {
    const random = createRandom(3);
    const w = criticWeights(random);
    const real = normal(random, BATCH, READOUTS);
    const fake = normal(random, BATCH, READOUTS);
    const masks = [maskOf(random, 2 * BATCH), maskOf(random, 2 * BATCH)] as const;
    const mix = tf.tensor2d(
      Float32Array.from({ length: MIXED }, () => random.next()),
      [MIXED, 1],
    );
    const first = (rows: Matrix) => tf.slice(rows, [0, 0], [MIXED, rows.shape[1]]);
    const half = (mask: Matrix, from: number) => tf.slice(mask, [from, 0], [BATCH, HIDDEN]);
    const lossOf = (...values: tf.Tensor[]) => {
      const named = Object.fromEntries(CRITIC_NAMES.map((name, i) => [name, values[i]])) as unknown as CriticWeights;
      const mixed = tf.add(first(fake), tf.mul(mix, tf.sub(first(real), first(fake))));
      const slope = tf.grad((x: tf.Tensor) => tf.sum(score(named, x, first(masks[0]), first(masks[1]))))(mixed);
      const norm = tf.sqrt(tf.add(tf.sum(tf.square(slope), 1), 1e-12));
      const penalty = tf.mul(tf.mean(tf.square(tf.sub(norm, 1))), 10);
      const fakeScore = tf.mean(score(named, fake, half(masks[0], BATCH), half(masks[1], BATCH)));
      const realScore = tf.mean(score(named, real, half(masks[0], 0), half(masks[1], 0)));
      return tf.add(tf.sub(fakeScore, realScore), penalty) as tf.Scalar;
    };
    const values = CRITIC_NAMES.map((name) => w[name]);
    const expected = tf.grads(lossOf)(values);
    const result = criticStep(w, { real, fake, masks, mix });
    await expectClose(result.loss, lossOf(...values), 1e-5);
    for (const [i, name] of CRITIC_NAMES.entries()) await expectClose(result.gradients[name], expected[i], 1e-4);
    const byRow = tf.grad((x: tf.Tensor) => tf.mean(score(w, x, half(masks[0], BATCH), half(masks[1], BATCH))))(fake);
    await expectClose(result.fakeGradient, byRow, 1e-5);
  });

  it("penalises slopes as finite differences say", async () => {
    const random = createRandom(4);
    const w = criticWeights(random);
    const x = normal(random, BATCH, READOUTS);
    const masks = [maskOf(random, BATCH), maskOf(random, BATCH)] as const;
    const before1 = tf.add<Matrix>(tf.matMul(x, w.weights1), w.bias1);
    const { weights1, weights2 } = w;
    const input = { ...w, weights1T: transpose(weights1), weights2T: transpose(weights2) };
    const penalty = penaltyGradients(input, { before1, masks }, 10);
    const data = Object.fromEntries(
      await Promise.all([...CRITIC_NAMES.map(async (name) => [name, Float64Array.from(await w[name].data())])]),
    ) as Record<(typeof CRITIC_NAMES)[number], Float64Array>;
    const slope1 = Float64Array.from(await tf.mul(leakySlope(before1), masks[0]).data());
    const after1 = tf.mul<Matrix>(before1, tf.mul(leakySlope(before1), masks[0]));
    const before2 = tf.add<Matrix>(tf.matMul(after1, w.weights2), w.bias2);
    const slope2 = Float64Array.from(await tf.mul(leakySlope(before2), masks[1]).data());
    const twin = (w1: Float64Array, w2: Float64Array, w3: Float64Array) => {
      let loss = 0;
      for (let row = 0; row < BATCH; row++) {
        let square = 0;
        const inner = Array.from({ length: HIDDEN }, (_, i) => {
          let sum = 0;
          for (let j = 0; j < HIDDEN; j++) sum += slope2[row * HIDDEN + j] * w3[j] * w2[i * HIDDEN + j];
          return sum * slope1[row * HIDDEN + i];
        });
        for (let f = 0; f < READOUTS; f++) square += inner.reduce((sum, a, i) => sum + a * w1[f * HIDDEN + i], 0) ** 2;
        loss += (10 * (Math.sqrt(square) - 1) ** 2) / BATCH;
      }
      return loss;
    };
    const { weights1: w1, weights2: w2, weights3: w3 } = data;
    const product = (inputs: Matrix, upstream: Matrix) => tf.matMul(transpose(inputs), upstream);
    expect((await penalty.loss.data())[0]).toBeCloseTo(twin(w1, w2, w3), 3);
    const by1 = numericGradient((v) => twin(v, w2, w3), w1);
    const by2 = numericGradient((v) => twin(w1, v, w3), w2);
    const by3 = numericGradient((v) => twin(w1, w2, v), w3);
    await expectClose(product(penalty.inputs1, penalty.upstream1), tf.tensor2d([...by1], [READOUTS, HIDDEN]), 1e-4);
    await expectClose(product(penalty.inputs2, penalty.upstream2), tf.tensor2d([...by2], [HIDDEN, HIDDEN]), 1e-4);
    await expectClose(penalty.weights3, tf.tensor2d([...by3], [1, HIDDEN]), 1e-4);
  });

  it("computes the same on WebAssembly", async () => {
    const make = () => {
      const random = createRandom(5);
      const w = criticWeights(random);
      const input = {
        real: normal(random, BATCH, READOUTS),
        fake: normal(random, BATCH, READOUTS),
        masks: [maskOf(random, 2 * BATCH), maskOf(random, 2 * BATCH)] as const,
        mix: tf.tensor2d(new Float32Array(MIXED).fill(0.3), [MIXED, 1]),
      };
      return criticStep(w, input);
    };
    const onCpu = make();
    const expected = await Promise.all(CRITIC_NAMES.map(async (name) => (await onCpu.gradients[name].data()).slice()));
    await useEngine("wasm", WASM_PATHS);
    const onWasm = make();
    for (const [i, name] of CRITIC_NAMES.entries()) {
      const { shape } = onWasm.gradients[name];
      await expectClose(onWasm.gradients[name], tf.tensor2d(expected[i] as Float32Array, shape), 1e-5);
    }
    await tf.setBackend("cpu");
  });
});

describe("generator", () => {
  const maps: GroupMaps[] = [
    { nBlocks: 2, paddedLevels: 3, nScores: 5 },
    { nBlocks: 1, paddedLevels: 2, nScores: 2 },
  ].map(({ nBlocks, paddedLevels, nScores }, g) => {
    const random = createRandom(20 + g);
    const tilt = normal(random, nScores, nBlocks * paddedLevels);
    const readout = normal(random, nBlocks * paddedLevels, 4);
    return { nBlocks, paddedLevels, tilt, tiltT: transpose(tilt), readout, readoutT: transpose(readout) };
  });
  const [nScores, nLevels, nReadouts, latentDim] = [7, 8, 8, 3];
  const names = ["weights1", "gain1", "shift1", "weights2", "gain2", "shift2", "weights3", "bias3", "levelBias"] as const;

  function weights(random: Random): GeneratorWeights {
    const sizes = { 1: latentDim, 2: HIDDEN };
    const one = (n: 1 | 2) => ({
      [`weights${n}`]: normal(random, sizes[n], HIDDEN),
      [`gain${n}`]: normal(random, 1, HIDDEN),
      [`shift${n}`]: normal(random, 1, HIDDEN),
    });
    const last = {
      weights3: normal(random, HIDDEN, nScores, 0.3),
      bias3: normal(random, 1, nScores, 0.3),
      levelBias: normal(random, 1, nLevels, 0.3),
    };
    return { ...one(1), ...one(2), ...last } as unknown as GeneratorWeights;
  }

  /** The same network through the tape; `read` turns the logits into a loss. */
  function tapeLoss(latent: Matrix, read: (logits: tf.Tensor) => tf.Tensor): (...values: tf.Tensor[]) => tf.Scalar {
    const norm = (x: tf.Tensor, gain: tf.Tensor, shift: tf.Tensor) => {
      const { mean, variance } = tf.moments(x, 1, true);
      const y = tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), gain), shift);
      return tf.add(tf.mul(y, 0.2), tf.mul(tf.relu(y), 0.8)) as Matrix;
    };
    return (w1, g1, s1, w2, g2, s2, w3, b3, levelBias) => {
      const h1 = norm(tf.matMul(latent, w1 as Matrix), g1, s1);
      const h2 = norm(tf.matMul(h1, w2 as Matrix), g2, s2);
      const scores = tf.add<Matrix>(tf.matMul(h2, w3 as Matrix), b3);
      const tilted = [
        tf.matMul(tf.slice(scores, [0, 0], [BATCH, 5]), maps[0].tilt),
        tf.matMul(tf.slice(scores, [0, 5], [BATCH, 2]), maps[1].tilt),
      ];
      return read(tf.add(tf.concat(tilted, 1), levelBias)) as tf.Scalar;
    };
  }

  function tapeSoftmax(logits: tf.Tensor): tf.Tensor[] {
    const first = tf.reshape(tf.slice(logits, [0, 0], [BATCH, 6]), [-1, 3]);
    return [tf.softmax(first), tf.softmax(tf.slice(logits, [0, 6], [BATCH, 2]))];
  }

  function tapeReadouts(groups: tf.Tensor[]): tf.Tensor {
    return tf.concat(
      [tf.matMul(tf.reshape(groups[0], [BATCH, 6]) as Matrix, maps[0].readout), tf.matMul(groups[1] as Matrix, maps[1].readout)],
      1,
    );
  }

  it.each(["probabilities", "relaxed rows"])("has the gradients that the tape finds, through %s", async (path) => {
    const random = createRandom(6);
    const w = weights(random);
    const latent = normal(random, BATCH, latentDim);
    const gumbel = normal(random, BATCH, nLevels);
    const coefficients = normal(random, BATCH, nReadouts);
    const values = names.map((name) => w[name]);
    const isRelaxed = path === "relaxed rows";
    const expected = tf.grads(
      tapeLoss(latent, (logits) => {
        const groups = tapeSoftmax(isRelaxed ? tf.mul(tf.add(logits, gumbel), 2) : logits);
        return tf.sum(tf.mul(tapeReadouts(groups), coefficients));
      }),
    )(values);
    const trunk = generatorTrunk(w, latent);
    const logits = generatorLogits(trunk.scores, maps, w.levelBias);
    const groups = isRelaxed ? relaxedRows(logits, gumbel, maps) : blockSoftmax(logits, maps);
    expect(readRows(groups, maps).shape).toEqual([BATCH, nReadouts]);
    const dLogits = isRelaxed ? relaxedBackward(groups, maps, coefficients) : logitsBackward(groups, maps, coefficients, null);
    const gradients = generatorBackward(w, maps, latent, trunk, dLogits);
    for (const [i, name] of names.entries()) await expectClose(gradients[name], expected[i], 1e-4);
  });
});
