import type { Work } from "../core/progress.ts";
import { ForestGrower } from "./forest-grower.ts";
import type { ForestPlan } from "./forest-plan.ts";
import type { Tree } from "./tree.ts";

/** Some trees of a forest, one after another, with their out-of-bag sums. */
export interface ForestShard {
  /** Number of its first tree. */
  readonly from: number;
  readonly trees: readonly Tree[];
  /** Sums of outputs over those trees that were not grown on the row, (nRows × nChannels), and how many trees these are. */
  readonly outOfBagSums: Float64Array;
  readonly outOfBagTrees: Uint16Array;
}

/** Grows trees [from, to) of a plan. Yields before every tree; `total` counts the trees of the shard. */
export function* growTrees(plan: ForestPlan, from: number, to: number): Work<ForestShard> {
  const grower = new ForestGrower(plan);
  try {
    const trees: Tree[] = [];
    for (let tree = from; tree < to; tree++) {
      yield { stage: "forest", done: tree - from, total: to - from, unit: "tree" };
      trees.push(grower.grow(tree));
    }
    const { sums, nTrees } = grower.outOfBag();
    return { from, trees, outOfBagSums: sums, outOfBagTrees: nTrees };
  } finally {
    grower.close();
  }
}
