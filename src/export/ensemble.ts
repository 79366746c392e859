import type { BinMapper } from "../trees/bin-mapper.ts";
import type { GradientBoostingModel } from "../trees/gradient-boosting.ts";
import type { RandomForestModel } from "../trees/random-forest.ts";
import type { Tree } from "../trees/tree.ts";

/** Models that can be taken away. */
export type TreeModel = GradientBoostingModel | RandomForestModel;

/** One tree and where its leaves go: their outputs times `scale` are added from output `firstOutput` on. */
export interface EnsembleTree {
  readonly tree: Tree;
  readonly firstOutput: number;
  readonly scale: number;
}

/** Either learner's model as one thing: a row's answer is the link of `bases` plus the sum of its leaves. */
export interface Ensemble {
  readonly mapper: BinMapper;
  readonly link: GradientBoostingModel["link"];
  /** One per output. */
  readonly bases: readonly number[];
  readonly trees: readonly EnsembleTree[];
}

function boostingEnsemble(model: GradientBoostingModel): Ensemble {
  const { mapper, link, baseMargins } = model;
  const trees = model.rounds.flatMap((round) => round.map((tree, margin) => ({ tree, firstOutput: margin, scale: 1 })));
  return { mapper, link, bases: baseMargins, trees };
}

/** A forest's mean is a sum of leaves that are divided by the number of trees beforehand. */
function forestEnsemble(model: RandomForestModel): Ensemble {
  const scale = 1 / model.trees.length;
  const bases = new Array<number>(model.nOutputs).fill(model.offset);
  return {
    mapper: model.mapper,
    link: "identity",
    bases,
    trees: model.trees.map((tree) => ({ tree, firstOutput: 0, scale })),
  };
}

export function ensembleOf(model: TreeModel): Ensemble {
  return model.kind === "gradient-boosting" ? boostingEnsemble(model) : forestEnsemble(model);
}
