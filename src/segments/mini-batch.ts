import type { Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { ClusterKernel } from "./cluster-kernel.ts";
import { type Clustering, fillEmpty, kMeans } from "./k-means.ts";
import { measurePartition } from "./partition.ts";
import { sampleRows, takeMatrixRows } from "./segment-matrix.ts";

export interface MiniBatchParams {
  /** In [1, 255], at most the number of distinct rows. */
  readonly k: number;
  /** Starts on a sample, the best of which the batches begin from. */
  readonly nStarts: number;
  readonly nBatches: number;
  readonly batchSize: number;
  readonly random: Random;
}

/** Moves each centre to the mean of all rows that were ever nearest to it: steps that shrink with their number. */
function takeBatch(sums: Float64Array, sizes: Int32Array, counts: Float64Array, centres: Matrix): void {
  const { nColumns, values } = centres;
  for (let cluster = 0; cluster < centres.nRows; cluster++) {
    if (sizes[cluster] === 0) continue;
    counts[cluster] += sizes[cluster];
    for (let i = cluster * nColumns; i < (cluster + 1) * nColumns; i++)
      values[i] += (sums[i] - sizes[cluster] * values[i]) / counts[cluster];
  }
}

/** Every row at its nearest centre; then the centres are the means of their rows, unless `isMoved` is false. */
export function* assignAll(data: Matrix, centres: Matrix, isMoved: boolean): Work<Clustering> {
  const k = centres.nRows;
  return yield* ClusterKernel.use(data, function* (kernel): Work<Clustering> {
    const assignment = kernel.reserve(k);
    assignment.assign(centres.values);
    if (isMoved && fillEmpty(data, assignment, centres)) assignment.assign(centres.values);
    yield { stage: "k-means", done: 1, total: 1, unit: "step" };
    const labels = assignment.labels().slice();
    if (isMoved) return measurePartition(data, labels, k);
    const inertia = assignment.distances().reduce((sum, distance) => sum + distance, 0);
    return { labels, centres, sizes: assignment.sizes().slice(), inertia };
  });
}

/**
 * k-means for tables of many rows: centres of k-means on a sample, moved by batches of rows with a step for each centre that
 * shrinks as 1 / rows it has seen (Sculley, "Web-scale k-means clustering", 2010), then every row at its nearest centre.
 * O((nBatches · batchSize + nRows) · k · nColumns).
 */
export function* miniBatchKMeans(data: Matrix, params: MiniBatchParams): Work<Clustering> {
  const { k, nStarts, nBatches, batchSize, random } = params;
  const sample = takeMatrixRows(data, sampleRows(data.nRows, 2 * batchSize, random.split("sample")));
  const { centres } = yield* kMeans(sample, { k, nStarts, random: random.split("starts") });
  const counts = new Float64Array(k);
  const draw = random.split("batches");
  for (let batch = 0; batch < nBatches; batch++) {
    const rows = Int32Array.from({ length: Math.min(batchSize, data.nRows) }, () => draw.integer(data.nRows));
    yield* ClusterKernel.use(takeMatrixRows(data, rows), function* (kernel): Work<void> {
      const assignment = kernel.reserve(k);
      assignment.assign(centres.values);
      takeBatch(assignment.sums(), assignment.sizes(), counts, centres);
      yield { stage: "k-means", done: batch + 1, total: nBatches, unit: "step" };
    });
  }
  return yield* assignAll(data, centres, true);
}
