// Cuts of one feature, of which the best so far is remembered.

import { timesLog } from "./log";
import {
  bins,
  channelWeights,
  clearWords,
  criterion,
  ENTROPY,
  GINI,
  heads,
  histogram,
  leftCounts,
  minLeafRows,
  missingBins,
  N_BINS,
  nChannels,
  nexts,
  nodeCounts,
  used,
  VARIANCE,
} from "./memory";
import { nodeCount, nodeSquares, nodeSum, nodeWeight } from "./node";
import { clearHistogram, collectChains, collectHistogram, countUsed, END, nextUsed } from "./rows-by-bin";

/** Nodes of fewer bytes of entries are chained. */
const CHAINED_BYTES: usize = 256 << 3;

/** −1: none yet. */
export let bestFeature = -1;
export let bestBin = 0;
export let bestMissingLeft = false;
export let bestGain: f64 = 0;
let bestLeftWeight: f64 = 0;

/** For a new node. */
export function forgetCuts(): void {
  bestFeature = -1;
}

/** Remembers a cut that beats the best so far. */
function consider(feature: i32, bin: i32, missingLeft: bool, leftWeight: f64, gain: f64): void {
  if (bestFeature >= 0 && gain <= bestGain) return;
  bestFeature = feature;
  bestBin = bin;
  bestMissingLeft = missingLeft;
  bestLeftWeight = leftWeight;
  bestGain = gain;
}

// The scans move the cut through the used bins. `missingLeft`: missing values stand left, so that bin is moved first.
// After the last used bin there is a cut only where missing values stand right.

function scanChains(feature: i32, begin: usize, missing: i32, missingLeft: bool, nCuts: i32): void {
  clearWords(leftCounts, (<usize>nChannels) << 2);
  let leftSquares: i64 = 0;
  /** Σ left · node counts, from which the squares of the right side follow. */
  let products: i64 = 0;
  let leftCount: i32 = 0;
  let nLeft = nCuts;
  let bin = missingLeft ? missing : nextUsed(0);
  while (nLeft > 0) {
    for (let position = <u32>load<u16>(heads + ((<usize>bin) << 1)); position !== END; ) {
      const at = begin + ((<usize>position) << 3);
      const channel = (<usize>load<u16>(at, 4)) << 2;
      const moved = <i64>load<u16>(at, 6);
      const left = <i64>load<u32>(leftCounts + channel);
      leftSquares += moved * (2 * left + moved);
      products += moved * <i64>load<u32>(nodeCounts + channel);
      store<u32>(leftCounts + channel, <u32>(left + moved));
      leftCount += <i32>moved;
      position = <u32>load<u16>(nexts + ((<usize>position) << 1));
    }
    if (bin !== missing) {
      nLeft--;
      const rightCount = nodeCount - leftCount;
      if (rightCount < minLeafRows) return;
      if (leftCount >= minLeafRows) {
        const rightSquares = nodeSquares - 2 * products + leftSquares;
        const gain = <f64>leftSquares / <f64>leftCount + <f64>rightSquares / <f64>rightCount;
        consider(feature, bin, missingLeft, <f64>leftCount, gain);
      }
      bin = nextUsed(bin + 1);
    } else bin = nextUsed(0);
  }
}

function scanCounts(feature: i32, missing: i32, missingLeft: bool, nCuts: i32): void {
  clearWords(leftCounts, (<usize>nChannels) << 2);
  let leftSquares: i64 = 0;
  /** Σ left · node counts, from which the squares of the right side follow. */
  let products: i64 = 0;
  let leftCount: i32 = 0;
  let nLeft = nCuts;
  let bin = missingLeft ? missing : nextUsed(0);
  while (nLeft > 0) {
    const slot = histogram + ((<usize>(bin * nChannels)) << 2);
    for (let channel: usize = 0; channel < (<usize>nChannels) << 2; channel += 4) {
      const moved = <i64>load<u32>(slot + channel);
      if (moved === 0) continue;
      const left = <i64>load<u32>(leftCounts + channel);
      leftSquares += moved * (2 * left + moved);
      products += moved * <i64>load<u32>(nodeCounts + channel);
      store<u32>(leftCounts + channel, <u32>(left + moved));
      leftCount += <i32>moved;
    }
    if (bin !== missing) {
      nLeft--;
      const rightCount = nodeCount - leftCount;
      if (rightCount < minLeafRows) return;
      if (leftCount >= minLeafRows) {
        const rightSquares = nodeSquares - 2 * products + leftSquares;
        const gain = <f64>leftSquares / <f64>leftCount + <f64>rightSquares / <f64>rightCount;
        consider(feature, bin, missingLeft, <f64>leftCount, gain);
      }
      bin = nextUsed(bin + 1);
    } else bin = nextUsed(0);
  }
}

