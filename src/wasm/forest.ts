// Trees of a random forest, grown on binned rows (nRows × nFeatures, one byte each; a feature's last bin is the missing one).
//
// A tree's rows are a list of 64-bit entries: row | channel << 32 | times drawn << 48. A node owns a stretch of the list.
// To search a feature, the node's rows are sorted by bin: small nodes chain the rows of a bin up, which costs as much as there
// are rows; larger ones add up a histogram. `used` has a bit for each bin with rows, so that empty bins cost nothing.

import { bestBin, bestFeature, bestGain, bestMissingLeft, forgetCuts, searchFeature } from "./forest/cuts";
import { drawBelow, seed } from "./forest/draw";
import {
  bins,
  channels,
  channelWeights,
  copyEntries,
  counts,
  criterion,
  entries,
  features,
  maxDepth,
  minLeafRows,
  missingBins,
  nChannels,
  nDrawnFeatures,
  nFeatures,
  nodeCounts,
  nRows,
  spare,
  stack,
  treeBin,
  treeFeature,
  treeGain,
  treeLeft,
  treeMissingLeft,
  treeValues,
  treeWeight,
  VARIANCE,
} from "./forest/memory";
import { nodeCount, nodeScore, nodeSum, nodeWeight, sumUp } from "./forest/node";

export { setData, setRules, setTree, setWorkspace } from "./forest/memory";

let nNodes = 0;
let nLeaves = 0;
/** End of the stack of open nodes. */
let top: usize = 0;

