import { log } from "../core/exp-log.ts";
import type { Column } from "../table/table.ts";
import type { Tree } from "../trees/tree.ts";

/** Sums over the rows of a node, from which its code length follows: counts per class, or count, sum and sum of squares. */
type Sums = Float64Array;

/** How long it takes to write down the target's values of a node's rows, in nats, and what writing down the node itself takes. */
interface Code {
  sumRows(values: Column, leaves: Int32Array, nLeaves: number): Sums[];
  length(sums: Sums): number;
  /** Numbers that describe one more leaf: each must win a nat (Akaike 1974). */
  leafCost: number;
}

/** Classes by their shares in the node; −1 codes count as a class of their own. */
function classCode(nClasses: number): Code {
  return {
    sumRows(column, leaves, nLeaves) {
      const sums = Array.from({ length: nLeaves }, () => new Float64Array(nClasses + 1));
      if (column.kind === "categorical")
        leaves.forEach((leaf, row) => {
          sums[leaf][column.codes[row] < 0 ? nClasses : column.codes[row]]++;
        });
      return sums;
    },
    length(counts) {
      const n = counts.reduce((sum, count) => sum + count, 0);
      return counts.reduce((sum, count) => (count > 0 ? sum - count * log(count / n) : sum), 0);
    },
    leafCost: nClasses - 1,
  };
}

/** Numbers by a normal distribution with the node's mean and variance, the variance not below that of rounding to `step`. */
function normalCode(step: number): Code {
  return {
    sumRows(column, leaves, nLeaves) {
      const sums = Array.from({ length: nLeaves }, () => new Float64Array(3));
      if (column.kind === "numeric")
        leaves.forEach((leaf, row) => {
          const value = column.values[row];
          sums[leaf][0]++;
          sums[leaf][1] += value;
          sums[leaf][2] += value * value;
        });
      return sums;
    },
    length([n, sum, squares]) {
      const variance = Math.max(0, squares / n - (sum / n) ** 2);
      return (n / 2) * log(variance + (step * step) / 12);
    },
    leafCost: 2,
  };
}

/**
 * Merges leaves that a tree should not have told apart: a node's subtree is kept only where it raises the log-likelihood
 * of its rows' values by more than the number of its further parameters (Akaike 1974) and the log of the features each
 * question was chosen from. Gives a group for each leaf. Without it, leaves that follow noise would repeat chance relations
 * of single training rows.
 */
export function mergeLeaves(tree: Tree, leaves: Int32Array, target: Column, nFeatures: number): Int32Array {
  const nNodes = tree.feature.length;
  const nLeaves = tree.values.length / tree.nOutputs;
  const code = target.kind === "numeric" ? normalCode(target.step) : classCode(target.levels.length);
  const ofLeaf = code.sumRows(target, leaves, nLeaves);
  const splitCost = code.leafCost + log(nFeatures);
  const sums = new Array<Sums>(nNodes);
  const best = new Float64Array(nNodes);
  const isGroup = new Uint8Array(nNodes);
  for (let node = nNodes - 1; node >= 0; node--) {
    const isLeaf = tree.feature[node] < 0;
    const left = tree.left[node];
    sums[node] = isLeaf ? ofLeaf[left] : sums[left].map((sum, i) => sum + sums[left + 1][i]);
    const alone = code.length(sums[node]);
    const divided = isLeaf ? Number.POSITIVE_INFINITY : best[left] + best[left + 1] + splitCost;
    isGroup[node] = alone <= divided ? 1 : 0;
    best[node] = Math.min(alone, divided);
  }
  return numberGroups(tree, isGroup, nLeaves);
}

/** Walks down from the root: the first node marked as a group on each way gives its number to all leaves below. */
function numberGroups(tree: Tree, isGroup: Uint8Array, nLeaves: number): Int32Array {
  const groupOf = new Int32Array(nLeaves);
  let nGroups = 0;
  const open: [node: number, group: number][] = [[0, -1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, above] = next;
    const group = above < 0 && isGroup[node] ? nGroups++ : above;
    if (tree.feature[node] < 0) groupOf[tree.left[node]] = group;
    else open.push([tree.left[node] + 1, group], [tree.left[node], group]);
  }
  return groupOf;
}
