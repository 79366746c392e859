import type { BinMapper, BinnedTable, CategoricalBins } from "./bin-mapper.ts";
import type { ForestTarget } from "./forest-target.ts";

const MAX_ITERATIONS = 100;

/** Mean of the target's channels in each bin of a feature, (nBins × nChannels), and the bins' row counts. */
function channelMeans(binned: BinnedTable, feature: number, target: ForestTarget): { means: Float64Array; counts: Float64Array } {
  const { nChannels, channel, value } = target;
  const nBins = binned.nBins[feature];
  const means = new Float64Array(nBins * nChannels);
  const counts = new Float64Array(nBins);
  for (let row = 0; row < binned.nRows; row++) {
    const bin = binned.bins[row * binned.nFeatures + feature];
    if (bin === nBins) continue;
    means[bin * nChannels + channel[row]] += value[row];
    counts[bin]++;
  }
  for (let i = 0; i < means.length; i++) means[i] /= counts[Math.floor(i / nChannels)];
  return { means, counts };
}

/**
 * Position of each bin along the first principal direction of the bins' means, weighted by their rows (Coppersmith, Hong
 * and Hosking 1999); for one or two channels that is the order of the means, in which the best grouping in two lies
 * (Fisher 1958). By power iteration, from the largest deviation.
 */
export function principalScores(means: Float64Array, counts: Float64Array, nChannels: number): Float64Array {
  const nBins = counts.length;
  const nRows = counts.reduce((sum, count) => sum + count, 0);
  const deviations = means.slice(); // (nBins × nChannels)
  for (let c = 0; c < nChannels; c++) {
    let centre = 0;
    for (let bin = 0; bin < nBins; bin++) centre += (counts[bin] * means[bin * nChannels + c]) / nRows;
    for (let bin = 0; bin < nBins; bin++) deviations[bin * nChannels + c] -= centre;
  }
  const squares = new Float64Array(nBins);
  for (let i = 0; i < deviations.length; i++) squares[Math.floor(i / nChannels)] += deviations[i] ** 2;
  const largest = squares
    .map((square, bin) => square * counts[bin])
    .reduce((best, size, bin, all) => (size > all[best] ? bin : best), 0);
  let direction = deviations.slice(largest * nChannels, (largest + 1) * nChannels);
  const scores = new Float64Array(nBins);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const next = new Float64Array(nChannels);
    for (let bin = 0; bin < nBins; bin++) {
      let score = 0;
      for (let c = 0; c < nChannels; c++) score += deviations[bin * nChannels + c] * direction[c];
      scores[bin] = score;
      for (let c = 0; c < nChannels; c++) next[c] += counts[bin] * score * deviations[bin * nChannels + c];
    }
    const length = Math.sqrt(next.reduce((sum, part) => sum + part * part, 0));
    if (length === 0) break;
    direction = next.map((part) => part / length);
  }
  return scores;
}

/**
 * The same bins with each categorical feature's numbered along its `principalScores`, so that a forest may cut
 * categories like numbers. Ordering them once, from the training rows, does as well as looking for the best grouping
 * at every node, and favours features with many categories less (Wright and König 2019).
 */
export function orderCategories(
  mapper: BinMapper,
  binned: BinnedTable,
  target: ForestTarget,
): { mapper: BinMapper; binned: BinnedTable } {
  const bins = binned.bins.slice();
  const features = mapper.features.map((feature, at) => {
    if (feature.kind === "numeric") return feature;
    const { means, counts } = channelMeans(binned, at, target);
    const scores = principalScores(means, counts, target.nChannels);
    const newBin = new Int32Array(feature.nBins + 1).fill(feature.nBins);
    const order = [...scores.keys()].sort((a, b) => scores[a] - scores[b] || a - b);
    for (const [rank, bin] of order.entries()) newBin[bin] = rank;
    for (let i = at; i < bins.length; i += binned.nFeatures) bins[i] = newBin[bins[i]];
    return renumber(feature, newBin);
  });
  return { mapper: { features }, binned: { ...binned, bins } };
}

function renumber(feature: CategoricalBins, newBin: Int32Array): CategoricalBins {
  const binOfLevel = new Map([...feature.binOfLevel].map(([level, bin]) => [level, newBin[bin]]));
  return { ...feature, binOfLevel, unseenBin: newBin[feature.unseenBin] };
}
