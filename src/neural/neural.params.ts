export type NeuralKind = "softmax" | "neural";

export interface NeuralParams {
  readonly kind: NeuralKind;
  readonly maxEpochs: number;
  readonly batchSize: number;
  /** Checks on the held-back slice without a gain before training stops. */
  readonly patience: number;
}

export const NEURAL_PARAMS = {
  maxEpochs: { default: 40, min: 1, max: 1000 },
  batchSize: { default: 128, min: 8, max: 4096 },
  patience: { default: 5, min: 1, max: 100 },
} as const;

/** Softmax regression (linear regression for a number), or the small classifier with 64 and 32 hidden units. */
export function defaultNeuralParams(kind: NeuralKind): NeuralParams {
  return {
    kind,
    maxEpochs: NEURAL_PARAMS.maxEpochs.default,
    batchSize: NEURAL_PARAMS.batchSize.default,
    patience: NEURAL_PARAMS.patience.default,
  };
}
