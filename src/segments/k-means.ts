import type { Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { firstCentres, squaredDistance } from "./first-centres.ts";

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

/** What a run of Lloyd's algorithm carries from one iteration to the next. */
interface Run {
  readonly data: Matrix;
  readonly labels: Uint8Array;
  readonly centres: Matrix;
  readonly sizes: Int32Array;
  /** Sums of each cluster's rows (k × nColumns), kept up as rows move. */
  readonly sums: Float64Array;
  /** No less than the distance from each row to its own centre. */
  readonly upper: Float64Array;
  /** No more than the distance from each row to any other centre. */
  readonly lower: Float64Array;
}

/** Finds the nearest centre of a row (the first among equals) and sets both its bounds to the true distances. */
function nearestCentre({ data, centres, upper, lower }: Run, row: number): number {
  const { nColumns, values } = data;
  let best = 0;
  let nearest = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  for (let cluster = 0; cluster < centres.nRows; cluster++) {
    const distance = squaredDistance(values, row * nColumns, centres.values, cluster * nColumns, nColumns);
    if (distance < nearest) {
      second = nearest;
      nearest = distance;
      best = cluster;
    } else if (distance < second) second = distance;
  }
  upper[row] = Math.sqrt(nearest);
  lower[row] = Math.sqrt(second);
  return best;
}

/** Half the distance from each centre to the nearest other one: a row closer than that to its centre cannot change. */
function halfGaps(centres: Matrix): Float64Array {
  const { nRows: k, nColumns, values } = centres;
  return Float64Array.from({ length: k }, (_, a) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let b = 0; b < k; b++) {
      if (a !== b) nearest = Math.min(nearest, squaredDistance(values, a * nColumns, values, b * nColumns, nColumns));
    }
    return Math.sqrt(nearest) / 2;
  });
}

/** Takes a row from its cluster's size and sum into another's. */
function moveRow({ data, labels, sizes, sums }: Run, row: number, to: number): void {
  const { nColumns, values } = data;
  const from = labels[row];
  sizes[from]--;
  sizes[to]++;
  for (let column = 0; column < nColumns; column++) {
    const value = values[row * nColumns + column];
    sums[from * nColumns + column] -= value;
    sums[to * nColumns + column] += value;
  }
  labels[row] = to;
}

/** Sizes and sums from the labels alone. */
function sumClusters({ data, labels, sizes, sums }: Run): void {
  const { nRows, nColumns, values } = data;
  sizes.fill(0);
  sums.fill(0);
  for (let row = 0; row < nRows; row++) {
    sizes[labels[row]]++;
    for (let column = 0; column < nColumns; column++) sums[labels[row] * nColumns + column] += values[row * nColumns + column];
  }
}

/** Reassigns the rows whose bounds do not exclude a change. Returns how many changed their cluster. */
function reassign(run: Run): number {
  const { data, labels, centres, upper, lower } = run;
  const { nRows, nColumns, values } = data;
  const gaps = halfGaps(centres);
  let nMoved = 0;
  for (let row = 0; row < nRows; row++) {
    const own = labels[row];
    const safe = Math.max(lower[row], gaps[own]);
    if (upper[row] < safe) continue;
    upper[row] = Math.sqrt(squaredDistance(values, row * nColumns, centres.values, own * nColumns, nColumns));
    if (upper[row] < safe) continue;
    const nearest = nearestCentre(run, row);
    if (nearest === own) continue;
    moveRow(run, row, nearest);
    nMoved++;
  }
  return nMoved;
}

/** Moves each centre to the mean of its rows and loosens the bounds by the way the centres went. */
function moveCentres({ data, labels, centres, sizes, sums, upper, lower }: Run): void {
  const { nRows, nColumns } = data;
  const moved = new Float64Array(centres.nRows);
  for (let cluster = 0; cluster < centres.nRows; cluster++) {
    let squared = 0;
    for (let i = cluster * nColumns; i < (cluster + 1) * nColumns; i++) {
      const next = sizes[cluster] > 0 ? sums[i] / sizes[cluster] : centres.values[i];
      squared += (next - centres.values[i]) ** 2;
      centres.values[i] = next;
    }
    moved[cluster] = Math.sqrt(squared);
  }
  const longest = Math.max(...moved);
  for (let row = 0; row < nRows; row++) {
    upper[row] += moved[labels[row]];
    lower[row] -= longest;
  }
}

/** Gives every centre without rows the row farthest from its own centre. Returns whether there was such a centre. */
function fillEmpty(run: Run): boolean {
  const { data, labels, centres, sizes, upper } = run;
  const { nColumns, values } = data;
  let isChanged = false;
  for (let cluster = 0; cluster < centres.nRows; cluster++) {
    if (sizes[cluster] > 0) continue;
    let farthest = -1;
    let distance = 0;
    for (let row = 0; row < data.nRows; row++) {
      const start = labels[row] * nColumns;
      const candidate = squaredDistance(values, row * nColumns, centres.values, start, nColumns);
      if (candidate > distance && sizes[labels[row]] > 1) {
        distance = candidate;
        farthest = row;
      }
    }
    if (farthest < 0) break;
    moveRow(run, farthest, cluster);
    centres.values.set(values.subarray(farthest * nColumns, (farthest + 1) * nColumns), cluster * nColumns);
    upper.fill(Number.POSITIVE_INFINITY);
    isChanged = true;
  }
  return isChanged;
}

/**
 * One run of Lloyd's algorithm (1982) until no row changes its cluster, with the distance bounds of Hamerly,
 * "Making k-means even faster" (2010), which skip most distances without changing the result.
 */
function runOnce(data: Matrix, k: number, random: Random): Clustering {
  const { nRows, nColumns } = data;
  const run: Run = {
    data,
    labels: new Uint8Array(nRows),
    centres: firstCentres(data, k, random),
    sizes: new Int32Array(k),
    sums: new Float64Array(k * nColumns),
    upper: new Float64Array(nRows),
    lower: new Float64Array(nRows),
  };
  for (let row = 0; row < nRows; row++) run.labels[row] = nearestCentre(run, row);
  sumClusters(run);
  for (let iteration = 1; iteration < MAX_ITERATIONS; iteration++) {
    moveCentres(run);
    const isFilled = fillEmpty(run);
    if (reassign(run) === 0 && !isFilled) break;
  }
  sumClusters(run);
  moveCentres(run);
  const { labels, centres, sizes } = run;
  let inertia = 0;
  for (let row = 0; row < nRows; row++)
    inertia += squaredDistance(data.values, row * nColumns, centres.values, labels[row] * nColumns, nColumns);
  return { labels, centres, sizes, inertia };
}

/**
 * k-means: the partition into k clusters with the smallest sum of squared distances to the cluster means among
 * `nStarts` runs from k-means++ starts. Yields after each start. O(nStarts · iterations · nRows · k · nColumns).
 */
export function* kMeans(data: Matrix, { k, nStarts, random }: KMeansParams): Work<Clustering> {
  let best = runOnce(data, k, random.split("start 0"));
  yield { stage: "k-means", done: 1, total: nStarts, unit: "start" };
  for (let start = 1; start < nStarts; start++) {
    const next = runOnce(data, k, random.split(`start ${start}`));
    if (next.inertia < best.inertia) best = next;
    yield { stage: "k-means", done: start + 1, total: nStarts, unit: "start" };
  }
  return best;
}
