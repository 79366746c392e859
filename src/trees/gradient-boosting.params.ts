import type { NumberParamValues } from "./number-param.ts";

/** Settings of gradient boosting, with XGBoost's meanings. */
export const GRADIENT_BOOSTING_PARAMS = {
  nRounds: { default: 100, min: 1, max: 5000, isInteger: true },
  maxDepth: { default: 4, min: 1, max: 16, isInteger: true },
  learningRate: { default: 0.1, min: 0.0001, max: 1, isInteger: false },
  /** λ: penalty on the square of a leaf's value. */
  lambda: { default: 1, min: 0, max: 1000, isInteger: false },
  /** α: penalty on the size of a leaf's value. */
  alpha: { default: 0, min: 0, max: 1000, isInteger: false },
  /** γ: the gain that a split must exceed. */
  gamma: { default: 0, min: 0, max: 1000, isInteger: false },
  /** Smallest sum of hessians in a child. */
  minChildWeight: { default: 1, min: 0, max: 100_000, isInteger: false },
  /** Share of the rows drawn, without replacement, for each round. */
  subsample: { default: 1, min: 0.05, max: 1, isInteger: false },
  /** Share of the features drawn for each tree. */
  colsampleByTree: { default: 1, min: 0.05, max: 1, isInteger: false },
} as const;

export type GradientBoostingParams = NumberParamValues<typeof GRADIENT_BOOSTING_PARAMS>;
