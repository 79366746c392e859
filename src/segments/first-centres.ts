import { log } from "../core/exp-log.ts";
import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { Random } from "../core/random.ts";
import type { Weights } from "./cluster-kernel.ts";

/** A row drawn with probability proportional to its weight. */
function drawRow(weights: Float64Array, total: number, random: Random): number {
  let left = random.next() * total;
  for (let row = 0; row < weights.length; row++) {
    left -= weights[row];
    if (left < 0 && weights[row] > 0) return row;
  }
  return random.integer(weights.length);
}

/**
 * First centres by greedy k-means++ (Arthur and Vassilvitskii 2007): for each next centre a few rows are drawn with
 * probability proportional to their squared distance to the nearest centre so far, and the one that leaves the smallest
 * sum of such distances is taken.
 */
export function firstCentres(data: Matrix, weights: Weights, k: number, random: Random): Matrix {
  const { nRows, nColumns, values } = data;
  const nTrials = 2 + Math.floor(log(k));
  const centres = createMatrix(k, nColumns);
  let total = 0;
  weights.clear();
  for (let cluster = 0; cluster < k; cluster++) {
    let chosen = -1;
    let smallest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < (cluster === 0 ? 1 : nTrials); i++) {
      const candidate = cluster === 0 ? random.integer(nRows) : drawRow(weights.nearest(), total, random);
      const sum = weights.tryRow(candidate);
      if (sum >= smallest) continue;
      smallest = sum;
      chosen = candidate;
      weights.keepTrial();
    }
    total = smallest;
    weights.useBest();
    centres.values.set(values.subarray(chosen * nColumns, (chosen + 1) * nColumns), cluster * nColumns);
  }
  return centres;
}
