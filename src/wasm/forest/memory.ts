// Where everything stands in memory: addresses in bytes, set once for a forest.

export const GINI = 0;
/** Between these two, 1 is Gini of classes that weigh differently. */
export const ENTROPY = 2;
export const VARIANCE = 3;
export const N_BINS = 256;

export let bins: usize = 0;
export let nRows = 0;
export let nFeatures = 0;
/** Missing bin of each feature, i32. */
export let missingBins: usize = 0;
/** Channel of each row, u16. */
export let channels: usize = 0;
/** Value of each row, f64; only for VARIANCE. */
export let values: usize = 0;
/** Weight of each channel, f64. */
export let channelWeights: usize = 0;
export let nChannels = 0;
export let criterion = GINI;
export let maxDepth = 0;
export let minLeafRows = 0;
export let nDrawnFeatures = 0;

/** How often each row was drawn, u16. */
export let counts: usize = 0;
export let entries: usize = 0;
export let spare: usize = 0;
/** Four i32 for each open node: node, begin, end, depth. */
export let stack: usize = 0;
/** Features in the order in which they were last drawn, i32. */
export let features: usize = 0;
/** First entry of each bin's chain and next entry of each entry, counted from the node's begin, u16. */
export let heads: usize = 0;
export let nexts: usize = 0;
/** (N_BINS × nChannels) u32, or for VARIANCE (N_BINS × 2) f64: weighted sum, count. Zero between searches. */
export let histogram: usize = 0;
export let used: usize = 0;
/** Per channel, u32. */
export let nodeCounts: usize = 0;
export let leftCounts: usize = 0;

/** The tree: an entry for each node, and nChannels values for each leaf. */
export let treeFeature: usize = 0;
export let treeLeft: usize = 0;
export let treeBin: usize = 0;
export let treeMissingLeft: usize = 0;
export let treeGain: usize = 0;
export let treeWeight: usize = 0;
export let treeValues: usize = 0;

/** For few bytes. */
export function clearWords(at: usize, nBytes: usize): void {
  for (let end = at + nBytes; at < end; at += 4) store<u32>(at, 0);
}

export function copyEntries(to: usize, from: usize, nBytes: usize): void {
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
