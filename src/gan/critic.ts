import * as tf from "@tensorflow/tfjs";
import { type MixedRows, penaltyGradients } from "./gradient-penalty.ts";
import { PENALTY_WEIGHT } from "./recipe.ts";
import { affine, columnSums, leakySlope, type Matrix, sliceRows, transpose } from "./tensors.ts";

export interface CriticWeights {
  readonly weights1: Matrix; // (nReadouts × hidden)
  readonly bias1: Matrix; // (1 × hidden)
  readonly weights2: Matrix; // (hidden × hidden)
  readonly bias2: Matrix; // (1 × hidden)
  readonly weights3: Matrix; // (1 × hidden)
}

export interface CriticInput {
  readonly real: Matrix; // (batch × nReadouts)
  readonly fake: Matrix; // (batch × nReadouts)
  /** Dropout masks of both layers (2·batch × hidden), real rows first. */
  readonly masks: readonly [Matrix, Matrix];
  /** Share of the real row in each mixed one (nMixed × 1); the first nMixed ≤ batch rows of both kinds are mixed. */
  readonly mix: Matrix;
}

export interface CriticResult {
  /** Mean D(fake) − mean D(real) + penalty. */
  readonly loss: tf.Scalar;
  /** Mean D(fake). */
  readonly fakeScore: tf.Scalar;
  readonly gradients: Record<keyof CriticWeights, Matrix>;
  /** Gradient of mean D(fake) with respect to the generated rows (batch × nReadouts). */
  readonly fakeGradient: Matrix;
}

/**
 * The Wasserstein critic with gradient penalty, its loss and all gradients in one pass (Gulrajani et al. 2017).
 * Real and generated rows go through together; LeakyReLU is h·s with s its slope times the dropout mask, so the
 * backward pass is made of products with the same s. The generated rows' gradient serves the generator's step.
 */
export function criticStep(weights: CriticWeights, input: CriticInput): CriticResult {
  const { weights1, bias1, weights2, bias2, weights3 } = weights;
  const batch = input.real.shape[0];
  const rows = tf.concat([input.real, input.fake], 0); // (2·batch × nReadouts)
  const before1 = affine(rows, weights1, bias1); // (2·batch × hidden)
  const slope1 = tf.mul<Matrix>(leakySlope(before1), input.masks[0]);
  const after1 = tf.mul<Matrix>(before1, slope1);
  const before2 = affine(after1, weights2, bias2);
  const slope2 = tf.mul<Matrix>(leakySlope(before2), input.masks[1]);
  const after2 = tf.mul<Matrix>(before2, slope2);
  const column3 = tf.reshape(weights3, [-1, 1]) as Matrix;
  const scores = tf.matMul(after2, column3) as Matrix; // (2·batch × 1)
  const fakeScore = tf.mean<tf.Scalar>(sliceRows(scores, batch, 2 * batch));
  const realScore = tf.mean<tf.Scalar>(sliceRows(scores, 0, batch));

  const sign = tf.concat([tf.fill([batch, 1], -1 / batch), tf.fill([batch, 1], 1 / batch)], 0) as Matrix; // dLoss/dScores
  const weights1T = transpose(weights1);
  const weights2T = transpose(weights2);
  // A product sign × weights3 would be wrong on WebAssembly: its matMul caches the right operand by data, whatever the shape.
  const upstream2 = tf.mul<Matrix>(tf.mul(sign, weights3), slope2);
  const upstream1 = tf.mul<Matrix>(tf.matMul(upstream2, weights2T), slope1);

  const nMixed = input.mix.shape[0];
  const mixed: MixedRows = {
    before1: mixRows(before1, input.mix, batch),
    masks: [sliceRows(input.masks[0], 0, nMixed), sliceRows(input.masks[1], 0, nMixed)],
  };
  const penalty = penaltyGradients({ weights1, weights1T, weights2, weights2T, bias2, weights3 }, mixed, PENALTY_WEIGHT);
  return {
    loss: tf.addN([fakeScore, tf.neg(realScore), penalty.loss]),
    fakeScore,
    fakeGradient: tf.matMul(sliceRows(upstream1, batch, 2 * batch), weights1T) as Matrix,
    gradients: {
      weights1: sumOfProducts(rows, upstream1, penalty.inputs1, penalty.upstream1),
      bias1: columnSums(upstream1),
      weights2: sumOfProducts(after1, upstream2, penalty.inputs2, penalty.upstream2),
      bias2: columnSums(upstream2),
      weights3: tf.add<Matrix>(tf.matMul(transpose(sign), after2), penalty.weights3),
    },
  };
}

/** The first layer is linear, so its output for a mixed row is the mixture of its outputs. */
function mixRows(before1: Matrix, mix: Matrix, batch: number): Matrix {
  const nMixed = mix.shape[0];
  const real = sliceRows(before1, 0, nMixed);
  const fake = sliceRows(before1, batch, batch + nMixed);
  return tf.add(fake, tf.mul(mix, tf.sub(real, fake)));
}

/** aᵀb + cᵀd. Two products: joining the operands first would copy more than it saves. */
function sumOfProducts(a: Matrix, b: Matrix, c: Matrix, d: Matrix): Matrix {
  return tf.add(tf.matMul(transpose(a), b), tf.matMul(transpose(c), d));
}
