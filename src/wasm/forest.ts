// Trees of a random forest, grown on binned rows (nRows × nFeatures, one byte each; a feature's last bin is the missing one).
//
// A tree's rows are a list of 64-bit entries: row | channel << 32 | times drawn << 48. A node owns a stretch of the list.
// To search a feature, the node's rows are sorted by bin: small nodes chain the rows of a bin up, which costs as much as there
// are rows; larger ones add up a histogram. `used` has a bit for each bin with rows, so that empty bins cost nothing.

const GINI = 0;
/** Gini of classes that weigh differently. */
const _WEIGHTED_GINI = 1;
const ENTROPY = 2;
const VARIANCE = 3;

/** Nodes of fewer bytes of entries are chained. */
const CHAINED_BYTES: usize = 256 << 3;
/** Nodes of fewer bytes of entries mark the bins they use one by one. */
const MARKED_BYTES: usize = 1024 << 3;
const END = 0xffff;
const N_BINS = 256;
/** A node is pure when its variance is this small a share of its sum of squares. */
const PURITY_TOLERANCE = 1e-12;

let bins: usize = 0;
let nRows = 0;
let nFeatures = 0;
/** Missing bin of each feature, i32. */
let missingBins: usize = 0;
/** Channel of each row, u16. */
let channels: usize = 0;
/** Value of each row, f64; only for VARIANCE. */
let values: usize = 0;
/** Weight of each channel, f64. */
let channelWeights: usize = 0;
let nChannels = 0;
let criterion = GINI;
let maxDepth = 0;
let minLeafRows = 0;
let nDrawnFeatures = 0;

/** How often each row was drawn, u16. */
let counts: usize = 0;
let entries: usize = 0;
let spare: usize = 0;
/** Four i32 for each open node: node, begin, end, depth. */
let stack: usize = 0;
/** Features in the order in which they were last drawn, i32. */
let features: usize = 0;
/** First entry of each bin's chain and next entry of each entry, counted from the node's begin, u16. */
let heads: usize = 0;
let nexts: usize = 0;
/** (N_BINS × nChannels) u32, or for VARIANCE (N_BINS × 2) f64: weighted sum, count. Zero between searches. */
let histogram: usize = 0;
let used: usize = 0;
/** Per channel, u32. */
let nodeCounts: usize = 0;
let leftCounts: usize = 0;

/** The tree: an entry for each node, and nChannels values for each leaf. */
let treeFeature: usize = 0;
let treeLeft: usize = 0;
let treeBin: usize = 0;
let treeMissingLeft: usize = 0;
let treeGain: usize = 0;
let treeWeight: usize = 0;
let treeValues: usize = 0;
let nNodes = 0;
let nLeaves = 0;

let nodeCount = 0;
let nodeWeight: f64 = 0;
/** Σ counts², for GINI alone. */
let nodeSquares: i64 = 0;
/** Σ of weighted values, and of their squares, for VARIANCE alone. */
let nodeSum: f64 = 0;
let nodeValueSquares: f64 = 0;

let bestFeature = -1;
let bestBin = 0;
let bestMissingLeft = false;
let bestGain: f64 = 0;
let bestLeftWeight: f64 = 0;

let state: u64 = 0;
const INCREMENT = ((<u64>0x9e3779b9) << 32) | <u64>0x7f4a7c15;
const FACTOR_A = ((<u64>0xbf58476d) << 32) | <u64>0x1ce4e5b9;
const FACTOR_B = ((<u64>0x94d049bb) << 32) | <u64>0x133111eb;

/** SplitMix64 (Steele, Lea and Flood 2014), its upper half scaled to [0, limit). */
function drawBelow(limit: u32): u32 {
  state += INCREMENT;
  let z = state;
  z = (z ^ (z >> 30)) * FACTOR_A;
  z = (z ^ (z >> 27)) * FACTOR_B;
  z = z ^ (z >> 31);
  return <u32>(((z >> 32) * <u64>limit) >> 32);
}

function seed(low: u32, high: u32): void {
  state = ((<u64>high) << 32) | <u64>low;
}