/** WEIGHTED_GINI and ENTROPY: sums are made anew at each cut, so that rounding cannot depend on the order of rows. */
function scanWeighted(feature: i32, missing: i32, missingLeft: bool, nCuts: i32): void {
  clearWords(leftCounts, (<usize>nChannels) << 2);
  let leftCount: i32 = 0;
  let nLeft = nCuts;
  let bin = missingLeft ? missing : nextUsed(0);
  while (nLeft > 0) {
    const slot = histogram + ((<usize>(bin * nChannels)) << 2);
    let leftScore: f64 = 0;
    let rightScore: f64 = 0;
    let leftWeight: f64 = 0;
    let rightWeight: f64 = 0;
    for (let c: usize = 0; c < <usize>nChannels; c++) {
      const moved = load<u32>(slot + (c << 2));
      const left = load<u32>(leftCounts + (c << 2)) + moved;
      const weight = load<f64>(channelWeights + (c << 3));
      const leftSum = weight * <f64>left;
      const rightSum = weight * <f64>(load<u32>(nodeCounts + (c << 2)) - left);
      store<u32>(leftCounts + (c << 2), left);
      leftCount += moved;
      leftWeight += leftSum;
      rightWeight += rightSum;
      leftScore += criterion === ENTROPY ? timesLog(leftSum) : leftSum * leftSum;
      rightScore += criterion === ENTROPY ? timesLog(rightSum) : rightSum * rightSum;
    }
    if (bin !== missing) {
      nLeft--;
      if (nodeCount - leftCount < minLeafRows) return;
      if (leftCount >= minLeafRows) {
        const gain =
          criterion === ENTROPY
            ? leftScore - timesLog(leftWeight) + (rightScore - timesLog(rightWeight))
            : leftScore / leftWeight + rightScore / rightWeight;
        consider(feature, bin, missingLeft, leftWeight, gain);
      }
      bin = nextUsed(bin + 1);
    } else bin = nextUsed(0);
  }
}

function scanVariance(feature: i32, missing: i32, missingLeft: bool, nCuts: i32): void {
  let leftSum: f64 = 0;
  let leftCount: f64 = 0;
  const fewest = <f64>minLeafRows;
  let nLeft = nCuts;
  let bin = missingLeft ? missing : nextUsed(0);
  while (nLeft > 0) {
    leftSum += load<f64>(histogram + ((<usize>bin) << 4));
    leftCount += load<f64>(histogram + ((<usize>bin) << 4), 8);
    if (bin !== missing) {
      nLeft--;
      const rightCount = nodeWeight - leftCount;
      if (rightCount < fewest) return;
      if (leftCount >= fewest) {
        const rightSum = nodeSum - leftSum;
        const gain = (leftSum * leftSum) / leftCount + (rightSum * rightSum) / rightCount;
        consider(feature, bin, missingLeft, leftCount, gain);
      }
      bin = nextUsed(bin + 1);
    } else bin = nextUsed(0);
  }
}

function scan(feature: i32, begin: usize, missing: i32, missingLeft: bool, nCuts: i32, isChained: bool): void {
  if (isChained) scanChains(feature, begin, missing, missingLeft, nCuts);
  else if (criterion === GINI) scanCounts(feature, missing, missingLeft, nCuts);
  else if (criterion === VARIANCE) scanVariance(feature, missing, missingLeft, nCuts);
  else scanWeighted(feature, missing, missingLeft, nCuts);
}

/** Puts the best cut of a feature to the test, missing values on either side. */
export function searchFeature(feature: i32, begin: usize, end: usize): void {
  const missing = load<i32>(missingBins + ((<usize>feature) << 2));
  const binsOfFeature = bins + <usize>feature;
  const isChained = criterion === GINI && end - begin < CHAINED_BYTES;
  v128.store(used, i64x2.splat(0));
  v128.store(used, i64x2.splat(0), 16);
  if (isChained) collectChains(binsOfFeature, missing, begin, end);
  else collectHistogram(binsOfFeature, missing, begin, end);
  const missingWord = used + ((<usize>(missing >> 6)) << 3);
  const missingBit = (<u64>1) << (<u64>(missing & 63));
  const hasMissing = (load<u64>(missingWord) & missingBit) !== 0;
  store<u64>(missingWord, load<u64>(missingWord) & ~missingBit);
  const nUsed = countUsed();
  const nCuts = nUsed - 1;
  if (hasMissing) scan(feature, begin, missing, false, nUsed, isChained);
  if (hasMissing && nCuts > 0) scan(feature, begin, missing, true, nCuts, isChained);
  if (!hasMissing && nCuts > 0) scan(feature, begin, missing, false, nCuts, isChained);
  if (bestFeature === feature) {
    const next = nextUsed(bestBin + 1);
    if (!hasMissing) bestMissingLeft = 2 * bestLeftWeight >= nodeWeight;
    bestBin = (bestBin + (next < N_BINS ? next : missing) - 1) >> 1;
  }
  if (!isChained) clearHistogram(missing, hasMissing);
}
