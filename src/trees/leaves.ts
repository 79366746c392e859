import type { BinnedTable } from "./bin-mapper.ts";
import { goesLeft } from "./routing.ts";
import type { Tree } from "./tree.ts";

/** Number of the leaf that each row ends in, in [0, number of leaves). */
export function leafOfRows(tree: Tree, { bins, nBins, nFeatures, nRows }: BinnedTable): Int32Array {
  return new Int32Array(nRows).map((_, row) => {
    let node = 0;
    while (tree.feature[node] >= 0) {
      const feature = tree.feature[node];
      const isLeft = goesLeft(tree, node, bins[row * nFeatures + feature], nBins[feature]);
      node = isLeft ? tree.left[node] : tree.left[node] + 1;
    }
    return tree.left[node];
  });
}
