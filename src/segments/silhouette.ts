import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Progress, Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { allRows } from "../table/table.ts";

/** Above this number of rows silhouettes are computed on a seeded sample of so many. */
export const MAX_SILHOUETTE_ROWS = 4000;

const ROWS_PER_YIELD = 500;

/**
 * Mean silhouettes (Rousseeuw 1987) of several labellings of the same rows, which share the distances:
 * the mean over all rows of (b − a) / max(a, b), with a the mean Euclidean distance to the other rows of the own
 * cluster and b the smallest mean distance to the rows of another; 0 for a row alone in its cluster. NaN for a
 * labelling with fewer than two clusters. O(nRows² · (nColumns + number of labellings)).
 */
export function* silhouettes(data: Matrix, labellings: readonly Uint8Array[]): Work<number[]> {
  const { nRows, nColumns, values } = data;
  const columns = Array.from({ length: nColumns }, (_, column) =>
    Float64Array.from({ length: nRows }, (_, row) => values[row * nColumns + column]),
  );
  const sums = labellings.map(
    (labels) => new Float64Array((labels.reduce((highest, label) => Math.max(highest, label), 0) + 1) * nRows),
  ); // (k × nRows)
  const distances = new Float64Array(nRows);
  for (let row = 0; row < nRows; row++) {
    distancesAfter(columns, row, distances);
    for (let i = 0; i < labellings.length; i++) addDistances(distances, row, labellings[i], sums[i]);
    if (row % ROWS_PER_YIELD === 0) yield progress(row, nRows);
  }
  return labellings.map((labels, i) => meanSilhouette(sums[i], labels));
}

const progress = (done: number, total: number): Progress => ({ stage: "silhouette", done, total, unit: "row" });

/** Euclidean distances from a row to the rows after it. */
function distancesAfter(columns: readonly Float64Array[], row: number, distances: Float64Array): void {
  const nRows = distances.length;
  distances.fill(0);
  for (const column of columns) {
    const own = column[row];
    for (let other = row + 1; other < nRows; other++) {
      const difference = column[other] - own;
      distances[other] += difference * difference;
    }
  }
  for (let other = row + 1; other < nRows; other++) distances[other] = Math.sqrt(distances[other]);
}

/** Adds the distances between `row` and the rows after it to `sums` (k × nRows): from each cluster to each row. */
function addDistances(distances: Float64Array, row: number, labels: Uint8Array, sums: Float64Array): void {
  const nRows = distances.length;
  const fromOwn = labels[row] * nRows;
  for (let other = row + 1; other < nRows; other++) {
    sums[fromOwn + other] += distances[other];
    sums[labels[other] * nRows + row] += distances[other];
  }
}

function meanSilhouette(sums: Float64Array, labels: Uint8Array): number {
  const nRows = labels.length;
  const sizes = new Int32Array(sums.length / nRows);
  for (const label of labels) sizes[label]++;
  if (sizes.filter((size) => size > 0).length < 2) return Number.NaN;
  let total = 0;
  for (let row = 0; row < nRows; row++) {
    const own = labels[row];
    if (sizes[own] < 2) continue;
    const within = sums[own * nRows + row] / (sizes[own] - 1);
    let between = Number.POSITIVE_INFINITY;
    for (let cluster = 0; cluster < sizes.length; cluster++) {
      if (cluster !== own && sizes[cluster] > 0) between = Math.min(between, sums[cluster * nRows + row] / sizes[cluster]);
    }
    const larger = Math.max(within, between);
    if (larger > 0) total += (between - within) / larger;
  }
  return total / nRows;
}

/** The rows on which silhouettes of a table are computed: all, or a seeded sample of `MAX_SILHOUETTE_ROWS`, ascending. */
export function silhouetteRows(nRows: number, random: Random): Int32Array {
  const rows = allRows(nRows);
  return nRows <= MAX_SILHOUETTE_ROWS ? rows : random.shuffle(rows).slice(0, MAX_SILHOUETTE_ROWS).sort();
}

/** Mean silhouettes over some of the rows, as if the others were not there. */
export function* silhouettesOfRows(data: Matrix, labellings: readonly Uint8Array[], rows: Int32Array): Work<number[]> {
  if (rows.length === data.nRows) return yield* silhouettes(data, labellings);
  const part = createMatrix(rows.length, data.nColumns);
  rows.forEach((row, i) => {
    part.values.set(data.values.subarray(row * data.nColumns, (row + 1) * data.nColumns), i * data.nColumns);
  });
  const partLabellings = labellings.map((labels) => Uint8Array.from(rows, (row) => labels[row]));
  return yield* silhouettes(part, partLabellings);
}
