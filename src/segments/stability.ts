import type { Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { Clusterer } from "./clusterer.ts";
import { takeMatrixRows } from "./segment-matrix.ts";
import type { Stability } from "./segments-report.ts";

/** A segment whose Jaccard similarity stays below is not found again (Hennig 2007: 0.75 and more is a stable cluster). */
export const STABLE_JACCARD = 0.75;

/**
 * For each cluster of one labelling the largest Jaccard similarity to a cluster of another, |A ∩ B| / |A ∪ B|, among the
 * rows where `isDrawn`. 0 for a cluster of which no row was drawn.
 */
export function jaccardSimilarities(labels: Uint8Array, others: Uint8Array, isDrawn: Uint8Array, k: number): Float64Array {
  const nOthers = others.reduce((highest, label) => Math.max(highest, label), 0) + 1;
  const both = new Float64Array(k * nOthers);
  const sizes = new Float64Array(k);
  const otherSizes = new Float64Array(nOthers);
  for (let row = 0; row < labels.length; row++) {
    if (!isDrawn[row]) continue;
    both[labels[row] * nOthers + others[row]]++;
    sizes[labels[row]]++;
    otherSizes[others[row]]++;
  }
  return sizes.map((size, own) => {
    let best = 0;
    for (let other = 0; other < nOthers; other++) {
      const shared = both[own * nOthers + other];
      if (shared > 0) best = Math.max(best, shared / (size + otherSizes[other] - shared));
    }
    return best;
  });
}

export interface BootstrapContext {
  readonly data: Matrix;
  /** Segment of each row of `data`, and their number. */
  readonly labels: Uint8Array;
  readonly k: number;
  readonly clusterer: Clusterer;
  readonly nStarts: number;
  readonly random: Random;
}

/**
 * One bootstrap: as many rows as there are, drawn with replacement, are clustered anew, and each segment is looked for among
 * the clusters (Hennig, "Cluster-wise assessment of cluster stability", 2007). Jaccard similarity of each segment.
 */
export function* bootstrapOnce(context: BootstrapContext, bootstrap: number): Work<Float64Array> {
  const { data, labels, k, clusterer, nStarts, random } = context;
  const own = random.split(`bootstrap ${bootstrap}`);
  const draw = own.split("rows");
  const rows = Int32Array.from({ length: data.nRows }, () => draw.integer(data.nRows));
  const clusters = yield* clusterer.cluster(takeMatrixRows(data, rows), k, nStarts, own.split("clusters"));
  const found = new Uint8Array(data.nRows);
  const isDrawn = new Uint8Array(data.nRows);
  rows.forEach((row, i) => {
    found[row] = clusters.labels[i];
    isDrawn[row] = 1;
  });
  return jaccardSimilarities(labels, found, isDrawn, k);
}

/** The value with the given share of ascending values below it. */
const quantile = (sorted: Float64Array, share: number): number => sorted[Math.round(share * (sorted.length - 1))];

/** Bootstraps taken together, by segment. */
export function summarizeBootstraps(bootstraps: readonly Float64Array[], k: number, nRows: number): Stability {
  const bySegment = Array.from({ length: k }, (_, segment) =>
    Float64Array.from(bootstraps, (similarities) => similarities[segment]).sort(),
  );
  return {
    jaccard: bySegment.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    low: bySegment.map((values) => quantile(values, 0.1)),
    high: bySegment.map((values) => quantile(values, 0.9)),
    nBootstraps: bootstraps.length,
    nRows,
  };
}
