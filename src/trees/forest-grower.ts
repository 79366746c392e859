import { WasmKernel } from "../core/wasm-kernel.ts";
import compiled from "../wasm/compiled/forest.ts";
import type { ForestPlan } from "./forest-plan.ts";
import type { Tree } from "./tree.ts";

interface Functions {
  setData(
    bins: number,
    nRows: number,
    nFeatures: number,
    missingBins: number,
    channels: number,
    values: number,
    channelWeights: number,
    nChannels: number,
  ): void;
  setRules(criterion: number, maxDepth: number, minLeafRows: number, nDrawnFeatures: number): void;
  setWorkspace(
    counts: number,
    entries: number,
    spare: number,
    stack: number,
    features: number,
    heads: number,
    nexts: number,
    histogram: number,
    used: number,
    nodeCounts: number,
    leftCounts: number,
  ): void;
  setTree(feature: number, left: number, bin: number, missingLeft: number, gain: number, weight: number, values: number): void;
  drawSample(seedLow: number, seedHigh: number): void;
  growTree(seedLow: number, seedHigh: number): number;
  addOutOfBag(sums: number, nTrees: number, scale: number): void;
}

const GINI = 0;
const WEIGHTED_GINI = 1;
const ENTROPY = 2;
const VARIANCE = 3;
const N_BINS = 256;
/** Nodes of fewer rows are chained up by bin (CHAINED_BYTES in the kernel). */
const CHAINED_ROWS = 256;
/** Bytes of one open node. */
const OPEN_NODE_BYTES = 16;
/** Larger memory is left to the garbage collector. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;
/** Out-of-bag outputs are added as whole numbers of this share of a unit, so that 2¹¹ trees fit 53 bits. */
const OUT_OF_BAG_BITS = 32;

function criterionCode({ criterion, channelWeights }: ForestPlan): number {
  if (criterion === "entropy") return ENTROPY;
  if (criterion === "variance") return VARIANCE;
  return channelWeights.every((weight) => weight === 1) ? GINI : WEIGHTED_GINI;
}

function mostLeaves({ rowCounts, binned, minLeafRows, maxDepth }: ForestPlan): number {
  const total = rowCounts ? rowCounts.reduce((sum, count) => sum + count, 0) : binned.nRows;
  return Math.max(1, Math.min(binned.nRows, Math.floor(total / minLeafRows), 2 ** Math.min(maxDepth, 31)));
}

/** Bytes of everything that the kernel keeps for a plan, by name. */
function bytesOf(plan: ForestPlan) {
  const { nRows, nFeatures } = plan.binned;
  const { nChannels } = plan.target;
  const nLeaves = mostLeaves(plan);
  const nNodes = 2 * nLeaves - 1;
  const isVariance = plan.criterion === "variance";
  return {
    bins: nRows * nFeatures,
    missingBins: 4 * nFeatures,
    channels: 2 * nRows,
    values: isVariance ? 8 * nRows : 0,
    channelWeights: 8 * nChannels,
    counts: 2 * nRows,
    // One entry more: the list is written a step ahead.
    entries: 8 * (nRows + 1),
    spare: 8 * (nRows + 1),
    stack: OPEN_NODE_BYTES * (plan.maxDepth + 2),
    features: 4 * nFeatures,
    heads: 2 * N_BINS,
    nexts: 2 * CHAINED_ROWS,
    histogram: isVariance ? 16 * N_BINS : 4 * N_BINS * nChannels,
    used: 32,
    nodeCounts: 4 * nChannels,
    leftCounts: 4 * nChannels,
    treeFeature: 4 * nNodes,
    treeLeft: 4 * nNodes,
    treeBin: nNodes,
    treeMissingLeft: nNodes,
    treeGain: 8 * nNodes,
    treeWeight: 8 * nNodes,
    treeValues: 8 * nLeaves * nChannels,
    outOfBagSums: plan.rowCounts ? 0 : 8 * nRows * nChannels,
    outOfBagTrees: plan.rowCounts ? 0 : 2 * nRows,
  };
}

type Addresses = { readonly [Part in keyof ReturnType<typeof bytesOf>]: number };

/** A kernel whose memory is used again by the next forest, since memory is dear to make and is not given back soon. */
class ForestMemory {
  private static readonly idle: ForestMemory[] = [];
  readonly kernel = new WasmKernel<Functions>(compiled);
  private start = 0;
  private capacity = 0;

  static take(): ForestMemory {
    return ForestMemory.idle.pop() ?? new ForestMemory();
  }

  giveBack(): void {
    if (this.capacity <= MOST_KEPT_BYTES) ForestMemory.idle.push(this);
  }

  /** Addresses for all parts, zeroed. */
  arrange(bytes: ReturnType<typeof bytesOf>): Addresses {
    const aligned = Object.entries(bytes).map(([part, size]) => [part, Math.ceil(size / 16) * 16] as const);
    const total = aligned.reduce((sum, [, size]) => sum + size, 0);
    if (total > this.capacity) {
      this.start = this.kernel.allocate(total);
      this.capacity = total;
    } else this.kernel.bytes(this.start, total).fill(0);
    let next = this.start;
    const addresses = aligned.map(([part, size]) => {
      const address = next;
      next += size;
      return [part, address] as const;
    });
    return Object.fromEntries(addresses) as Addresses;
  }
}

