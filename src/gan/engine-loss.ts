import * as tf from "@tensorflow/tfjs";
import { TrendloomError } from "../core/errors.ts";
import type { EngineFactory, GanEngine } from "./engine.ts";
import type { EngineName } from "./gan.types.ts";

/** What can be told of the device behind the backend that is set. */
interface BackendDevice {
  readonly device?: GPUDevice;
  readonly gpgpu?: { readonly gl: { readonly canvas: EventTarget } };
}

const engineLost = (engine: EngineName, what: string) =>
  new TrendloomError("engine-lost", { engine, what }, `${engine} stopped: ${what}`);

/** Rejects once the graphics device behind the TensorFlow.js backend is gone; pending for ever where there is none. */
export function deviceLoss(engine: EngineName): Promise<never> {
  const { device, gpgpu } = tf.backend() as unknown as BackendDevice;
  return new Promise((_, reject) => {
    const lose = () => reject(engineLost(engine, "its device was lost"));
    void device?.lost.then(lose);
    gpgpu?.gl.canvas.addEventListener("webglcontextlost", lose, { once: true });
  });
}

/**
 * Engines that give up with `engine-lost` once `loss` rejects, instead of waiting for ever or reading zeros from a device that is
 * gone, and when a call fails by itself: a device that was lost, or that has no memory left, says so first where it is used.
 */
export function failOnLoss(name: EngineName, create: EngineFactory, loss: Promise<never>): EngineFactory {
  let lost: unknown = null;
  loss.catch((error: unknown) => {
    lost = error;
  });
  const named = (error: unknown) => lost ?? (error instanceof TrendloomError ? error : engineLost(name, String(error)));
  const attempt = <Value>(work: () => Value): Value => {
    if (lost) throw lost;
    try {
      return work();
    } catch (error) {
      throw named(error);
    }
  };
  const orLost = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await Promise.race([attempt(work), loss]);
    } catch (error) {
      throw named(error);
    }
  };
  return (...given) => {
    const engine: GanEngine = attempt(() => create(...given));
    const { checkpoint } = engine;
    return {
      step: (batch, learningRate) => attempt(() => engine.step(batch, learningRate)),
      readLosses: () => orLost(() => engine.readLosses()),
      probabilities: (latent, nRows) => orLost(() => engine.probabilities(latent, nRows)),
      calibrate: (latent, nRows, nRounds) => attempt(() => engine.calibrate(latent, nRows, nRounds)),
      save: () => orLost(() => engine.save()),
      ...(checkpoint ? { checkpoint: () => orLost(() => checkpoint.call(engine)) } : {}),
      load: (weights) => attempt(() => engine.load(weights)),
      dispose: () => engine.dispose(),
    };
  };
}
