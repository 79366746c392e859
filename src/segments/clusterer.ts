import { log } from "../core/exp-log.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { type CovarianceKind, gaussianMixture, likeliestComponents, type MixtureFit } from "./gaussian-mixture.ts";
import { type Clustering, kMeans } from "./k-means.ts";
import { kPrototypes } from "./k-prototypes.ts";
import { assignAll, miniBatchKMeans } from "./mini-batch.ts";
import { measurePartition } from "./partition.ts";
import { type SegmentMatrix, sampleRows, takeMatrixRows } from "./segment-matrix.ts";

/** Tables of more rows are clustered by mini-batches, or on a sample of so many after which every row is assigned. */
export const MAX_FIT_ROWS = 50_000;

const N_BATCHES = 60;
const BATCH_SIZE = 10_000;

export interface Clusters extends Clustering {
  /** Smaller is better; null where the method has none, or a variance vanishes. */
  readonly bic: number | null;
  readonly mixture: MixtureFit | null;
}

/** A method of clustering with its options fixed. */
export interface Clusterer {
  /** Clusters of points coded as the table's. */
  cluster(data: Matrix, k: number, nStarts: number, random: Random): Work<Clusters>;
}

/** Chooses the method. `points` tells how rows were coded, and how fine their columns are. */
export interface ClustererOptions {
  readonly method: "k-means" | "k-prototypes" | "gaussian-mixture";
  readonly covariance: CovarianceKind;
  readonly points: SegmentMatrix;
  /** Unit step of each matrix column, in points: a component of a mixture is not narrower than rounding makes it. */
  readonly steps: Float64Array;
}

/**
 * BIC of a clustering as k spherical normal groups of one variance, each row in its group for certain (Pelleg and Moore,
 * "X-means", 2000). Null where the inertia is 0.
 */
export function sphericalBic({ sizes, inertia, centres }: Clustering): number | null {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const k = sizes.filter((size) => size > 0).length;
  const d = centres.nColumns;
  if (!(inertia > 0) || n <= k) return null;
  const variance = inertia / (d * (n - k));
  let logLikelihood = (-n * d * log(2 * Math.PI * variance)) / 2 - (d * (n - k)) / 2;
  for (const size of sizes) if (size > 0) logLikelihood += size * log(size / n);
  return -2 * logLikelihood + (k - 1 + k * d + 1) * log(n);
}

/** When a mixture is good enough, of the table as of shuffled columns. */
const MIXTURE_END = { tolerance: 1e-3, maxIterations: 100 } as const;
/** Smallest variance of a mixture's component, as a share of the column's. */
const VARIANCE_FLOOR = 1e-3;

function varianceFloor({ matrix }: SegmentMatrix, steps: Float64Array): Float64Array {
  const { nRows, nColumns, values } = matrix;
  return Float64Array.from(steps, (step, column) => {
    let mean = 0;
    for (let i = column; i < values.length; i += nColumns) mean += values[i] / nRows;
    let variance = 0;
    for (let i = column; i < values.length; i += nColumns) variance += (values[i] - mean) ** 2 / nRows;
    return Math.max(VARIANCE_FLOOR * variance, step ** 2 / 12, Number.EPSILON);
  });
}

export function makeClusterer({ method, covariance, points, steps }: ClustererOptions): Clusterer {
  const isLarge = (data: Matrix): boolean => data.nRows > MAX_FIT_ROWS;
  if (method === "k-means") {
    return {
      *cluster(data, k, nStarts, random) {
        const clustering = isLarge(data)
          ? yield* miniBatchKMeans(data, { k, nStarts, nBatches: N_BATCHES, batchSize: BATCH_SIZE, random })
          : yield* kMeans(data, { k, nStarts, random });
        return { ...clustering, bic: sphericalBic(clustering), mixture: null };
      },
    };
  }
  const fitRows = (data: Matrix, random: Random): Matrix =>
    isLarge(data) ? takeMatrixRows(data, sampleRows(data.nRows, MAX_FIT_ROWS, random.split("fit"))) : data;
  if (method === "k-prototypes") {
    const { starts, columns } = points;
    return {
      *cluster(data, k, nStarts, random) {
        const fitted = yield* kPrototypes(fitRows(data, random), { k, nStarts, random, starts, columns });
        const clustering = isLarge(data) ? yield* assignAll(data, fitted.centres, false) : fitted;
        return { ...clustering, bic: null, mixture: null };
      },
    };
  }
  const floor = varianceFloor(points, steps);
  return {
    *cluster(data, k, nStarts, random) {
      const mixture = yield* gaussianMixture(fitRows(data, random), { k, covariance, nStarts, random, floor, ...MIXTURE_END });
      const labels = likeliestComponents(data, mixture.mixture);
      const { sizes, inertia } = measurePartition(data, labels, k);
      return { labels, centres: mixture.mixture.means, sizes, inertia, bic: mixture.bic, mixture };
    },
  };
}
