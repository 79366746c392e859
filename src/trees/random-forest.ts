import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { type BinMapper, binTable, fitBinMapper } from "./bin-mapper.ts";
import { orderCategories } from "./category-order.ts";
import { ForestGrower } from "./forest-grower.ts";
import { forestTarget } from "./forest-target.ts";
import { resolveParams } from "./number-param.ts";
import { addOutputs } from "./predict.ts";
import { RANDOM_FOREST_PARAMS, type RandomForestParams } from "./random-forest.params.ts";
import type { Tree } from "./tree.ts";

/** A forest as plain data: a prediction is the mean of the trees' outputs plus `offset`. */
export interface RandomForestModel {
  readonly kind: "random-forest";
  readonly mapper: BinMapper;
  readonly nOutputs: number;
  readonly offset: number;
  readonly trees: readonly Tree[];
}

/** How often each of nRows rows is drawn in nRows draws with replacement. */
function bootstrapCounts(nRows: number, random: Random): Float64Array {
  const counts = new Float64Array(nRows);
  for (let i = 0; i < nRows; i++) counts[random.integer(nRows)]++;
  return counts;
}

function featuresPerSplit(task: Task, asked: number): number {
  const nFeatures = task.features.length;
  if (asked > 0) return Math.min(asked, nFeatures);
  return Math.max(1, Math.floor(task.kind === "classification" ? Math.sqrt(nFeatures) : nFeatures / 3));
}

/**
 * A random forest (Breiman 2001) on binned features: each tree is grown on a bootstrap sample, drawing features at every
 * split, and leaves hold class shares or means, which are averaged over the trees. Tree t draws from the stream `tree-t`
 * alone. Yields before every tree. A tree costs O(nRows × nFeaturesPerSplit × depth).
 * @throws TrendloomError parameter-invalid
 */
export function* fitRandomForest(
  train: TrainRows,
  task: Task,
  overrides: Partial<RandomForestParams>,
  random: Random,
): Work<RandomForestModel> {
  const params = resolveParams(RANDOM_FOREST_PARAMS, overrides);
  const target = forestTarget(train.table, task);
  const unordered = fitBinMapper(train, task.features);
  const { mapper, binned } = orderCategories(unordered, binTable(unordered, train.table), target);
  const nFeaturesPerSplit = featuresPerSplit(task, params.nFeaturesPerSplit);
  const grower = new ForestGrower(binned, target, { ...params, nFeaturesPerSplit });
  const trees: Tree[] = [];
  while (trees.length < params.nTrees) {
    yield { stage: "forest", done: trees.length, total: params.nTrees, unit: "tree" };
    const ofTree = random.split(`tree-${trees.length}`);
    const counts = params.bootstrap
      ? bootstrapCounts(binned.nRows, ofTree.split("rows"))
      : new Float64Array(binned.nRows).fill(1);
    trees.push(grower.grow(counts, ofTree.split("features")));
  }
  return { kind: "random-forest", mapper, nOutputs: target.nChannels, offset: target.offset, trees };
}

/** Class probabilities (nRows × nClasses), row-major, or values (nRows). */
export function predictRandomForest(model: RandomForestModel, table: Table): Float64Array {
  const binned = binTable(model.mapper, table);
  const outputs = new Float64Array(table.nRows * model.nOutputs);
  for (const tree of model.trees) addOutputs(tree, binned, outputs, model.nOutputs, 0);
  return outputs.map((sum) => model.offset + sum / model.trees.length);
}
