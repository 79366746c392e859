// What is known of the node that is being grown.

import { timesLog } from "./log";
import { channelWeights, clearWords, criterion, ENTROPY, GINI, nChannels, nodeCounts, VARIANCE, values } from "./memory";

/** A node is pure when its variance is this small a share of its sum of squares. */
const PURITY_TOLERANCE = 1e-12;

export let nodeCount = 0;
export let nodeWeight: f64 = 0;
/** Σ counts², for GINI alone. */
export let nodeSquares: i64 = 0;
/** Σ of weighted values, and of their squares, for VARIANCE alone. */
export let nodeSum: f64 = 0;
export let nodeValueSquares: f64 = 0;

/** Counts and weight of a node; whether it is impure. */
export function sumUp(begin: usize, end: usize): bool {
  clearWords(nodeCounts, (<usize>nChannels) << 2);
  nodeCount = 0;
  if (criterion === VARIANCE) {
    nodeSum = 0;
    nodeValueSquares = 0;
    for (let at = begin; at < end; at += 8) {
      const value = load<f64>(values + ((<usize>load<u32>(at)) << 3));
      const count = load<u16>(at, 6);
      nodeCount += count;
      nodeSum += <f64>count * value;
      nodeValueSquares += <f64>count * value * value;
    }
    nodeWeight = <f64>nodeCount;
    return nodeValueSquares - (nodeSum * nodeSum) / nodeWeight > PURITY_TOLERANCE * nodeValueSquares;
  }
  for (let at = begin; at < end; at += 8) {
    const slot = nodeCounts + ((<usize>load<u16>(at, 4)) << 2);
    store<u32>(slot, load<u32>(slot) + <u32>load<u16>(at, 6));
  }
  nodeWeight = 0;
  nodeSquares = 0;
  let largest = 0;
  for (let c = 0; c < nChannels; c++) {
    const count = load<u32>(nodeCounts + ((<usize>c) << 2));
    nodeCount += count;
    nodeWeight += load<f64>(channelWeights + ((<usize>c) << 3)) * <f64>count;
    nodeSquares += <i64>count * <i64>count;
    largest = max(largest, count);
  }
  return largest < nodeCount;
}

/** Σ S² / W of the node, or for ENTROPY Σ S ln S − W ln W: what the two sides of a split are to exceed. */
export function nodeScore(): f64 {
  if (criterion === VARIANCE) return (nodeSum * nodeSum) / nodeWeight;
  if (criterion === GINI) return <f64>nodeSquares / nodeWeight;
  let score: f64 = 0;
  for (let c = 0; c < nChannels; c++) {
    const sum = load<f64>(channelWeights + ((<usize>c) << 3)) * <f64>load<u32>(nodeCounts + ((<usize>c) << 2));
    score += criterion === ENTROPY ? timesLog(sum) : sum * sum;
  }
  return criterion === ENTROPY ? score - timesLog(nodeWeight) : score / nodeWeight;
}
