import * as tf from "@tensorflow/tfjs";
import { exp } from "../core/exp-log.ts";
import type { Random } from "../core/random.ts";

type Matrix = tf.Tensor2D;

/** One layer's weights (nInputs × nOutputs) and bias, as plain numbers. */
export interface Layer {
  readonly nInputs: number;
  readonly nOutputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** What the last layer means: class logits under cross-entropy, or a value under squared error. */
export type OutputKind = "softmax" | "linear";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Layers of the given widths; weights normal with variance 2 / nInputs (He et al. 2015), the last layer's zero beside `lastBias`. */
export function startLayers(widths: readonly number[], lastBias: Float32Array, random: Random): Layer[] {
  return widths.slice(1).map((nOutputs, l) => {
    const nInputs = widths[l];
    const stream = random.split(`layer ${l}`);
    if (l === widths.length - 2) return { nInputs, nOutputs, weights: new Float32Array(nInputs * nOutputs), bias: lastBias };
    const scale = Math.sqrt(2 / nInputs);
    const weights = Float32Array.from({ length: nInputs * nOutputs }, () => scale * stream.normal());
    return { nInputs, nOutputs, weights, bias: new Float32Array(nOutputs) };
  });
}

interface Parameter {
  values: tf.Tensor;
  moment1: tf.Tensor;
  moment2: tf.Tensor;
}

/** A small ReLU network under Adam on the TensorFlow.js backend that is set; gradients are written out. Owns its tensors. */
export class Network {
  private readonly parameters: Parameter[];
  private nSteps = 0;

  constructor(
    private readonly layers: readonly Layer[],
    private readonly output: OutputKind,
    private readonly learningRate: number,
    /** Decoupled from the gradient (Loshchilov and Hutter 2019), per unit of learning rate. */
    private readonly weightDecay: number,
  ) {
    this.parameters = layers.flatMap(({ nInputs, nOutputs, weights, bias }) => [
      makeParameter(tf.tensor2d(weights.slice(), [nInputs, nOutputs])),
      makeParameter(tf.tensor2d(bias.slice(), [1, nOutputs])),
    ]);
  }

  /** One step on a batch: inputs (nRows × nInputs), targets (nRows × nOutputs), one dropout mask per hidden layer. */
  step(inputs: Float32Array, targets: Float32Array, masks: readonly Float32Array[], nRows: number): void {
    this.nSteps++;
    const gradients = tf.tidy(() => this.gradients(inputs, targets, masks, nRows));
    gradients.forEach((gradient, i) => {
      this.update(this.parameters[i], gradient, i % 2 === 0 ? this.weightDecay : 0);
    });
    tf.dispose(gradients);
  }

  private gradients(inputs: Float32Array, targets: Float32Array, masks: readonly Float32Array[], nRows: number): tf.Tensor[] {
    const activations: Matrix[] = [tf.tensor2d(inputs, [nRows, this.layers[0].nInputs])];
    const slopes: Matrix[] = [];
    this.layers.forEach(({ nOutputs }, l) => {
      const before = tf.add<Matrix>(tf.matMul(activations[l], this.weights(l)), this.parameters[2 * l + 1].values);
      if (l === this.layers.length - 1) {
        activations.push(this.output === "softmax" ? tf.softmax(before) : before);
        return;
      }
      const slope = tf.mul<Matrix>(tf.step(before), tf.tensor2d(masks[l], [nRows, nOutputs]));
      slopes.push(slope);
      activations.push(tf.mul(before, slope));
    });
    const last = activations[this.layers.length];
    let upstream = tf.mul<Matrix>(tf.sub(last, tf.tensor2d(targets, [nRows, last.shape[1]])), 1 / nRows);
    const ones = tf.ones([1, nRows]) as Matrix;
    const gradients: tf.Tensor[] = [];
    for (let l = this.layers.length - 1; l >= 0; l--) {
      gradients.unshift(tf.matMul(tf.transpose(activations[l]), upstream), tf.matMul(ones, upstream));
      if (l > 0) upstream = tf.mul(tf.matMul(upstream, tf.transpose(this.weights(l))), slopes[l - 1]);
    }
    return gradients;
  }

  private weights(layer: number): Matrix {
    return this.parameters[2 * layer].values as Matrix;
  }

  private update(parameter: Parameter, gradient: tf.Tensor, decay: number): void {
    const correction2 = Math.sqrt(1 - BETA2 ** this.nSteps);
    const rate = (this.learningRate * correction2) / (1 - BETA1 ** this.nSteps);
    const next = tf.tidy(() => {
      const moment1 = tf.add(tf.mul(parameter.moment1, BETA1), tf.mul(gradient, 1 - BETA1));
      const moment2 = tf.add(tf.mul(parameter.moment2, BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
      const change = tf.div(tf.mul(moment1, rate), tf.add(tf.sqrt(moment2), EPSILON));
      const shrunk = decay > 0 ? tf.mul(parameter.values, 1 - this.learningRate * decay) : parameter.values;
      return [moment1, moment2, tf.sub(shrunk, change)];
    });
    disposeParameter(parameter);
    [parameter.moment1, parameter.moment2, parameter.values] = next;
  }

  /** The layers as they are now. */
  async read(): Promise<Layer[]> {
    const values = (await Promise.all(this.parameters.map(({ values: tensor }) => tensor.data()))) as Float32Array[];
    return this.layers.map(({ nInputs, nOutputs }, l) => ({
      nInputs,
      nOutputs,
      weights: values[2 * l].slice(),
      bias: values[2 * l + 1].slice(),
    }));
  }

  dispose(): void {
    for (const parameter of this.parameters) disposeParameter(parameter);
  }
}

function makeParameter(values: tf.Tensor): Parameter {
  return { values, moment1: tf.zerosLike(values), moment2: tf.zerosLike(values) };
}

function disposeParameter({ values, moment1, moment2 }: Parameter): void {
  tf.dispose([values, moment1, moment2]);
}

/** Outputs (nRows × nOutputs) of fitted layers without dropout, in plain numbers: the same wherever the network was trained. */
export function forward(layers: readonly Layer[], output: OutputKind, inputs: Float32Array, nRows: number): Float64Array {
  const nOutputs = layers[layers.length - 1].nOutputs;
  const result = new Float64Array(nRows * nOutputs);
  for (let row = 0; row < nRows; row++) {
    let values: Float32Array | Float64Array = inputs.subarray(row * layers[0].nInputs, (row + 1) * layers[0].nInputs);
    layers.forEach((layer, l) => {
      values = forwardLayer(layer, values, l < layers.length - 1);
    });
    result.set(output === "softmax" ? softmax(values) : values, row * nOutputs);
  }
  return result;
}

function forwardLayer({ nInputs, nOutputs, weights, bias }: Layer, inputs: ArrayLike<number>, isHidden: boolean): Float64Array {
  const outputs = Float64Array.from(bias);
  for (let i = 0; i < nInputs; i++) {
    const value = inputs[i];
    if (value === 0) continue;
    for (let j = 0; j < nOutputs; j++) outputs[j] += value * weights[i * nOutputs + j];
  }
  if (isHidden) for (let j = 0; j < nOutputs; j++) outputs[j] = Math.max(0, outputs[j]);
  return outputs;
}

function softmax(logits: ArrayLike<number>): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < logits.length; j++) largest = Math.max(largest, logits[j]);
  const weights = Float64Array.from(logits, (logit) => exp(logit - largest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
