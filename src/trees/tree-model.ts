import type { GradientBoostingModel } from "./gradient-boosting.ts";
import type { RandomForestModel } from "./random-forest.ts";
import type { Tree } from "./tree.ts";

export type TreeModel = GradientBoostingModel | RandomForestModel;

/**
 * One tree's share in a model: `nColumns` of its leaf values, from `column` on and times `scale`, add to as many explained
 * outputs, from `output` on.
 */
export interface TreeShare {
  readonly tree: Tree;
  readonly column: number;
  readonly nColumns: number;
  readonly output: number;
  readonly scale: number;
}

/**
 * A model as a sum: explained output i is starts[i] plus what the shares add to it. Boosting is explained in margins, a
 * forest in probabilities or values; of a forest's two classes the second alone, since the first mirrors it.
 */
export interface ModelSum {
  readonly starts: readonly number[];
  readonly shares: readonly TreeShare[];
}

export function modelSum(model: TreeModel): ModelSum {
  if (model.kind === "gradient-boosting") {
    const shares = model.rounds.flatMap((trees) =>
      trees.map((tree, output) => ({ tree, column: 0, nColumns: 1, output, scale: 1 })),
    );
    return { starts: model.baseMargins, shares };
  }
  const column = model.nOutputs === 2 ? 1 : 0;
  const nColumns = model.nOutputs - column;
  const scale = 1 / model.trees.length;
  return {
    starts: new Array<number>(nColumns).fill(model.offset),
    shares: model.trees.map((tree) => ({ tree, column, nColumns, output: 0, scale })),
  };
}
