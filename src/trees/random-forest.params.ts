import type { NumberParamValues } from "./number-param.ts";

/** Settings of the random forest; 0 means "by rule" where the note says so. Flags are 0 or 1. */
export const RANDOM_FOREST_PARAMS = {
  nTrees: { default: 300, min: 1, max: 2000, isInteger: true },
  /** Features drawn at each split; 0: √nFeatures for classes, a third for numbers (Breiman 2001). */
  nFeaturesPerSplit: { default: 0, min: 0, max: 10_000, isInteger: true },
  /** Fewest bootstrap rows in a leaf. */
  minLeafRows: { default: 5, min: 1, max: 100_000, isInteger: true },
  maxDepth: { default: 64, min: 1, max: 64, isInteger: true },
  /** 1: each tree is grown on a bootstrap sample; 0: on every row once. */
  bootstrap: { default: 1, min: 0, max: 1, isInteger: true },
  /** Impurity of classes. 0: Gini; 1: entropy. */
  useEntropy: { default: 0, min: 0, max: 1, isInteger: true },
  /** 1: every class weighs the same, however few its rows; probabilities then answer for equally frequent classes. */
  balanceClasses: { default: 0, min: 0, max: 1, isInteger: true },
} as const;

export type RandomForestParams = NumberParamValues<typeof RANDOM_FOREST_PARAMS>;
