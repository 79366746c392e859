import type { SegmentSettings } from "./segments-report.ts";

/** How often everything is repeated. */
export interface Effort {
  /** Starts of each clustering of the curve, of shuffles, of references and of bootstraps. */
  readonly nStarts: number;
  /** Shuffles for each k of the curve, and in all for the k that is used. */
  readonly nCurveShuffles: number;
  readonly nShuffles: number;
  /** Draws of evenly spread points for the gap statistic. */
  readonly nReferences: number;
  readonly nBootstraps: number;
}

const FULL: Effort = { nStarts: 4, nCurveShuffles: 8, nShuffles: 20, nReferences: 10, nBootstraps: 50 };
const QUICK: Effort = { nStarts: 3, nCurveShuffles: 4, nShuffles: 10, nReferences: 5, nBootstraps: 15 };
/** A mixture takes many times as long as k-means, and has no gap statistic: the clusterings behind it are not k-means. */
const FULL_MIXTURE: Effort = { nStarts: 2, nCurveShuffles: 4, nShuffles: 12, nReferences: 0, nBootstraps: 30 };
const QUICK_MIXTURE: Effort = { nStarts: 1, nCurveShuffles: 2, nShuffles: 6, nReferences: 0, nBootstraps: 10 };

/** Points of many columns (indicators of many levels) cost as many times more. */
const WIDE = 20;
const FULL_WIDE: Effort = { nStarts: 3, nCurveShuffles: 5, nShuffles: 15, nReferences: 5, nBootstraps: 30 };
const QUICK_WIDE: Effort = { nStarts: 2, nCurveShuffles: 3, nShuffles: 8, nReferences: 3, nBootstraps: 10 };

export function planEffort({ method, preset, quick = false }: SegmentSettings, nColumns: number): Effort {
  if (method === "gaussian-mixture" && preset === "none") return quick ? QUICK_MIXTURE : FULL_MIXTURE;
  if (nColumns > WIDE) return quick ? QUICK_WIDE : FULL_WIDE;
  return quick ? QUICK : FULL;
}
