import * as tf from "@tensorflow/tfjs";
import type { ParameterShape } from "./parameters.ts";

export type Matrix = tf.Tensor2D;

/** The named parameters, cut out of the flat vector. */
export function viewParameters(flat: tf.Tensor1D, shapes: readonly ParameterShape[]): Record<string, Matrix> {
  let offset = 0;
  const parts = shapes.map(({ name, shape }) => {
    const length = shape[0] * shape[1];
    offset += length;
    return [name, tf.reshape(tf.slice(flat, [offset - length], [length]), [...shape])];
  });
  return Object.fromEntries(parts) as Record<string, Matrix>;
}

/** Gradients by name as one flat vector, in the order of `shapes`. */
export function flatten(gradients: Readonly<Record<string, tf.Tensor>>, shapes: readonly ParameterShape[]): tf.Tensor1D {
  return tf.concat(shapes.map(({ name }) => tf.reshape(gradients[name], [-1])) as tf.Tensor1D[]);
}

/** aᵀ, made explicitly: a matMul with a transposed operand is many times slower on WebAssembly. */
export function transpose(a: Matrix): Matrix {
  return tf.transpose(a) as Matrix;
}

/** x·w + b. */
export function affine(x: Matrix, w: Matrix, b: Matrix): Matrix {
  return tf.add(tf.matMul(x, w), b);
}

/** Sum of each column, (1 × nColumns); a product with ones, because sums over rows are slow on WebAssembly. */
export function columnSums(x: Matrix): Matrix {
  return tf.matMul(tf.ones([1, x.shape[0]]) as Matrix, x) as Matrix;
}

/** Derivative of LeakyReLU with slope 0.2. */
export function leakySlope(x: Matrix): Matrix {
  return tf.step(x, 0.2) as Matrix;
}

/** Rows `from` ≤ row < `to`. */
export function sliceRows(x: Matrix, from: number, to: number): Matrix {
  return tf.slice(x, [from, 0], [to - from, x.shape[1]]);
}

export function sliceColumns(x: Matrix, from: number, length: number): Matrix {
  return tf.slice(x, [0, from], [x.shape[0], length]);
}
