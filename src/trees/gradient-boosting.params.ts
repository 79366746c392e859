import type { NumberParamValues } from "./number-param.ts";

/** Settings of gradient boosting, with XGBoost's meanings. */
export const GRADIENT_BOOSTING_PARAMS = {
  nRounds: { default: 100, min: 1, max: 5000, isInteger: true },
  maxDepth: { default: 4, min: 1, max: 16, isInteger: true },
  /** Most leaves of a tree, which then grows where it wins most; 0: no bound, and trees grow level by level. */
  maxLeaves: { default: 0, min: 0, max: 65_536, isInteger: true },
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
  /** Share of the tree's features drawn for each of its levels. */
  colsampleByLevel: { default: 1, min: 0.05, max: 1, isInteger: false },
  /** 1: each class weighs the same in all, a row of class c n / (K n_c); 0: each row weighs the same. */
  balanceClasses: { default: 0, min: 0, max: 1, isInteger: true },
  /** Rounds without a better validation loss after which fitting stops; 0: all rounds are fitted on all rows. */
  earlyStoppingRounds: { default: 10, min: 0, max: 1000, isInteger: true },
  /** Share of the training rows held back to tell when to stop. */
  validationShare: { default: 0.15, min: 0.05, max: 0.5, isInteger: false },
} as const;

export type GradientBoostingParams = NumberParamValues<typeof GRADIENT_BOOSTING_PARAMS>;
