import type { Matrix } from "../core/matrix.ts";
import type { Progress, Work } from "../core/progress.ts";
import { ClusterKernel } from "./cluster-kernel.ts";
import { takeMatrixRows } from "./segment-matrix.ts";

/** Above this number of rows silhouettes are computed on a seeded sample of so many. */
export const MAX_SILHOUETTE_ROWS = 4000;

/** Rows in the order of their labels, and where each cluster begins (empty ones included); the last entry is the number of rows. */
function orderByLabel(labels: Uint8Array): { readonly order: Int32Array; readonly starts: Int32Array } {
  const k = labels.reduce((highest, label) => Math.max(highest, label), 0) + 1;
  const starts = new Int32Array(k + 1);
  for (const label of labels) starts[label + 1]++;
  for (let cluster = 0; cluster < k; cluster++) starts[cluster + 1] += starts[cluster];
  const next = starts.slice();
  const order = new Int32Array(labels.length);
  for (let row = 0; row < labels.length; row++) order[next[labels[row]]++] = row;
  return { order, starts };
}

/** The mean over rows from their distances to each cluster added up (k × nRows). */
function meanSilhouette(sums: Matrix, starts: Int32Array): number {
  const { nRows: k, nColumns: nRows, values } = sums;
  const sizes = Array.from({ length: k }, (_, cluster) => starts[cluster + 1] - starts[cluster]);
  if (sizes.filter((size) => size > 0).length < 2) return Number.NaN;
  let total = 0;
  for (let own = 0; own < k; own++) {
    if (sizes[own] < 2) continue;
    for (let row = starts[own]; row < starts[own + 1]; row++) {
      const within = values[own * nRows + row] / (sizes[own] - 1);
      let between = Number.POSITIVE_INFINITY;
      for (let cluster = 0; cluster < k; cluster++) {
        if (cluster !== own && sizes[cluster] > 0) between = Math.min(between, values[cluster * nRows + row] / sizes[cluster]);
      }
      const larger = Math.max(within, between);
      if (larger > 0) total += (between - within) / larger;
    }
  }
  return total / nRows;
}

const progress = (done: number, total: number): Progress => ({ stage: "silhouette", done, total, unit: "row" });

/**
 * Mean silhouette (Rousseeuw 1987) of a labelling: the mean over all rows of (b − a) / max(a, b), with a the mean Euclidean
 * distance to the other rows of the own cluster and b the smallest mean distance to the rows of another; 0 for a row alone
 * in its cluster. NaN for a labelling with fewer than two clusters. O(nRows² · nColumns).
 */
export function* silhouette(data: Matrix, labels: Uint8Array): Work<number> {
  const { order, starts } = orderByLabel(labels);
  return yield* ClusterKernel.use(takeMatrixRows(data, order), function* (kernel): Work<number> {
    const work = kernel.sumDistances(starts);
    for (;;) {
      const step = work.next();
      if (step.done) return meanSilhouette(step.value, starts);
      yield progress(step.value, data.nRows);
    }
  });
}

/** Mean silhouettes of several labellings over some of the rows, as if the others were not there. */
export function* silhouettesOfRows(data: Matrix, labellings: readonly Uint8Array[], rows: Int32Array): Work<number[]> {
  const isWhole = rows.length === data.nRows;
  const part = isWhole ? data : takeMatrixRows(data, rows);
  const values: number[] = [];
  for (const labels of labellings)
    values.push(yield* silhouette(part, isWhole ? labels : Uint8Array.from(rows, (row) => labels[row])));
  return values;
}
