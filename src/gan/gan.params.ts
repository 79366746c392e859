import type { GanSettings } from "./gan.types.ts";

/** Settings of the generator. `nSteps`, `batchSize` (even) and `hidden` decide the cost, about nSteps · batchSize · hidden². */
export const GAN_PARAMS = {
  nSteps: { default: 1000, min: 10, max: 20_000 },
  batchSize: { default: 200, min: 10, max: 2000 },
  hidden: { default: 256, min: 4, max: 1024 },
  latentDim: { default: 64, min: 2, max: 512 },
  patience: { default: 10, min: 1, max: 1000 },
} as const;

export const DEFAULT_GAN_SETTINGS: GanSettings = {
  preset: "matched",
  nSteps: GAN_PARAMS.nSteps.default,
  batchSize: GAN_PARAMS.batchSize.default,
  hidden: GAN_PARAMS.hidden.default,
  latentDim: GAN_PARAMS.latentDim.default,
  patience: GAN_PARAMS.patience.default,
};