/** The same bits as core/exp-log.ts; x is positive and not subnormal. */
function log(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let power = s;
  let sum = s;
  for (let i = 3; i <= 25; i += 2) {
    power *= square;
    sum += power / <f64>i;
  }
  return <f64>exponent * 0.6931471803691238 + (2 * sum + <f64>exponent * 1.9082149292705877e-10);
}

/** x ln x, with its limit at 0. */
function timesLog(x: f64): f64 {
  return x > 0 ? x * log(x) : 0;
}

/** For few bytes: `memory.fill` and `memory.copy` are calls, dearer than these loops up to some hundred bytes. */
function clearWords(at: usize, nBytes: usize): void {
  for (let end = at + nBytes; at < end; at += 4) store<u32>(at, 0);
}

function copyEntries(to: usize, from: usize, nBytes: usize): void {
  if (nBytes > 1024) memory.copy(to, from, nBytes);
  else for (let offset: usize = 0; offset < nBytes; offset += 8) store<u64>(to + offset, load<u64>(from + offset));
}

export function setData(
  binsAt: usize,
  nRowsGiven: i32,
  nFeaturesGiven: i32,
  missingBinsAt: usize,
  channelsAt: usize,
  valuesAt: usize,
  channelWeightsAt: usize,
  nChannelsGiven: i32,
): void {
  bins = binsAt;
  nRows = nRowsGiven;
  nFeatures = nFeaturesGiven;
  missingBins = missingBinsAt;
  channels = channelsAt;
  values = valuesAt;
  channelWeights = channelWeightsAt;
  nChannels = nChannelsGiven;
}

export function setRules(criterionGiven: i32, maxDepthGiven: i32, minLeafRowsGiven: i32, nDrawnFeaturesGiven: i32): void {
  criterion = criterionGiven;
  maxDepth = maxDepthGiven;
  minLeafRows = minLeafRowsGiven;
  nDrawnFeatures = nDrawnFeaturesGiven;
}

/** Memory to work in, zeroed where the histogram stands. */
export function setWorkspace(
  countsAt: usize,
  entriesAt: usize,
  spareAt: usize,
  stackAt: usize,
  featuresAt: usize,
  headsAt: usize,
  nextsAt: usize,
  histogramAt: usize,
  usedAt: usize,
  nodeCountsAt: usize,
  leftCountsAt: usize,
): void {
  counts = countsAt;
  entries = entriesAt;
  spare = spareAt;
  stack = stackAt;
  features = featuresAt;
  heads = headsAt;
  nexts = nextsAt;
  histogram = histogramAt;
  used = usedAt;
  nodeCounts = nodeCountsAt;
  leftCounts = leftCountsAt;
}

export function setTree(
  featureAt: usize,
  leftAt: usize,
  binAt: usize,
  missingLeftAt: usize,
  gainAt: usize,
  weightAt: usize,
  valuesAt: usize,
): void {
  treeFeature = featureAt;
  treeLeft = leftAt;
  treeBin = binAt;
  treeMissingLeft = missingLeftAt;
  treeGain = gainAt;
  treeWeight = weightAt;
  treeValues = valuesAt;
}

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
  store<i32>(stack, node, 0);
  store<i32>(stack, begin, 4);
  store<i32>(stack, end, 8);
  store<i32>(stack, depth, 12);
  stack += 16;
}

/** Counts and weight of a node; whether it is impure. */
function sumUp(begin: usize, end: usize): bool {
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
function nodeScore(): f64 {
  if (criterion === VARIANCE) return (nodeSum * nodeSum) / nodeWeight;
  if (criterion === GINI) return <f64>nodeSquares / nodeWeight;
  let score: f64 = 0;
  for (let c = 0; c < nChannels; c++) {
    const sum = load<f64>(channelWeights + ((<usize>c) << 3)) * <f64>load<u32>(nodeCounts + ((<usize>c) << 2));
    score += criterion === ENTROPY ? timesLog(sum) : sum * sum;
  }
  return criterion === ENTROPY ? score - timesLog(nodeWeight) : score / nodeWeight;
}

/** The first used bin that is not below `from`, or N_BINS. */
function nextUsed(from: i32): i32 {
  let bin = from;
  while (bin < N_BINS) {
    const bits = load<u64>(used + ((<usize>(bin >> 6)) << 3)) >> <u64>(bin & 63);
    if (bits !== 0) return bin + <i32>ctz(bits);
    bin = (bin | 63) + 1;
  }
  return N_BINS;
}

function markUsed(bin: usize): void {
  const word = used + ((bin >> 6) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (<u64>(bin & 63))));
}

