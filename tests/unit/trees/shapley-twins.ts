import type { BinnedTable } from "../../../src/trees/bin-mapper.ts";
import { goesLeft } from "../../../src/trees/routing.ts";
import type { Tree } from "../../../src/trees/tree.ts";
import { modelSum, type TreeModel } from "../../../src/trees/tree-model.ts";

type Add = (output: number, feature: number, value: number) => void;

const leftOf = (tree: Tree, binned: BinnedTable, row: number, node: number): boolean => {
  const feature = tree.feature[node];
  return goesLeft(tree, node, binned.bins[row * binned.nFeatures + feature], binned.nBins[feature]);
};

/** A tree's mean output where the features of `known` (bit flags) are the row's and the others follow the training weights. */
function expectation(tree: Tree, column: number, binned: BinnedTable, row: number, known: number, node = 0): number {
  const feature = tree.feature[node];
  const left = tree.left[node];
  if (feature < 0) return tree.values[left * tree.nOutputs + column];
  const below = (side: number) => expectation(tree, column, binned, row, known, left + side);
  if ((known >> feature) & 1) return below(leftOf(tree, binned, row, node) ? 0 : 1);
  const [a, b] = [tree.weight[left], tree.weight[left + 1]];
  return (a * below(0) + b * below(1)) / (a + b);
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const nBits = (flags: number): number => flags.toString(2).replaceAll("0", "").length;

/** Shapley values by their definition: the mean gain of a feature over all sets that it may join. */
export function shapleyBySubsets(model: TreeModel, binned: BinnedTable, row: number, add: Add): void {
  const { nFeatures } = binned;
  for (const { tree, column, nColumns, output, scale } of modelSum(model).shares) {
    for (let i = 0; i < nColumns; i++) {
      const worth = Array.from({ length: 2 ** nFeatures }, (_, known) => expectation(tree, column + i, binned, row, known));
      for (let feature = 0; feature < nFeatures; feature++) {
        for (let known = 0; known < worth.length; known++) {
          if ((known >> feature) & 1) continue;
          const size = nBits(known);
          const weight = (factorial(size) * factorial(nFeatures - size - 1)) / factorial(nFeatures);
          add(output + i, feature, scale * weight * (worth[known | (1 << feature)] - worth[known]));
        }
      }
    }
  }
}

interface PathPart {
  readonly feature: number;
  readonly zero: number;
  readonly one: number;
}

/** Weights of the path with one part more: entry k belongs to sets of k known features (algorithm 2's EXTEND). */
function extend(weights: readonly number[], { zero, one }: PathPart): number[] {
  const length = weights.length;
  const next = [...weights, 0];
  for (let k = length - 1; k >= 0; k--) {
    next[k + 1] += (one * weights[k] * (k + 1)) / (length + 1);
    next[k] = (zero * weights[k] * (length - k)) / (length + 1);
  }
  return next;
}

const weightsOf = (path: readonly PathPart[]): number[] => path.reduce<number[]>(extend, [1]);

/** The same values by walking every path with its weights by set size (Lundberg et al. 2020, algorithm 2), the plain way. */
export function shapleyByPaths(model: TreeModel, binned: BinnedTable, row: number, add: Add): void {
  for (const { tree, column, nColumns, output, scale } of modelSum(model).shares) {
    const visit = (node: number, path: readonly PathPart[]): void => {
      const feature = tree.feature[node];
      const left = tree.left[node];
      if (feature < 0) {
        for (const part of path) {
          const total = weightsOf(path.filter((other) => other !== part)).reduce((sum, weight) => sum + weight, 0);
          for (let i = 0; i < nColumns; i++) {
            const value = scale * tree.values[left * tree.nOutputs + column + i];
            add(output + i, part.feature, total * (part.one - part.zero) * value);
          }
        }
        return;
      }
      const before = path.find((part) => part.feature === feature) ?? { feature, zero: 1, one: 1 };
      const rest = path.filter((part) => part.feature !== feature);
      const taken = leftOf(tree, binned, row, node) ? 0 : 1;
      for (const side of [0, 1]) {
        const share = tree.weight[left + side] / (tree.weight[left] + tree.weight[left + 1]);
        visit(left + side, [...rest, { feature, zero: before.zero * share, one: side === taken ? before.one : 0 }]);
      }
    };
    visit(0, []);
  }
}
