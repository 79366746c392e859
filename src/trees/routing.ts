import { isInBinSet, type Tree } from "./tree.ts";

/** Whether a row goes left at an inner node, by its bin of the feature asked there, whose missing bin is `missingBin`. */
export function goesLeft(tree: Tree, node: number, bin: number, missingBin: number): boolean {
  if (tree.binSet[node] >= 0) return isInBinSet(tree, tree.binSet[node], bin);
  return bin === missingBin ? tree.missingLeft[node] === 1 : bin <= tree.bin[node];
}
