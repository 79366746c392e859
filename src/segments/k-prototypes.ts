import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { ClusterKernel } from "./cluster-kernel.ts";
import { firstCentres } from "./first-centres.ts";
import { type Clustering, fillEmpty } from "./k-means.ts";
import type { ModelColumn } from "./segment-model.ts";

export interface KPrototypesParams {
  readonly k: number;
  readonly nStarts: number;
  readonly random: Random;
  /** Where each table column's matrix columns begin; the last entry is the number of matrix columns. */
  readonly starts: readonly number[];
  readonly columns: readonly ModelColumn[];
}

const MAX_ITERATIONS = 100;

/**
 * Weight of a mismatch when the user gives none: half the mean standard deviation of the numeric columns (Huang, "Clustering
 * large data sets with mixed numeric and categorical values", 1997), 1 where there are none.
 */
export function defaultGamma(deviations: readonly number[]): number {
  const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / Math.max(1, deviations.length);
  return mean > 0 ? mean / 2 : 1;
}

/** Makes the mean of a category's indicators their mode: the commonest level (the first among equals) has its indicator, the others 0. */
function takeMode(values: Float64Array, begin: number, end: number, unit: number): void {
  let mode = begin;
  for (let i = begin + 1; i < end; i++) if (values[i] > values[mode]) mode = i;
  const hasLevel = values[mode] > 0;
  values.fill(0, begin, end);
  if (hasLevel) values[mode] = unit;
}

/** Prototypes from sums over the rows of each cluster: means of numbers, modes of categories. */
function movePrototypes(sums: Float64Array, sizes: Int32Array, prototypes: Matrix, params: KPrototypesParams): void {
  const { nColumns, values } = prototypes;
  for (let cluster = 0; cluster < prototypes.nRows; cluster++) {
    if (sizes[cluster] === 0) continue;
    for (let i = cluster * nColumns; i < (cluster + 1) * nColumns; i++) values[i] = sums[i] / sizes[cluster];
    params.columns.forEach((column, i) => {
      if (column.kind !== "levels") return;
      const offset = cluster * nColumns;
      takeMode(values, offset + params.starts[i], offset + params.starts[i + 1], 1 / column.scale[0]);
    });
  }
}

/**
 * k-prototypes (Huang, "Extensions to the k-means algorithm for clustering large data sets with categorical values", 1998):
 * each row goes to the prototype with the smallest sum of squared differences of numbers plus gamma for each category that
 * differs. Points are coded with gamma (`EncodingOptions.gamma`), so that this is their squared distance, and `inertia` the
 * algorithm's cost. The best of `nStarts`. Yields after each start.
 */
export function* kPrototypes(data: Matrix, params: KPrototypesParams): Work<Clustering> {
  const { k, nStarts, random } = params;
  return yield* ClusterKernel.use(data, function* (kernel): Work<Clustering> {
    const weights = kernel.reserveWeights();
    const assignment = kernel.reserve(k);
    let best: Clustering | null = null;
    for (let start = 0; start < nStarts; start++) {
      const centres = firstCentres(data, weights, k, random.split(`start ${start}`));
      for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
        const nMoved = assignment.assign(centres.values);
        if (fillEmpty(data, assignment, centres)) continue;
        if (nMoved === 0 && iteration > 0) break;
        movePrototypes(assignment.sums(), assignment.sizes(), centres, params);
      }
      assignment.assign(centres.values);
      const inertia = assignment.distances().reduce((sum, distance) => sum + distance, 0);
      if (best === null || inertia < best.inertia)
        best = { labels: assignment.labels().slice(), centres, sizes: assignment.sizes().slice(), inertia };
      yield { stage: "k-means", done: start + 1, total: nStarts, unit: "start" };
    }
    return best ?? { labels: new Uint8Array(0), centres: createMatrix(k, data.nColumns), sizes: new Int32Array(k), inertia: 0 };
  });
}
