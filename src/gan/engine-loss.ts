import * as tf from "@tensorflow/tfjs";
import { TrendloomError } from "../core/errors.ts";
import type { EngineFactory, GanEngine } from "./engine.ts";
import type { EngineName } from "./gan.types.ts";

/** What can be told of the device behind the backend that is set. */
interface BackendDevice {
  readonly device?: GPUDevice;
  readonly gpgpu?: { readonly gl: { readonly canvas: EventTarget } };
}

/** Rejects once the graphics device behind the TensorFlow.js backend is gone; pending for ever where there is none. */
export function deviceLoss(engine: EngineName): Promise<never> {
  const { device, gpgpu } = tf.backend() as unknown as BackendDevice;
  return new Promise((_, reject) => {
    const lose = () => reject(new TrendloomError("engine-lost", { engine }, `the device of ${engine} was lost`));
    void device?.lost.then(lose);
    gpgpu?.gl.canvas.addEventListener("webglcontextlost", lose, { once: true });
  });
}

/**
 * Engines that give up with the reason of `loss` once it rejects, instead of waiting for ever or reading zeros from a
 * device that is gone.
 */
export function failOnLoss(create: EngineFactory, loss: Promise<never>): EngineFactory {
  let lost: unknown = null;
  loss.catch((error: unknown) => {
    lost = error;
  });
  const orLost = <Value>(work: Promise<Value>): Promise<Value> => Promise.race([work, loss]);
  return (...given) => {
    const engine: GanEngine = create(...given);
    const { checkpoint } = engine;
    return {
      step(batch, learningRate) {
        if (lost) throw lost;
        return engine.step(batch, learningRate);
      },
      readLosses: () => orLost(engine.readLosses()),
      probabilities: (latent, nRows) => orLost(engine.probabilities(latent, nRows)),
      calibrate: (latent, nRows, nRounds) => engine.calibrate(latent, nRows, nRounds),
      save: () => orLost(engine.save()),
      ...(checkpoint ? { checkpoint: () => orLost(checkpoint.call(engine)) } : {}),
      load: (weights) => engine.load(weights),
      dispose: () => engine.dispose(),
    };
  };
}
