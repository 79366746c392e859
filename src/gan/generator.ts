import * as tf from "@tensorflow/tfjs";
import { affine, columnSums, leakySlope, type Matrix, sliceColumns, transpose } from "./tensors.ts";

/** Temperature of the Gumbel-softmax (Jang et al. 2017). */
const TEMPERATURE = 0.5;
const NORM_EPSILON = 1e-5;

export interface GeneratorWeights {
  readonly weights1: Matrix; // (latentDim × hidden)
  readonly gain1: Matrix; // (1 × hidden)
  readonly shift1: Matrix;
  readonly weights2: Matrix; // (hidden × hidden)
  readonly gain2: Matrix;
  readonly shift2: Matrix;
  readonly weights3: Matrix; // (hidden × nScores)
  readonly bias3: Matrix; // (1 × nScores)
  readonly levelBias: Matrix; // (1 × nLevels)
}

/** Fixed maps of a group of blocks as tensors, each with its transpose. */
export interface GroupMaps {
  readonly nBlocks: number;
  readonly paddedLevels: number;
  readonly tilt: Matrix; // (nScores × nLevels)
  readonly tiltT: Matrix;
  readonly readout: Matrix; // (nLevels × nReadouts)
  readonly readoutT: Matrix;
}

interface NormalisedLayer {
  readonly normal: Matrix; // (batch × hidden), mean 0 and variance 1 per row
  readonly inverseDeviation: Matrix; // (batch × 1)
  readonly slope: Matrix;
  readonly output: Matrix;
}

export interface Trunk {
  readonly layer1: NormalisedLayer;
  readonly layer2: NormalisedLayer;
  readonly scores: Matrix; // (batch × nScores)
}

/** Layer norm, gain and shift, LeakyReLU. */
function normaliseLayer(before: Matrix, gain: Matrix, shift: Matrix): NormalisedLayer {
  const centred = tf.sub<Matrix>(before, tf.mean(before, 1, true));
  const inverseDeviation = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), NORM_EPSILON)) as Matrix;
  const normal = tf.mul<Matrix>(centred, inverseDeviation);
  const shifted = tf.add<Matrix>(tf.mul(normal, gain), shift);
  const slope = leakySlope(shifted);
  return { normal, inverseDeviation, slope, output: tf.mul(shifted, slope) };
}

/** Gradients of one normalised layer: of its input, its gain and its shift. */
function normaliseBackward(
  layer: NormalisedLayer,
  gain: Matrix,
  upstream: Matrix,
): { input: Matrix; gain: Matrix; shift: Matrix } {
  const dShifted = tf.mul<Matrix>(upstream, layer.slope);
  const dNormal = tf.mul<Matrix>(dShifted, gain);
  const along = tf.mean<Matrix>(tf.mul(dNormal, layer.normal), 1, true);
  const centred = tf.sub(dNormal, tf.mean(dNormal, 1, true));
  return {
    input: tf.mul(tf.sub(centred, tf.mul(layer.normal, along)), layer.inverseDeviation),
    gain: columnSums(tf.mul(dShifted, layer.normal)),
    shift: columnSums(dShifted),
  };
}

/** From latent rows (batch × latentDim) to the scores that tilt the blocks. */
export function generatorTrunk(weights: GeneratorWeights, latent: Matrix): Trunk {
  const layer1 = normaliseLayer(tf.matMul(latent, weights.weights1) as Matrix, weights.gain1, weights.shift1);
  const layer2 = normaliseLayer(tf.matMul(layer1.output, weights.weights2) as Matrix, weights.gain2, weights.shift2);
  return { layer1, layer2, scores: affine(layer2.output, weights.weights3, weights.bias3) };
}

/** Logits of all levels (batch × nLevels): block by block T·s, plus the levels' biases and padding. */
export function generatorLogits(scores: Matrix, maps: readonly GroupMaps[], levelBias: Matrix): Matrix {
  let from = 0;
  const tilted = maps.map((map) => {
    const nScores = map.tilt.shape[0];
    from += nScores;
    return tf.matMul(sliceColumns(scores, from - nScores, nScores), map.tilt) as Matrix;
  });
  return tf.add(tf.concat(tilted, 1), levelBias);
}

/** Softmax inside each block, group by group, as (batch·nBlocks × paddedLevels). */
export function blockSoftmax(logits: Matrix, maps: readonly GroupMaps[]): Matrix[] {
  let from = 0;
  return maps.map(({ nBlocks, paddedLevels }) => {
    const group = sliceColumns(logits, from, nBlocks * paddedLevels);
    from += nBlocks * paddedLevels;
    return tf.softmax(tf.reshape(group, [-1, paddedLevels]) as Matrix);
  });
}

