import { log } from "../core/exp-log.ts";
import type { ForestPlan } from "./forest-plan.ts";
import type { ForestShard } from "./forest-shard.ts";

/**
 * How a forest does on rows that a tree was not grown on (Breiman 1996): each row is predicted by those trees alone.
 * `nRows` is how many rows have such a tree.
 */
export type OutOfBagScore =
  | { readonly kind: "classification"; readonly nRows: number; readonly accuracy: number; readonly logLoss: number }
  | { readonly kind: "regression"; readonly nRows: number; readonly r2: number };

/** A probability of 0 for what happened counts as this one. */
const LEAST_PROBABILITY = 1e-15;

/** Adds up the shards; null where every row was in every tree. */
export function scoreOutOfBag(plan: ForestPlan, shards: readonly ForestShard[]): OutOfBagScore | null {
  const { nRows } = plan.binned;
  const { nChannels, channel, value } = plan.target;
  const mean = new Float64Array(nChannels);
  let nScored = 0;
  let nRight = 0;
  let logLoss = 0;
  let squaredError = 0;
  const scored: number[] = [];
  for (let row = 0; row < nRows; row++) {
    const nTrees = shards.reduce((sum, shard) => sum + shard.outOfBagTrees[row], 0);
    if (nTrees === 0) continue;
    nScored++;
    for (let c = 0; c < nChannels; c++) {
      mean[c] = shards.reduce((sum, shard) => sum + shard.outOfBagSums[row * nChannels + c], 0) / nTrees;
    }
    if (plan.criterion === "variance") {
      squaredError += (value[row] - mean[0]) ** 2;
      scored.push(value[row]);
    } else {
      let best = 0;
      for (let c = 1; c < nChannels; c++) if (mean[c] > mean[best]) best = c;
      nRight += best === channel[row] ? 1 : 0;
      logLoss -= log(Math.max(mean[channel[row]], LEAST_PROBABILITY));
    }
  }
  if (nScored === 0) return null;
  if (plan.criterion !== "variance") {
    return { kind: "classification", nRows: nScored, accuracy: nRight / nScored, logLoss: logLoss / nScored };
  }
  const centre = scored.reduce((sum, each) => sum + each, 0) / nScored;
  const spread = scored.reduce((sum, each) => sum + (each - centre) ** 2, 0);
  return { kind: "regression", nRows: nScored, r2: spread > 0 ? 1 - squaredError / spread : 0 };
}
