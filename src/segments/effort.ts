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
const QUICK_MIXTURE: Effort = { nStarts: 2, nCurveShuffles: 2, nShuffles: 6, nReferences: 0, nBootstraps: 10 };

export function planEffort({ method, preset, quick = false }: SegmentSettings): Effort {
  if (method === "gaussian-mixture" && preset === "none") return quick ? QUICK_MIXTURE : FULL_MIXTURE;
  return quick ? QUICK : FULL;
}
