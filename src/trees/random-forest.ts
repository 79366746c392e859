import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { type BinMapper, binTable } from "./bin-mapper.ts";
import { type ForestPlan, planForest } from "./forest-plan.ts";
import { type ForestShard, growTrees } from "./forest-shard.ts";
import { type OutOfBagScore, scoreOutOfBag } from "./out-of-bag.ts";
import { addOutputs } from "./predict.ts";
import type { RandomForestParams } from "./random-forest.params.ts";
import type { Tree } from "./tree.ts";

/** A forest as plain data: a prediction is the mean of the trees' outputs plus `offset`. */
export interface RandomForestModel {
  readonly kind: "random-forest";
  readonly mapper: BinMapper;
  readonly nOutputs: number;
  readonly offset: number;
  readonly trees: readonly Tree[];
  /** Null without bootstrap samples. */
  readonly outOfBag: OutOfBagScore | null;
}

/** The forest of a plan from shards that cover its trees, in whatever order they came. */
export function assembleForest(mapper: BinMapper, plan: ForestPlan, shards: readonly ForestShard[]): RandomForestModel {
  const inOrder = [...shards].sort((a, b) => a.from - b.from);
  return {
    kind: "random-forest",
    mapper,
    nOutputs: plan.target.nChannels,
    offset: plan.target.offset,
    trees: inOrder.flatMap((shard) => shard.trees),
    outOfBag: scoreOutOfBag(plan, inOrder),
  };
}

/**
 * A random forest (Breiman 2001) on binned features: each tree is grown on a bootstrap sample, drawing features at every
 * split, and leaves hold class shares or means, which are averaged over the trees. Tree t draws from the stream `tree-t`
 * alone. Yields before every tree. A tree costs O(nRows × nFeaturesPerSplit × depth).
 * @throws TrendloomError parameter-invalid, engine-unavailable (no WebAssembly SIMD)
 */
export function* fitRandomForest(
  train: TrainRows,
  task: Task,
  overrides: Partial<RandomForestParams>,
  random: Random,
): Work<RandomForestModel> {
  const { mapper, plan } = planForest(train, task, overrides, random);
  return assembleForest(mapper, plan, [yield* growTrees(plan, 0, plan.treeSeeds.length / 4)]);
}

/** Class probabilities (nRows × nClasses), row-major, or values (nRows). */
export function predictRandomForest(model: RandomForestModel, table: Table): Float64Array {
  const binned = binTable(model.mapper, table);
  const outputs = new Float64Array(table.nRows * model.nOutputs);
  for (const tree of model.trees) addOutputs(tree, binned, outputs, model.nOutputs, 0);
  return outputs.map((sum) => model.offset + sum / model.trees.length);
}
