import type { BinMapper } from "../trees/bin-mapper.ts";
import type { GradientBoostingModel } from "../trees/gradient-boosting.ts";
import type { RandomForestModel } from "../trees/random-forest.ts";
import { type Tree, TreeBuilder } from "../trees/tree.ts";
import type { TreeModel } from "../trees/tree-model.ts";

/** One tree and where its leaves go: their outputs times `scale` are added from output `firstOutput` on. */
export interface EnsembleTree {
  readonly tree: Tree;
  readonly firstOutput: number;
  readonly scale: number;
}

/** Either learner's model as one thing: a row's answer is the link of `base` plus the sum of its leaves. */
export interface Ensemble {
  readonly mapper: BinMapper;
  readonly link: GradientBoostingModel["link"];
  readonly nOutputs: number;
  readonly base: number;
  readonly trees: readonly EnsembleTree[];
}

/** A single leaf: how a start of its own for each output is told to formats that have one number or none for it. */
function leafTree(value: number): Tree {
  const builder = new TreeBuilder(1);
  builder.addLeaf(0, [value], 1, 0);
  return builder.finish();
}

function boostingEnsemble({ mapper, link, baseMargins, rounds }: GradientBoostingModel): Ensemble {
  const starts = link === "identity" ? [] : [baseMargins.map(leafTree)];
  return {
    mapper,
    link,
    nOutputs: baseMargins.length,
    base: link === "identity" ? baseMargins[0] : 0,
    trees: [...starts, ...rounds].flatMap((round) => round.map((tree, margin) => ({ tree, firstOutput: margin, scale: 1 }))),
  };
}

/** A forest's mean is a sum of leaves that are divided by the number of trees beforehand. */
function forestEnsemble({ mapper, nOutputs, offset, trees }: RandomForestModel): Ensemble {
  const scale = 1 / trees.length;
  return { mapper, link: "identity", nOutputs, base: offset, trees: trees.map((tree) => ({ tree, firstOutput: 0, scale })) };
}

export function ensembleOf(model: TreeModel): Ensemble {
  return model.kind === "gradient-boosting" ? boostingEnsemble(model) : forestEnsemble(model);
}