function countUsed(): i32 {
  return <i32>(popcnt(load<u64>(used)) + popcnt(load<u64>(used, 8)) + popcnt(load<u64>(used, 16)) + popcnt(load<u64>(used, 24)));
}

function collectChains(binsOfFeature: usize, missing: i32, begin: usize, end: usize): void {
  let position = 0;
  if (missing < 64) {
    // One word of marks, which stays in a register.
    let bits: u64 = 0;
    for (let at = begin; at < end; at += 8) {
      const bin = <usize>load<u8>(binsOfFeature + <usize>load<u32>(at) * <usize>nFeatures);
      const bit = (<u64>1) << (<u64>bin);
      const head = heads + (bin << 1);
      store<u16>(nexts + ((<usize>position) << 1), bits & bit ? load<u16>(head) : END);
      store<u16>(head, position++);
      bits |= bit;
    }
    store<u64>(used, bits);
    return;
  }
  for (let at = begin; at < end; at += 8) {
    const bin = <usize>load<u8>(binsOfFeature + <usize>load<u32>(at) * <usize>nFeatures);
    const word = used + ((bin >> 6) << 3);
    const bits = load<u64>(word);
    const bit = (<u64>1) << (<u64>(bin & 63));
    const head = heads + (bin << 1);
    store<u16>(nexts + ((<usize>position) << 1), bits & bit ? load<u16>(head) : END);
    store<u16>(head, position++);
    store<u64>(word, bits | bit);
  }
}

function collectHistogram(binsOfFeature: usize, missing: i32, begin: usize, end: usize): void {
  const isMarking = end - begin < MARKED_BYTES;
  if (criterion === VARIANCE) {
    for (let at = begin; at < end; at += 8) {
      const row = <usize>load<u32>(at);
      const bin = <usize>load<u8>(binsOfFeature + row * <usize>nFeatures);
      const count = <f64>load<u16>(at, 6);
      const slot = histogram + (bin << 4);
      const pair = f64x2.replace_lane(f64x2.splat(count * load<f64>(values + (row << 3))), 1, count);
      v128.store(slot, f64x2.add(v128.load(slot), pair));
      if (isMarking) markUsed(bin);
    }
    if (!isMarking) for (let bin = 0; bin <= missing; bin++) if (load<f64>(histogram + ((<usize>bin) << 4), 8) > 0) markUsed(bin);
    return;
  }
  for (let at = begin; at < end; at += 8) {
    const bin = <usize>load<u8>(binsOfFeature + <usize>load<u32>(at) * <usize>nFeatures);
    const slot = histogram + ((bin * <usize>nChannels + <usize>load<u16>(at, 4)) << 2);
    store<u32>(slot, load<u32>(slot) + <u32>load<u16>(at, 6));
    if (isMarking) markUsed(bin);
  }
  if (isMarking) return;
  let slot = histogram;
  for (let bin = 0; bin <= missing; bin++) {
    let any: u32 = 0;
    for (let c = 0; c < nChannels; c++) {
      any |= load<u32>(slot);
      slot += 4;
    }
    if (any) markUsed(bin);
  }
}

/** Clears the histogram where it is used, and the marks. */
function clearHistogram(missing: i32, hasMissing: bool): void {
  const width: usize = criterion === VARIANCE ? 16 : (<usize>nChannels) << 2;
  for (let bin = nextUsed(0); bin < N_BINS; bin = nextUsed(bin + 1)) clearWords(histogram + <usize>bin * width, width);
  if (hasMissing) clearWords(histogram + <usize>missing * width, width);
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
function searchFeature(feature: i32, begin: usize, end: usize): void {
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
  const bottom = stack;
  push(0, 0, listEntries(), 0);
  while (stack > bottom) {
    stack -= 16;
    const node = load<i32>(stack, 0);
    const begin = entries + ((<usize>load<i32>(stack, 4)) << 3);
    const end = entries + ((<usize>load<i32>(stack, 8)) << 3);
    const depth = load<i32>(stack, 12);
    const isImpure = sumUp(begin, end);
    bestFeature = -1;
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
