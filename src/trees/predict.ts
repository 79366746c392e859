import type { BinnedTable } from "./bin-mapper.ts";
import { isInBinSet, type Tree } from "./tree.ts";

/** The number of the leaf that a row falls into. */
export function leafOf(tree: Tree, binned: BinnedTable, row: number): number {
  const { feature, left, bin, binSet } = tree;
  const start = row * binned.nFeatures;
  let node = 0;
  for (;;) {
    const asked = feature[node];
    if (asked < 0) return left[node];
    const value = binned.bins[start + asked];
    let goesLeft: boolean;
    if (binSet[node] >= 0) goesLeft = isInBinSet(tree, binSet[node], value);
    else if (value === binned.nBins[asked]) goesLeft = tree.missingLeft[node] === 1;
    else goesLeft = value <= bin[node];
    node = left[node] + (goesLeft ? 0 : 1);
  }
}

/** Adds a tree's outputs for every row to `output` (nRows × stride), from column `at` on. O(nRows × depth). */
export function addOutputs(tree: Tree, binned: BinnedTable, output: Float64Array, stride: number, at: number): void {
  const { nOutputs, values } = tree;
  for (let row = 0; row < binned.nRows; row++) {
    const from = leafOf(tree, binned, row) * nOutputs;
    const to = row * stride + at;
    for (let i = 0; i < nOutputs; i++) output[to + i] += values[from + i];
  }
}
