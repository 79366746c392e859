import type { NumberParamValues } from "./number-param.ts";

/** Settings of the reference forest: few trees, because each takes seconds on a few thousand rows. */
export const REFERENCE_FOREST_PARAMS = {
  nTrees: { default: 5, min: 1, max: 100, isInteger: true },
  /** Training rows at most: the time of a tree grows with their square. */
  maxRows: { default: 100_000, min: 20, max: 1_000_000, isInteger: true },
} as const;

export type ReferenceForestParams = NumberParamValues<typeof REFERENCE_FOREST_PARAMS>;
