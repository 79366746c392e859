import { log } from "../../../src/core/exp-log.ts";
import type { ForestPlan } from "../../../src/trees/forest-plan.ts";

const MASK = (1n << 64n) - 1n;

/** SplitMix64 on big integers, as its authors give it; numbers below a limit are scaled from the upper half. */
function splitMix(low: number, high: number): (limit: number) => number {
  let state = (BigInt(high) << 32n) | BigInt(low);
  return (limit) => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    z ^= z >> 31n;
    return Number(((z >> 32n) * BigInt(limit)) >> 32n);
  };
}

interface Side {
  count: number;
  weight: number;
  /** Weighted sum of each channel. */
  sums: number[];
}

export interface NaiveNode {
  feature: number;
  left: number;
  bin: number;
  missingLeft: boolean;
  gain: number;
  weight: number;
  /** At a leaf, the mean of each channel. */
  values: number[];
}

/** Draws with replacement for tree `index`, (nRows). */
export function naiveCounts(plan: ForestPlan, index: number): number[] {
  const { nRows } = plan.binned;
  if (plan.rowCounts) return [...plan.rowCounts];
  const draw = splitMix(plan.treeSeeds[4 * index], plan.treeSeeds[4 * index + 1]);
  const counts = new Array<number>(nRows).fill(0);
  for (let i = 0; i < nRows; i++) counts[draw(nRows)]++;
  return counts;
}

/** A tree by its definition: every cut of a drawn feature is tried by going through all rows of the node. */
export function naiveTree(plan: ForestPlan, index: number): NaiveNode[] {
  const { bins, nFeatures, nBins } = plan.binned;
  const { channel, value, nChannels } = plan.target;
  const counts = naiveCounts(plan, index);
  const draw = splitMix(plan.treeSeeds[4 * index + 2], plan.treeSeeds[4 * index + 3]);
  const order = Array.from({ length: nFeatures }, (_, feature) => feature);
  const nodes: NaiveNode[] = [emptyNode()];
  let nLeaves = 0;

  const binOf = (row: number, feature: number) => bins[row * nFeatures + feature];
  function sideOf(rows: readonly number[]): Side {
    const ofChannel = new Array<number>(nChannels).fill(0);
    for (const row of rows) ofChannel[channel[row]] += counts[row] * (plan.criterion === "variance" ? value[row] : 1);
    const sums = ofChannel.map((sum, c) => sum * plan.channelWeights[c]);
    const count = rows.reduce((sum, row) => sum + counts[row], 0);
    return { count, sums, weight: plan.criterion === "variance" ? count : sums.reduce((sum, each) => sum + each, 0) };
  }
  const timesLog = (x: number) => (x > 0 ? x * log(x) : 0);
  function score({ sums, weight }: Side): number {
    if (plan.criterion === "entropy") return sums.reduce((sum, each) => sum + timesLog(each), 0) - timesLog(weight);
    return sums.reduce((sum, each) => sum + each * each, 0) / weight;
  }
  function isPure(rows: readonly number[]): boolean {
    if (plan.criterion === "variance") return rows.every((row) => value[row] === value[rows[0]]);
    return rows.every((row) => channel[row] === channel[rows[0]]);
  }

  function bestCut(rows: readonly number[], node: Side, feature: number) {
    const present = [...new Set(rows.map((row) => binOf(row, feature)))].sort((a, b) => a - b);
    const missing = nBins[feature];
    const hasMissing = present.includes(missing);
    const used = present.filter((bin) => bin !== missing);
    let best: { bin: number; missingLeft: boolean; gain: number } | null = null;
    for (const missingLeft of hasMissing ? [false, true] : [false]) {
      for (const [at, bin] of used.entries()) {
        const isLeft = (row: number) => (binOf(row, feature) === missing ? missingLeft : binOf(row, feature) <= bin);
        const left = sideOf(rows.filter(isLeft));
        const right = sideOf(rows.filter((row) => !isLeft(row)));
        if (Math.min(left.count, right.count) < plan.minLeafRows) continue;
        const gain = score(left) + score(right);
        if (best && gain <= best.gain) continue;
        const next = used[at + 1] ?? missing;
        const isHeavier = 2 * left.weight >= node.weight;
        best = { bin: Math.floor((bin + next - 1) / 2), missingLeft: hasMissing ? missingLeft : isHeavier, gain };
      }
    }
    return best;
  }

  function grow(at: number, rows: readonly number[], depth: number): void {
    const node = sideOf(rows);
    const made = nodes[at];
    made.weight = node.weight;
    let best: (NonNullable<ReturnType<typeof bestCut>> & { feature: number }) | null = null;
    const mayGrow = !isPure(rows) && depth < plan.maxDepth && node.count >= 2 * plan.minLeafRows;
    for (let drawn = 0; mayGrow && drawn < nFeatures && (drawn < plan.nFeaturesPerSplit || !best); drawn++) {
      const place = drawn + draw(nFeatures - drawn);
      const feature = order[place];
      order[place] = order[drawn];
      order[drawn] = feature;
      const cut = bestCut(rows, node, feature);
      if (cut && (!best || cut.gain > best.gain)) best = { ...cut, feature };
    }
    if (!best) {
      made.left = nLeaves++;
      made.values = node.sums.map((sum) => sum * (1 / node.weight));
      return;
    }
    const { feature, bin, missingLeft, gain } = best;
    Object.assign(made, { feature, bin, missingLeft, gain: gain - score(node), left: nodes.length });
    nodes.push(emptyNode(), emptyNode());
    const isLeft = (row: number) => (binOf(row, feature) === nBins[feature] ? missingLeft : binOf(row, feature) <= bin);
    const sides = [rows.filter(isLeft), rows.filter((row) => !isLeft(row))];
    for (const [which, side] of sides.entries()) grow(made.left + which, side, depth + 1);
  }
  grow(
    0,
    [...counts.keys()].filter((row) => counts[row] > 0),
    0,
  );
  return nodes;
}

const emptyNode = (): NaiveNode => ({ feature: -1, left: -1, bin: 0, missingLeft: false, gain: 0, weight: 0, values: [] });
