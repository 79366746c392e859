import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Task } from "../table/task.ts";
import { type BinMapper, type BinnedTable, binTable, fitBinMapper } from "./bin-mapper.ts";
import { orderCategories } from "./category-order.ts";
import { type ForestTarget, forestTarget } from "./forest-target.ts";
import { resolveParams } from "./number-param.ts";
import { RANDOM_FOREST_PARAMS, type RandomForestParams } from "./random-forest.params.ts";

export type ForestCriterion = "gini" | "entropy" | "variance";

/** All that the trees of a forest are grown from, as plain data: any worker grows the same tree t from it. */
export interface ForestPlan {
  /** Categories numbered in the order in which they are cut. */
  readonly binned: BinnedTable;
  readonly target: ForestTarget;
  readonly criterion: ForestCriterion;
  /** What a row of each channel counts for, (nChannels). */
  readonly channelWeights: Float64Array;
  readonly maxDepth: number;
  /** Fewest rows in a leaf, each counted as often as it was drawn. */
  readonly minLeafRows: number;
  readonly nFeaturesPerSplit: number;
  /** How often each row is taken, (nRows); null: drawn with replacement for each tree. */
  readonly rowCounts: Uint16Array | null;
  /** (nTrees × 4): two words for the draw of rows, two for that of features. */
  readonly treeSeeds: Uint32Array;
}

function featuresPerSplit(task: Task, asked: number): number {
  const nFeatures = task.features.length;
  if (asked > 0) return Math.min(asked, nFeatures);
  return Math.max(1, Math.floor(task.kind === "classification" ? Math.sqrt(nFeatures) : nFeatures / 3));
}

/** Rows of class c count for n / (K n_c), with K the number of classes seen, so that every class weighs the same (King and Zeng 2001). */
function balancedWeights({ channel, nChannels }: ForestTarget): Float64Array {
  const counts = new Float64Array(nChannels);
  for (const c of channel) counts[c]++;
  const nSeen = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count > 0 ? channel.length / (nSeen * count) : 0));
}

/** Four words for each tree; tree t's are drawn from the stream `tree-t` alone. */
function drawTreeSeeds(nTrees: number, random: Random): Uint32Array {
  const seeds = new Uint32Array(4 * nTrees);
  for (let tree = 0; tree < nTrees; tree++) {
    const stream = random.split(`tree-${tree}`);
    for (let word = 0; word < 4; word++) seeds[4 * tree + word] = stream.integer(2 ** 32);
  }
  return seeds;
}

/**
 * Bins the rows, orders the categories and draws the seeds of the trees.
 * @throws TrendloomError parameter-invalid
 */
export function planForest(
  train: TrainRows,
  task: Task,
  overrides: Partial<RandomForestParams>,
  random: Random,
): { readonly mapper: BinMapper; readonly plan: ForestPlan } {
  const params = resolveParams(RANDOM_FOREST_PARAMS, overrides);
  const target = forestTarget(train.table, task);
  const unordered = fitBinMapper(train, task.features);
  const { mapper, binned } = orderCategories(unordered, binTable(unordered, train.table), target);
  const isClassifier = task.kind === "classification";
  const isBalanced = isClassifier && params.balanceClasses === 1;
  const plan: ForestPlan = {
    binned,
    target,
    criterion: isClassifier ? (params.useEntropy === 1 ? "entropy" : "gini") : "variance",
    channelWeights: isBalanced ? balancedWeights(target) : new Float64Array(target.nChannels).fill(1),
    maxDepth: params.maxDepth,
    minLeafRows: params.minLeafRows,
    nFeaturesPerSplit: featuresPerSplit(task, params.nFeaturesPerSplit),
    rowCounts: params.bootstrap === 1 ? null : new Uint16Array(binned.nRows).fill(1),
    treeSeeds: drawTreeSeeds(params.nTrees, random),
  };
  return { mapper, plan };
}
