import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { type Assignment, ClusterKernel } from "./cluster-kernel.ts";
import { firstCentres } from "./first-centres.ts";

export interface KMeansParams {
  /** Number of clusters, in [1, 255] and at most the number of distinct rows. */
  readonly k: number;
  readonly nStarts: number;
  readonly random: Random;
}

export interface Clustering {
  /** Cluster of each row. */
  readonly labels: Uint8Array;
  /** Means of the clusters' rows (k × nColumns). */
  readonly centres: Matrix;
  readonly sizes: Int32Array;
  /** Sum of squared distances of the rows to their centres. */
  readonly inertia: number;
}

const MAX_ITERATIONS = 300;
/**
 * A start is left once its centres move by less than this share of the columns' mean variance (squared distances, all
 * centres together), and only the best one goes on until no row changes.
 */
const TOLERANCE = 1e-4;

function meanVariance({ nRows, nColumns, values }: Matrix): number {
  let total = 0;
  for (let column = 0; column < nColumns; column++) {
    let mean = 0;
    for (let i = column; i < values.length; i += nColumns) mean += values[i];
    mean /= nRows;
    for (let i = column; i < values.length; i += nColumns) total += (values[i] - mean) ** 2;
  }
  return total / (nRows * nColumns);
}

/** Gives every centre without rows the row farthest from its own centre. Returns whether there was such a centre. */
export function fillEmpty(
  data: Matrix,
  assignment: Pick<Assignment, "sizes" | "labels" | "distances">,
  centres: Matrix,
): boolean {
  const sizes = assignment.sizes();
  const labels = assignment.labels();
  const distances = assignment.distances();
  let isChanged = false;
  for (let cluster = 0; cluster < centres.nRows; cluster++) {
    if (sizes[cluster] > 0) continue;
    let farthest = -1;
    for (let row = 0; row < data.nRows; row++) {
      if (distances[row] > 0 && sizes[labels[row]] > 1 && (farthest < 0 || distances[row] > distances[farthest])) farthest = row;
    }
    if (farthest < 0) break;
    sizes[labels[farthest]]--;
    sizes[cluster] = 1;
    distances[farthest] = 0;
    const { nColumns, values } = data;
    centres.values.set(values.subarray(farthest * nColumns, (farthest + 1) * nColumns), cluster * nColumns);
    isChanged = true;
  }
  return isChanged;
}

/** Moves each centre to the mean of its rows. Returns the sum of the squared distances they went. */
function moveCentres(assignment: Assignment, centres: Matrix): number {
  const { nRows: k, nColumns, values } = centres;
  const sums = assignment.sums();
  const sizes = assignment.sizes();
  let moved = 0;
  for (let cluster = 0; cluster < k; cluster++) {
    if (sizes[cluster] === 0) continue;
    for (let i = cluster * nColumns; i < (cluster + 1) * nColumns; i++) {
      const next = sums[i] / sizes[cluster];
      moved += (next - values[i]) ** 2;
      values[i] = next;
    }
  }
  return moved;
}

/**
 * Lloyd's algorithm (1982) from the given centres, which it moves, until no row changes its cluster or the centres move by
 * no more than `tolerance`. Returns the inertia about the centres before they last moved.
 */
function runLloyd(data: Matrix, assignment: Assignment, centres: Matrix, tolerance: number): number {
  for (let iteration = 0; ; iteration++) {
    const nMoved = assignment.assign(centres.values);
    if (iteration < MAX_ITERATIONS && fillEmpty(data, assignment, centres)) continue;
    const moved = moveCentres(assignment, centres);
    if ((nMoved === 0 && iteration > 0) || moved <= tolerance || iteration >= MAX_ITERATIONS)
      return assignment.distances().reduce((sum, distance) => sum + distance, 0);
  }
}

/** The partition as it stands: means, sizes and inertia of the labels. */
function summarize(data: Matrix, assignment: Assignment, centres: Matrix): Clustering {
  const labels = assignment.labels().slice();
  const { nColumns, values } = data;
  let inertia = 0;
  for (let row = 0; row < data.nRows; row++) {
    const centre = labels[row] * nColumns;
    for (let column = 0; column < nColumns; column++)
      inertia += (values[row * nColumns + column] - centres.values[centre + column]) ** 2;
  }
  return { labels, centres, sizes: assignment.sizes().slice(), inertia };
}

/**
 * k-means: the partition into k clusters with the smallest sum of squared distances to the cluster means among
 * `nStarts` runs from k-means++ starts. Yields after each start. O(nStarts · iterations · nRows · k · nColumns).
 */
export function* kMeans(data: Matrix, { k, nStarts, random }: KMeansParams): Work<Clustering> {
  const tolerance = TOLERANCE * meanVariance(data);
  return yield* ClusterKernel.use(data, function* (kernel): Work<Clustering> {
    const weights = kernel.reserveWeights();
    const assignment = kernel.reserve(k);
    let best: Matrix | null = null;
    let smallest = Number.POSITIVE_INFINITY;
    for (let start = 0; start < nStarts; start++) {
      const centres = firstCentres(data, weights, k, random.split(`start ${start}`));
      const inertia = runLloyd(data, assignment, centres, tolerance);
      if (best === null || inertia < smallest) {
        best = centres;
        smallest = inertia;
      }
      yield { stage: "k-means", done: start + 1, total: nStarts, unit: "start" };
    }
    const centres = best ?? createMatrix(k, data.nColumns);
    runLloyd(data, assignment, centres, 0);
    return summarize(data, assignment, centres);
  });
}
