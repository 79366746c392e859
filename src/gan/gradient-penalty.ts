import * as tf from "@tensorflow/tfjs";
import { affine, columnSums, leakySlope, type Matrix } from "./tensors.ts";

/** Rows between real and generated ones, as the critic's first layer sees them, with their dropout masks. */
export interface MixedRows {
  readonly before1: Matrix; // (batch × hidden)
  readonly masks: readonly [Matrix, Matrix]; // (batch × hidden) each
}

export interface PenaltyWeights {
  readonly weights1: Matrix;
  readonly weights1T: Matrix;
  readonly weights2: Matrix;
  readonly weights2T: Matrix;
  readonly bias2: Matrix;
  readonly weights3: Matrix;
}

/** Gradients of the penalty: of weights1 as inputs1ᵀ·upstream1, of weights2 as inputs2ᵀ·upstream2 (left as factors, to be joined with others). */
export interface PenaltyResult {
  readonly loss: tf.Scalar;
  readonly inputs1: Matrix;
  readonly upstream1: Matrix;
  readonly inputs2: Matrix;
  readonly upstream2: Matrix;
  readonly weights3: Matrix;
}

/**
 * weight · mean (‖∇D(x̂)‖ − 1)² with its gradients written out. For a two-layer LeakyReLU critic
 * ∇D = ((w₃ ∘ s₂) W₂ᵀ ∘ s₁) W₁ᵀ, where s is the slope times the dropout mask; s is constant almost everywhere,
 * so the penalty is differentiated through the W alone and no second-order operation is needed.
 */
export function penaltyGradients(weights: PenaltyWeights, mixed: MixedRows, weight: number): PenaltyResult {
  const { weights1, weights1T, weights2, weights2T, bias2, weights3 } = weights;
  const batch = mixed.before1.shape[0];
  const slope1 = tf.mul<Matrix>(leakySlope(mixed.before1), mixed.masks[0]);
  const before2 = affine(tf.mul(mixed.before1, slope1), weights2, bias2);
  const slope2 = tf.mul<Matrix>(leakySlope(before2), mixed.masks[1]);
  const a2 = tf.mul<Matrix>(slope2, weights3); // (batch × hidden)
  const a1 = tf.mul<Matrix>(tf.matMul(a2, weights2T), slope1); // (batch × hidden)
  const gradient = tf.matMul(a1, weights1T) as Matrix; // (batch × nReadouts)
  const norm = tf.sqrt(tf.add(tf.sum(tf.square(gradient), 1, true), 1e-12)); // (batch × 1)
  const excess = tf.sub(norm, 1);
  const dGradient = tf.mul<Matrix>(gradient, tf.mul(tf.div(excess, norm), (2 * weight) / batch));
  const dInner = tf.mul<Matrix>(tf.matMul(dGradient, weights1), slope1); // d / d(a2·W2ᵀ)
  const dA2 = tf.matMul(dInner, weights2);
  return {
    loss: tf.mul(tf.mean(tf.square(excess)), weight),
    inputs1: dGradient,
    upstream1: a1,
    inputs2: dInner,
    upstream2: a2,
    weights3: columnSums(tf.mul(dA2, slope2)),
  };
}