/**
 * Grows the trees of a plan in a WebAssembly kernel (src/wasm/forest.ts): features are drawn anew at each split, and
 * drawing goes on past `nFeaturesPerSplit` until one can be cut at all (Breiman 2001). Of a feature, the cut is taken that
 * takes most impurity off the node (Gini, entropy or variance; Breiman, Friedman, Olshen and Stone 1984), missing values
 * tried on both sides; where a node has none, they follow the heavier side. Nodes are split until pure or too small.
 */
export class ForestGrower {
  private readonly memory = ForestMemory.take();
  private readonly at: Addresses;
  private readonly outOfBagScale: number;

  constructor(private readonly plan: ForestPlan) {
    this.at = this.memory.arrange(bytesOf(plan));
    this.load();
    const largest = plan.target.value.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    this.outOfBagScale = 2 ** (OUT_OF_BAG_BITS - binaryExponent(largest));
  }

  private load(): void {
    const { at, plan } = this;
    const { kernel } = this.memory;
    const { nRows, nFeatures, bins, nBins } = plan.binned;
    const { nChannels, channel, value } = plan.target;
    kernel.bytes(at.bins, bins.length).set(bins);
    kernel.int32(at.missingBins, nFeatures).set(nBins);
    kernel.uint16(at.channels, nRows).set(channel);
    if (plan.criterion === "variance") kernel.float64(at.values, nRows).set(value);
    kernel.float64(at.channelWeights, nChannels).set(plan.channelWeights);
    if (plan.rowCounts) kernel.uint16(at.counts, nRows).set(plan.rowCounts);
    const { functions } = kernel;
    functions.setData(at.bins, nRows, nFeatures, at.missingBins, at.channels, at.values, at.channelWeights, nChannels);
    functions.setRules(criterionCode(plan), plan.maxDepth, plan.minLeafRows, plan.nFeaturesPerSplit);
    functions.setWorkspace(
      at.counts,
      at.entries,
      at.spare,
      at.stack,
      at.features,
      at.heads,
      at.nexts,
      at.histogram,
      at.used,
      at.nodeCounts,
      at.leftCounts,
    );
    functions.setTree(at.treeFeature, at.treeLeft, at.treeBin, at.treeMissingLeft, at.treeGain, at.treeWeight, at.treeValues);
  }

  /** Tree `index` of the forest; leaf values are weighted means of the channels. O(nRows × nFeaturesPerSplit × depth). */
  grow(index: number): Tree {
    const { at, plan } = this;
    const { functions } = this.memory.kernel;
    const [rowsLow, rowsHigh, featuresLow, featuresHigh] = plan.treeSeeds.subarray(4 * index, 4 * index + 4);
    if (!plan.rowCounts) functions.drawSample(rowsLow, rowsHigh);
    const nNodes = functions.growTree(featuresLow, featuresHigh);
    if (!plan.rowCounts) functions.addOutOfBag(at.outOfBagSums, at.outOfBagTrees, this.outOfBagScale);
    return this.readTree(nNodes);
  }

  private readTree(nNodes: number): Tree {
    const { kernel } = this.memory;
    const { at } = this;
    const { nChannels } = this.plan.target;
    return {
      nOutputs: nChannels,
      feature: kernel.int32(at.treeFeature, nNodes).slice(),
      left: kernel.int32(at.treeLeft, nNodes).slice(),
      bin: kernel.bytes(at.treeBin, nNodes).slice(),
      missingLeft: kernel.bytes(at.treeMissingLeft, nNodes).slice(),
      binSet: new Int32Array(nNodes).fill(-1),
      binSets: new Uint32Array(0),
      gain: kernel.float64(at.treeGain, nNodes).slice(),
      weight: kernel.float64(at.treeWeight, nNodes).slice(),
      values: kernel.float64(at.treeValues, ((nNodes + 1) / 2) * nChannels).slice(),
    };
  }

  /**
   * Per row, the sum of the outputs of the trees grown so far that were not grown on it, (nRows × nChannels), and their
   * number. Sums are of whole multiples of a power of two, hence exact: those of several growers add up in any order.
   */
  outOfBag(): { readonly sums: Float64Array; readonly nTrees: Uint16Array } {
    const { nRows } = this.plan.binned;
    const { nChannels } = this.plan.target;
    if (this.plan.rowCounts) return { sums: new Float64Array(nRows * nChannels), nTrees: new Uint16Array(nRows) };
    const { kernel } = this.memory;
    const unit = 1 / this.outOfBagScale;
    const sums = kernel.float64(this.at.outOfBagSums, nRows * nChannels).map((sum) => sum * unit);
    return { sums, nTrees: kernel.uint16(this.at.outOfBagTrees, nRows).slice() };
  }

  /** Hands the memory on; the grower is of no use after that. */
  close(): void {
    this.memory.giveBack();
  }
}

/** The smallest e with x ≤ 2^e, within [−900, 900]. */
function binaryExponent(x: number): number {
  let exponent = 0;
  while (exponent < 900 && 2 ** exponent < x) exponent++;
  while (exponent > -900 && 2 ** (exponent - 1) >= x) exponent--;
  return exponent;
}
