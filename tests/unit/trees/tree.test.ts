import { expect, test } from "vitest";
import { addOutputs, leafOf } from "../../../src/trees/predict.ts";
import { isInBinSet, type Split, TreeBuilder } from "../../../src/trees/tree.ts";

const threshold = (feature: number, bin: number, missingLeft: boolean): Split => ({
  feature,
  bin,
  missingLeft,
  leftBins: null,
  gain: 1,
});

test("rows find their leaf through thresholds, missing directions and bin sets", () => {
  const builder = new TreeBuilder(2);
  const leftBins = new Uint8Array(41);
  leftBins[0] = leftBins[33] = leftBins[40] = 1;
  const left = builder.addSplit(0, threshold(0, 1, false), 6);
  const grouped = builder.addSplit(left + 1, { ...threshold(1, 0, true), leftBins }, 4);
  builder.addLeaf(left, [1, 2], 1, 2);
  builder.addLeaf(grouped, [10, 20], 0.5, 3);
  builder.addLeaf(grouped + 1, [7, 8], 1, 1);
  const tree = builder.finish();

  // (6 rows × 2 features); feature 0 has 3 bins, feature 1 has 40.
  const bins = Uint8Array.of(1, 5, 2, 33, 2, 34, 3, 0, 0, 40, 3, 40);
  const binned = { nRows: 6, nFeatures: 2, bins, nBins: Int32Array.of(3, 40) };
  expect([0, 1, 2, 3, 4, 5].map((row) => leafOf(tree, binned, row))).toEqual([0, 1, 2, 1, 0, 1]);
  const outputs = new Float64Array(12).fill(100);
  addOutputs(tree, binned, outputs, 2, 0);
  expect([...outputs]).toEqual([101, 102, 105, 110, 107, 108, 105, 110, 101, 102, 105, 110]);
  expect([0, 1, 32, 33, 40].map((bin) => isInBinSet(tree, 0, bin))).toEqual([true, false, false, true, true]);
  expect([...tree.weight]).toEqual([6, 2, 4, 3, 1]);
});
