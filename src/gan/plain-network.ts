import type { Random } from "../core/random.ts";

const LEARNING_RATE = 1e-3;
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

/** A dense layer in plain numbers: weights (nInputs × nOutputs), then the bias (nOutputs), in one array, and Adam's moments. */
export interface Dense {
  readonly nInputs: number;
  readonly nOutputs: number;
  readonly parameters: Float64Array;
  /** Summed since the last step. */
  readonly gradients: Float64Array;
  readonly moment1: Float64Array;
  readonly moment2: Float64Array;
  nSteps: number;
}

/** Weights uniform in ± √(6 / (nInputs + nOutputs)) (Glorot and Bengio 2010), biases 0. */
export function createDense(nInputs: number, nOutputs: number, random: Random): Dense {
  const length = (nInputs + 1) * nOutputs;
  const limit = Math.sqrt(6 / (nInputs + nOutputs));
  const parameters = new Float64Array(length);
  for (let i = 0; i < nInputs * nOutputs; i++) parameters[i] = limit * (2 * random.next() - 1);
  const zeros = () => new Float64Array(length);
  return { nInputs, nOutputs, parameters, gradients: zeros(), moment1: zeros(), moment2: zeros(), nSteps: 0 };
}

/** Outputs (nRows × nOutputs) of inputs (nRows × nInputs). */
export function forward({ nInputs, nOutputs, parameters }: Dense, inputs: Float64Array): Float64Array {
  const nRows = inputs.length / nInputs;
  const outputs = new Float64Array(nRows * nOutputs);
  for (let row = 0; row < nRows; row++) {
    const to = row * nOutputs;
    for (let j = 0; j < nOutputs; j++) outputs[to + j] = parameters[nInputs * nOutputs + j];
    for (let i = 0; i < nInputs; i++) {
      const value = inputs[row * nInputs + i];
      const from = i * nOutputs;
      for (let j = 0; j < nOutputs; j++) outputs[to + j] += value * parameters[from + j];
    }
  }
  return outputs;
}

/** Adds the layer's gradients from those of its outputs (nRows × nOutputs). */
export function addGradients({ nInputs, nOutputs, gradients }: Dense, inputs: Float64Array, upstream: Float64Array): void {
  const nRows = inputs.length / nInputs;
  for (let row = 0; row < nRows; row++) {
    const at = row * nOutputs;
    for (let j = 0; j < nOutputs; j++) gradients[nInputs * nOutputs + j] += upstream[at + j];
    for (let i = 0; i < nInputs; i++) {
      const value = inputs[row * nInputs + i];
      const from = i * nOutputs;
      for (let j = 0; j < nOutputs; j++) gradients[from + j] += value * upstream[at + j];
    }
  }
}

/** Gradients of a layer's inputs (nRows × nInputs) from those of its outputs. */
export function passBelow({ nInputs, nOutputs, parameters }: Dense, upstream: Float64Array): Float64Array {
  const nRows = upstream.length / nOutputs;
  const below = new Float64Array(nRows * nInputs);
  for (let row = 0; row < nRows; row++) {
    const at = row * nOutputs;
    for (let i = 0; i < nInputs; i++) {
      const from = i * nOutputs;
      let sum = 0;
      for (let j = 0; j < nOutputs; j++) sum += parameters[from + j] * upstream[at + j];
      below[row * nInputs + i] = sum;
    }
  }
  return below;
}

/** One step of Adam (Kingma and Ba 2015) with its usual settings; clears the gradients. */
export function adamStep(layer: Dense): void {
  const { parameters, gradients, moment1, moment2 } = layer;
  layer.nSteps++;
  const rate = (LEARNING_RATE * Math.sqrt(1 - BETA2 ** layer.nSteps)) / (1 - BETA1 ** layer.nSteps);
  for (let i = 0; i < parameters.length; i++) {
    const gradient = gradients[i];
    moment1[i] = BETA1 * moment1[i] + (1 - BETA1) * gradient;
    moment2[i] = BETA2 * moment2[i] + (1 - BETA2) * gradient * gradient;
    parameters[i] -= (rate * moment1[i]) / (Math.sqrt(moment2[i]) + EPSILON);
    gradients[i] = 0;
  }
}