/** Draws nRows rows with replacement into `counts`. */
export function drawSample(seedLow: u32, seedHigh: u32): void {
  seed(seedLow, seedHigh);
  memory.fill(counts, 0, (<usize>nRows) << 1);
  for (let i = 0; i < nRows; i++) {
    const at = counts + ((<usize>drawBelow(nRows)) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
}

/** The rows drawn, in order, as entries; gives how many. */
function listEntries(): i32 {
  let n = 0;
  for (let row = 0; row < nRows; row++) {
    const count = <u64>load<u16>(counts + ((<usize>row) << 1));
    const channel = <u64>load<u16>(channels + ((<usize>row) << 1));
    store<u64>(entries + ((<usize>n) << 3), <u64>row | (channel << 32) | (count << 48));
    n += count > 0 ? 1 : 0;
  }
  return n;
}

function push(node: i32, begin: i32, end: i32, depth: i32): void {
  store<i32>(top, node, 0);
  store<i32>(top, begin, 4);
  store<i32>(top, end, 8);
  store<i32>(top, depth, 12);
  top += 16;
}

/** Draws features without replacement, past nDrawnFeatures until one can be cut. */
function searchSplit(begin: usize, end: usize): void {
  for (let drawn = 0; drawn < nFeatures && (drawn < nDrawnFeatures || bestFeature < 0); drawn++) {
    const at = features + ((<usize>(<u32>drawn + drawBelow(nFeatures - drawn))) << 2);
    const head = features + ((<usize>drawn) << 2);
    const feature = load<i32>(at);
    store<i32>(at, load<i32>(head));
    store<i32>(head, feature);
    searchFeature(feature, begin, end);
  }
}

/** Entries of the left side first, each side in its order; gives where the right one begins. */
function partition(begin: usize, end: usize): usize {
  const binsOfFeature = bins + <usize>bestFeature;
  const missing = load<i32>(missingBins + ((<usize>bestFeature) << 2));
  const missingLeft = <i32>bestMissingLeft;
  let middle = begin;
  let kept = spare;
  for (let at = begin; at < end; at += 8) {
    const entry = load<u64>(at);
    const bin = <i32>load<u8>(binsOfFeature + <usize>(entry & 0xffffffff) * <usize>nFeatures);
    const isLeft = <i32>(bin <= bestBin) | (<i32>(bin === missing) & missingLeft);
    store<u64>(middle, entry);
    store<u64>(kept, entry);
    middle += (<usize>isLeft) << 3;
    kept += (<usize>(1 - isLeft)) << 3;
  }
  copyEntries(middle, spare, kept - spare);
  return middle;
}

function writeLeaf(node: i32): void {
  store<i32>(treeFeature + ((<usize>node) << 2), -1);
  store<i32>(treeLeft + ((<usize>node) << 2), nLeaves);
  store<u8>(treeBin + <usize>node, 0);
  store<u8>(treeMissingLeft + <usize>node, 0);
  store<f64>(treeGain + ((<usize>node) << 3), 0);
  store<f64>(treeWeight + ((<usize>node) << 3), nodeWeight);
  const scale = 1 / nodeWeight;
  let at = treeValues + ((<usize>nLeaves * <usize>nChannels) << 3);
  for (let c = 0; c < nChannels; c++) {
    const count = <f64>load<u32>(nodeCounts + ((<usize>c) << 2));
    const sum = criterion === VARIANCE ? nodeSum : load<f64>(channelWeights + ((<usize>c) << 3)) * count;
    store<f64>(at, sum * scale);
    at += 8;
  }
  nLeaves++;
}

/** Grows a tree on the rows in `counts`. Gives the number of its nodes; leaves are one more than half as many. */
export function growTree(seedLow: u32, seedHigh: u32): i32 {
  seed(seedLow, seedHigh);
  for (let feature = 0; feature < nFeatures; feature++) store<i32>(features + ((<usize>feature) << 2), feature);
  nNodes = 1;
  nLeaves = 0;
  top = stack;
  push(0, 0, listEntries(), 0);
  while (top > stack) {
    top -= 16;
    const node = load<i32>(top, 0);
    const begin = entries + ((<usize>load<i32>(top, 4)) << 3);
    const end = entries + ((<usize>load<i32>(top, 8)) << 3);
    const depth = load<i32>(top, 12);
    const isImpure = sumUp(begin, end);
    forgetCuts();
    if (isImpure && depth < maxDepth && nodeCount >= 2 * minLeafRows) searchSplit(begin, end);
    if (bestFeature < 0) {
      writeLeaf(node);
      continue;
    }
    const left = nNodes;
    nNodes += 2;
    store<i32>(treeFeature + ((<usize>node) << 2), bestFeature);
    store<i32>(treeLeft + ((<usize>node) << 2), left);
    store<u8>(treeBin + <usize>node, <u8>bestBin);
    store<u8>(treeMissingLeft + <usize>node, <u8>bestMissingLeft);
    store<f64>(treeGain + ((<usize>node) << 3), bestGain - nodeScore());
    store<f64>(treeWeight + ((<usize>node) << 3), nodeWeight);
    const middle = partition(begin, end);
    push(left + 1, <i32>((middle - entries) >> 3), <i32>((end - entries) >> 3), depth + 1);
    push(left, <i32>((begin - entries) >> 3), <i32>((middle - entries) >> 3), depth + 1);
  }
  return nNodes;
}

/**
 * Adds the tree's outputs for the rows it was not grown on to sums (nRows × nChannels, f64), each as a whole number of
 * 1 / scale, so that sums are exact in any order; nTrees (u16 per row) counts what was added.
 */
export function addOutOfBag(sums: usize, nTrees: usize, scale: f64): void {
  for (let row: usize = 0; row < <usize>nRows; row++) {
    if (load<u16>(counts + (row << 1)) > 0) continue;
    const start = bins + row * <usize>nFeatures;
    let node = 0;
    let feature = load<i32>(treeFeature);
    while (feature >= 0) {
      const bin = <i32>load<u8>(start + <usize>feature);
      const isMissing = bin === load<i32>(missingBins + ((<usize>feature) << 2));
      const isLeft = isMissing ? load<u8>(treeMissingLeft + <usize>node) : <u8>(bin <= <i32>load<u8>(treeBin + <usize>node));
      node = load<i32>(treeLeft + ((<usize>node) << 2)) + 1 - <i32>isLeft;
      feature = load<i32>(treeFeature + ((<usize>node) << 2));
    }
    const leaf = <usize>load<i32>(treeLeft + ((<usize>node) << 2));
    let from = treeValues + ((leaf * <usize>nChannels) << 3);
    let to = sums + ((row * <usize>nChannels) << 3);
    for (let c = 0; c < nChannels; c++) {
      store<f64>(to, load<f64>(to) + nearest(load<f64>(from) * scale));
      from += 8;
      to += 8;
    }
    store<u16>(nTrees + (row << 1), load<u16>(nTrees + (row << 1)) + 1);
  }
}
