import * as tf from "@tensorflow/tfjs";
import { MIN_FREQUENCY } from "./recipe.ts";
import { type Matrix, sliceRows, transpose } from "./tensors.ts";

export interface LossWithGradient {
  readonly loss: tf.Scalar;
  readonly gradient: Matrix;
}

/**
 * L_marg = Σ_k (m¹_k − π_k)(m²_k − π_k) / max(π_k, 0.001), with m¹ and m² the mean probabilities of the two halves of
 * the batch: as the halves are independent the product is an unbiased estimate of the squared distance.
 * Gradient with respect to the probabilities (batch × nLevels). The batch size must be even.
 */
export function marginalLoss(probabilities: Matrix, frequencies: Matrix): LossWithGradient {
  const [batch, nLevels] = probabilities.shape;
  const half = batch / 2;
  const average = tf.fill([1, half], 1 / half) as Matrix;
  const inverse = tf.reciprocal(tf.maximum(frequencies, MIN_FREQUENCY)) as Matrix;
  const [excess1, excess2] = [0, half].map((from) =>
    tf.sub<Matrix>(tf.matMul(average, sliceRows(probabilities, from, from + half)), frequencies),
  ); // (1 × nLevels)
  const spread = (excess: Matrix) => tf.matMul(transpose(average), tf.mul<Matrix>(excess, inverse)) as Matrix; // (half × nLevels)
  return {
    loss: tf.sum(tf.mul(tf.mul(excess1, excess2), inverse)),
    gradient: tf.reshape(tf.concat([spread(excess2), spread(excess1)], 0), [batch, nLevels]),
  };
}

/**
 * L_pair = ½ Σ over readouts a, b of different blocks of (M¹ − M*)_ab (M² − M*)_ab, with Mʰ = QᵀQ / half over one half of
 * the batch and M* the shrunk moments of the training rows. Gradient with respect to Q (batch × nReadouts).
 */
export function pairLoss(readouts: Matrix, target: Matrix, mask: Matrix): LossWithGradient {
  const half = readouts.shape[0] / 2;
  const [first, second] = [sliceRows(readouts, 0, half), sliceRows(readouts, half, 2 * half)];
  const [excess1, excess2] = [first, second].map((q) =>
    tf.mul<Matrix>(tf.sub(tf.mul(tf.matMul(transpose(q), q), 1 / half), target), mask),
  ); // (nReadouts × nReadouts), symmetric
  return {
    loss: tf.mul(tf.sum(tf.mul(excess1, excess2)), 0.5),
    gradient: tf.mul(tf.concat([tf.matMul(first, excess2), tf.matMul(second, excess1)], 0), 1 / half) as Matrix,
  };
}
