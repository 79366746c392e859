import * as tf from "@tensorflow/tfjs";
import type { AdamState } from "./engine.ts";
import { ADAM } from "./recipe.ts";

const { beta1, beta2, epsilon } = ADAM;

/** A flat parameter vector under Adam (Kingma and Ba 2015) with β = (0.5, 0.9), as WGAN-GP uses it. Owns its tensors. */
export class AdamVector {
  private moment1: tf.Tensor1D;
  private moment2: tf.Tensor1D;
  private nSteps: number;

  constructor(
    public values: tf.Tensor1D,
    private readonly weightDecay: number,
    state?: AdamState,
  ) {
    tf.keep(values);
    this.moment1 = tf.keep(state ? tf.tensor1d(state.moment1) : tf.zerosLike(values));
    this.moment2 = tf.keep(state ? tf.tensor1d(state.moment2) : tf.zerosLike(values));
    this.nSteps = state?.nSteps ?? 0;
  }

  async state(): Promise<AdamState> {
    const [moment1, moment2] = await Promise.all([this.moment1.data(), this.moment2.data()]);
    return { moment1: moment1.slice() as Float32Array, moment2: moment2.slice() as Float32Array, nSteps: this.nSteps };
  }

  /** values −= rate · m̂ / (√v̂ + ε), with `weightDecay · values` added to the gradient. */
  update(gradient: tf.Tensor1D, learningRate: number): void {
    this.nSteps++;
    const correction2 = Math.sqrt(1 - beta2 ** this.nSteps);
    const rate = (learningRate * correction2) / (1 - beta1 ** this.nSteps);
    const next = tf.tidy(() => {
      const full = this.weightDecay > 0 ? tf.add(gradient, tf.mul(this.values, this.weightDecay)) : gradient;
      const moment1 = tf.add<tf.Tensor1D>(tf.mul(this.moment1, beta1), tf.mul(full, 1 - beta1));
      const moment2 = tf.add<tf.Tensor1D>(tf.mul(this.moment2, beta2), tf.mul(tf.square(full), 1 - beta2));
      const change = tf.div(tf.mul(moment1, rate), tf.add(tf.sqrt(moment2), epsilon * correction2));
      return { moment1, moment2, values: tf.sub<tf.Tensor1D>(this.values, change) };
    });
    this.dispose();
    this.moment1 = tf.keep(next.moment1);
    this.moment2 = tf.keep(next.moment2);
    this.values = tf.keep(next.values);
  }

  dispose(): void {
    tf.dispose([this.values, this.moment1, this.moment2]);
  }
}