/** Relaxed rows (Gumbel-softmax), whose largest level per block is the drawn one. */
export function relaxedRows(logits: Matrix, gumbel: Matrix, maps: readonly GroupMaps[]): Matrix[] {
  return blockSoftmax(tf.mul(tf.add(logits, gumbel), 1 / TEMPERATURE), maps);
}

/** One-hot rows of the drawn levels. */
export function hardRows(relaxed: readonly Matrix[]): Matrix[] {
  return relaxed.map((group) => tf.cast(tf.oneHot(tf.argMax(group, 1) as tf.Tensor1D, group.shape[1]), "float32") as Matrix);
}

/** Rows or probabilities per group as normalised readouts (batch × nReadouts). */
export function readRows(groups: readonly Matrix[], maps: readonly GroupMaps[]): Matrix {
  return tf.concat(
    groups.map((group, g) => tf.matMul(tf.reshape(group, [-1, maps[g].readout.shape[0]]) as Matrix, maps[g].readout) as Matrix),
    1,
  );
}

/** Gradient of the logits of one softmax, given that of its output. Softmax′: p ∘ (d − Σ p∘d). */
function softmaxBackward(probabilities: Matrix, upstream: Matrix): Matrix {
  const weighted = tf.mul<Matrix>(probabilities, upstream);
  return tf.sub(weighted, tf.mul(probabilities, tf.sum(weighted, 1, true)));
}

/** Gradient of the logits (batch × nLevels) through softmax, from the gradients of the readouts and of the levels themselves. */
export function logitsBackward(
  groups: readonly Matrix[],
  maps: readonly GroupMaps[],
  dReadouts: Matrix | null,
  dLevels: Matrix | null,
): Matrix {
  let readout = 0;
  let level = 0;
  const parts = maps.map(({ readoutT, paddedLevels }, g) => {
    const [nReadouts, nLevels] = readoutT.shape;
    const fromReadouts = dReadouts && tf.matMul(sliceColumns(dReadouts, readout, nReadouts), readoutT);
    const fromLevels = dLevels && sliceColumns(dLevels, level, nLevels);
    readout += nReadouts;
    level += nLevels;
    const upstream = fromReadouts && fromLevels ? tf.add(fromReadouts, fromLevels) : (fromReadouts ?? fromLevels);
    if (!upstream) throw new Error("a gradient of readouts or of levels is needed");
    const dLogits = softmaxBackward(groups[g], tf.reshape(upstream, [-1, paddedLevels]) as Matrix);
    return tf.reshape(dLogits, [-1, nLevels]) as Matrix;
  });
  return tf.concat(parts, 1);
}

/** As `logitsBackward`, straight through the drawn rows to the relaxed ones. */
export function relaxedBackward(relaxed: readonly Matrix[], maps: readonly GroupMaps[], dReadouts: Matrix): Matrix {
  return tf.mul(logitsBackward(relaxed, maps, dReadouts, null), 1 / TEMPERATURE);
}

/** Gradients of all generator parameters, given that of the logits. */
export function generatorBackward(
  weights: GeneratorWeights,
  maps: readonly GroupMaps[],
  latent: Matrix,
  trunk: Trunk,
  dLogits: Matrix,
): Record<keyof GeneratorWeights, Matrix> {
  let level = 0;
  const dScores = tf.concat(
    maps.map(({ tiltT }) => {
      level += tiltT.shape[0];
      return tf.matMul(sliceColumns(dLogits, level - tiltT.shape[0], tiltT.shape[0]), tiltT) as Matrix;
    }),
    1,
  ); // (batch × nScores)
  const layer2 = normaliseBackward(trunk.layer2, weights.gain2, tf.matMul(dScores, transpose(weights.weights3)));
  const layer1 = normaliseBackward(trunk.layer1, weights.gain1, tf.matMul(layer2.input, transpose(weights.weights2)));
  return {
    weights1: tf.matMul(transpose(latent), layer1.input),
    gain1: layer1.gain,
    shift1: layer1.shift,
    weights2: tf.matMul(transpose(trunk.layer1.output), layer2.input),
    gain2: layer2.gain,
    shift2: layer2.shift,
    weights3: tf.matMul(transpose(trunk.layer2.output), dScores),
    bias3: columnSums(dScores),
    levelBias: columnSums(dLogits),
  };
}
