import { TrendloomError } from "../core/errors.ts";
import { createMatrix, type Matrix } from "../core/matrix.ts";
import { type Column, cellText } from "../table/table.ts";
import type { Clustering } from "./k-means.ts";

/** More groups than this are no segmentation that anybody could read. */
export const MAX_GROUPS = 20;

/** A partition's means, sizes and inertia. */
export function measurePartition(data: Matrix, labels: Uint8Array, k: number): Clustering {
  const { nRows, nColumns, values } = data;
  const centres = createMatrix(k, nColumns);
  const sizes = new Int32Array(k);
  for (let row = 0; row < nRows; row++) {
    const start = labels[row] * nColumns;
    sizes[labels[row]]++;
    for (let column = 0; column < nColumns; column++) centres.values[start + column] += values[row * nColumns + column];
  }
  for (let i = 0; i < centres.values.length; i++) centres.values[i] /= Math.max(1, sizes[Math.floor(i / nColumns)]);
  let inertia = 0;
  for (let row = 0; row < nRows; row++) {
    const start = labels[row] * nColumns;
    for (let column = 0; column < nColumns; column++)
      inertia += (values[row * nColumns + column] - centres.values[start + column]) ** 2;
  }
  return { labels, centres, sizes, inertia };
}

/**
 * One group for each combination of the columns' values that occurs, commonest first.
 * @throws TrendloomError parameter-invalid where there are fewer than 2 or more than 20 combinations
 */
export function groupByCombination(
  columns: readonly Column[],
  nRows: number,
): { readonly labels: Uint8Array; readonly cells: readonly (readonly string[])[] } {
  const keys = Array.from({ length: nRows }, (_, row) => columns.map((column) => cellText(column, row)).join("\u0000"));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (counts.size < 2 || counts.size > MAX_GROUPS) {
    const expected = `2…${MAX_GROUPS}`;
    throw new TrendloomError("parameter-invalid", { parameter: "combinations", expected, got: counts.size });
  }
  const order = [...counts].sort(([, a], [, b]) => b - a).map(([key]) => key);
  const labelOf = new Map(order.map((key, label) => [key, label]));
  return { labels: Uint8Array.from(keys, (key) => labelOf.get(key) ?? 0), cells: order.map((key) => key.split("\u0000")) };
}

/** Rows of a matrix in another order: row `order[i]` becomes i. */
export function reorderRows(matrix: Matrix, order: readonly number[]): Matrix {
  const { nColumns, values } = matrix;
  const reordered = createMatrix(order.length, nColumns);
  order.forEach((from, to) => {
    reordered.values.set(values.subarray(from * nColumns, (from + 1) * nColumns), to * nColumns);
  });
  return reordered;
}

/** The same clustering with its clusters in another order: cluster `order[i]` becomes i. */
export function reorderClusters({ labels, centres, sizes, inertia }: Clustering, order: readonly number[]): Clustering {
  const newLabel = Uint8Array.from(order, (_, cluster) => order.indexOf(cluster));
  return {
    labels: labels.map((label) => newLabel[label]),
    centres: reorderRows(centres, order),
    sizes: Int32Array.from(order, (cluster) => sizes[cluster]),
    inertia,
  };
}

/** Largest first. */
export function orderBySize({ sizes }: Clustering): number[] {
  return Array.from(sizes, (_, cluster) => cluster).sort((a, b) => sizes[b] - sizes[a]);
}

/** The seed project's tiers in the order diamond (young, many purchases), gold (older, many), silver (young, few), bronze (older, few). */
export const TIER_NAMES = ["diamond", "gold", "silver", "bronze"] as const;

/** Which cluster of (Age, Previous Purchases, …) is which tier: the two with more purchases first, the younger before the older. */
export function orderAsTiers({ centres }: Clustering): number[] {
  const at = (cluster: number, column: number): number => centres.values[cluster * centres.nColumns + column];
  const byPurchases = Array.from({ length: centres.nRows }, (_, cluster) => cluster).sort((a, b) => at(b, 1) - at(a, 1));
  const byAge = (a: number, b: number): number => at(a, 0) - at(b, 0);
  return [...byPurchases.slice(0, 2).sort(byAge), ...byPurchases.slice(2).sort(byAge)];
}
