import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { ForestGrower } from "../../../src/trees/forest-grower.ts";
import type { ForestCriterion, ForestPlan } from "../../../src/trees/forest-plan.ts";
import type { Tree } from "../../../src/trees/tree.ts";
import { type NaiveNode, naiveCounts, naiveTree } from "./naive-forest.ts";

/** Rows of bins and channels (or values) as a plan; `rowCounts` null draws them. */
function planOf(
  rows: readonly { bins: readonly number[]; channel?: number; value?: number }[],
  changed: Partial<ForestPlan> = {},
) {
  const nFeatures = rows[0].bins.length;
  const nChannels = changed.channelWeights?.length ?? 1;
  const plan: ForestPlan = {
    binned: {
      nRows: rows.length,
      nFeatures,
      bins: Uint8Array.from(rows.flatMap((row) => row.bins)),
      nBins: new Int32Array(nFeatures).fill(255),
    },
    target: {
      nChannels,
      channel: Int32Array.from(rows, (row) => row.channel ?? 0),
      value: Float64Array.from(rows, (row) => row.value ?? 1),
      offset: 0,
    },
    criterion: "gini",
    channelWeights: Float64Array.of(1),
    maxDepth: 64,
    minLeafRows: 1,
    nFeaturesPerSplit: nFeatures,
    rowCounts: new Uint16Array(rows.length).fill(1),
    treeSeeds: Uint32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    ...changed,
  };
  return plan;
}

function grow(plan: ForestPlan, index = 0): Tree {
  const grower = new ForestGrower(plan);
  try {
    return grower.grow(index);
  } finally {
    grower.close();
  }
}

/** A tree as the naive twin tells it. */
function toNodes(tree: Tree): NaiveNode[] {
  return Array.from(tree.feature, (feature, node) => ({
    feature,
    left: tree.left[node],
    bin: tree.bin[node],
    missingLeft: tree.missingLeft[node] === 1,
    gain: tree.gain[node],
    weight: tree.weight[node],
    values: feature < 0 ? [...tree.values.subarray(tree.left[node] * tree.nOutputs, (tree.left[node] + 1) * tree.nOutputs)] : [],
  }));
}

interface Drawn {
  seed: number;
  nRows: number;
  nFeatures: number;
  nBins: number;
  criterion: ForestCriterion;
  nChannels: number;
  isWeighted: boolean;
  isBootstrap: boolean;
  minLeafRows: number;
  maxDepth: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  nRows: fc.integer({ min: 1, max: 60 }),
  nFeatures: fc.integer({ min: 1, max: 5 }),
  nBins: fc.constantFrom(1, 2, 9, 64, 255),
  criterion: fc.constantFrom<ForestCriterion>("gini", "entropy", "variance"),
  nChannels: fc.integer({ min: 1, max: 5 }),
  isWeighted: fc.boolean(),
  isBootstrap: fc.boolean(),
  minLeafRows: fc.integer({ min: 1, max: 4 }),
  maxDepth: fc.constantFrom(1, 3, 64),
});

/** Values are whole numbers, so that sums are exact in any order. */
function drawPlan({ nRows, nFeatures, nBins, seed, ...drawn }: Drawn): ForestPlan {
  const random = createRandom(seed);
  const nChannels = drawn.criterion === "variance" ? 1 : drawn.nChannels;
  const rows = Array.from({ length: nRows }, () => ({
    bins: Array.from({ length: nFeatures }, () => (random.integer(7) === 0 ? nBins : random.integer(nBins))),
    channel: random.integer(nChannels),
    value: drawn.criterion === "variance" ? random.integer(41) - 20 : 1,
  }));
  const isWeighted = drawn.isWeighted && drawn.criterion !== "variance";
  const plan = planOf(rows, {
    criterion: drawn.criterion,
    channelWeights: Float64Array.from({ length: nChannels }, () => (isWeighted ? 0.1 + random.next() : 1)),
    minLeafRows: drawn.minLeafRows,
    maxDepth: drawn.maxDepth,
    nFeaturesPerSplit: 1 + random.integer(nFeatures),
    rowCounts: drawn.isBootstrap ? null : Uint16Array.from({ length: nRows }, (_, row) => (row === 0 ? 1 : random.integer(4))),
    treeSeeds: Uint32Array.from({ length: 8 }, () => random.integer(2 ** 32)),
  });
  return { ...plan, binned: { ...plan.binned, nBins: new Int32Array(nFeatures).fill(nBins) } };
}

function expectSameTree(plan: ForestPlan, index: number): void {
  expect(toNodes(grow(plan, index))).toEqual(naiveTree(plan, index));
}

describe("equals the naive twin node for node and bit for bit", () => {
  test("for every criterion, class weights, counts, drawn rows, missing values and limits", () => {
    fc.assert(
      fc.property(drawn, (each) => {
        const plan = drawPlan(each);
        expectSameTree(plan, 0);
        expectSameTree(plan, 1);
      }),
      { numRuns: 400 },
    );
  });

  test.each([300, 1500])("in nodes of %i rows, which are not chained up", (nRows) => {
    for (const criterion of ["gini", "entropy", "variance"] as const) {
      const limits = { nChannels: 3, isWeighted: false, isBootstrap: true, minLeafRows: 20, maxDepth: 3 };
      expectSameTree(drawPlan({ seed: nRows, nRows, nFeatures: 3, nBins: 40, criterion, ...limits }), 0);
    }
  });
});

describe("by hand", () => {
  const four = [
    { bins: [2], channel: 0 },
    { bins: [2], channel: 0 },
    { bins: [9], channel: 1 },
    { bins: [20], channel: 1 },
  ];

  test("four rows of two classes: the cut stands midway between the bins it parts", () => {
    const tree = grow(planOf(four, { channelWeights: Float64Array.of(1, 1) }));
    expect(toNodes(tree)).toEqual([
      // Σ counts² / n is 2 on each side and (4 + 4) / 4 before.
      { feature: 0, left: 1, bin: 5, missingLeft: true, gain: 2, weight: 4, values: [] },
      { feature: -1, left: 0, bin: 0, missingLeft: false, gain: 0, weight: 2, values: [1, 0] },
      { feature: -1, left: 1, bin: 0, missingLeft: false, gain: 0, weight: 2, values: [0, 1] },
    ]);
  });

  test("entropy wins n ln 2 from four rows of two classes", () => {
    const tree = grow(planOf(four, { channelWeights: Float64Array.of(1, 1), criterion: "entropy" }));
    expect(tree.gain[0]).toBeCloseTo(4 * Math.LN2, 12);
  });

  test("class weights move the shares: three rows of weight 1 beside one of weight 3 are halves", () => {
    const rows = [0, 0, 0, 1].map((channel) => ({ bins: [7], channel }));
    const tree = grow(planOf(rows, { channelWeights: Float64Array.of(1, 3) }));
    expect([...tree.values]).toEqual([0.5, 0.5]);
    expect([...tree.weight]).toEqual([6]);
  });

  test("numbers: leaves are means, the gain is the sum of squares between them", () => {
    const rows = [-3, -1, 4].map((value, at) => ({ bins: [at], value }));
    const tree = grow(planOf(rows, { criterion: "variance", maxDepth: 1 }));
    expect([...tree.values]).toEqual([-2, 4]);
    expect(tree.gain[0]).toBeCloseTo(8 + 16, 12);
  });
});

describe("out of bag", () => {
  const random = createRandom(5);
  const rows = Array.from({ length: 50 }, () => ({ bins: [random.integer(9), random.integer(9)], channel: random.integer(3) }));
  const plan = planOf(rows, { channelWeights: Float64Array.of(1, 1, 1), rowCounts: null, minLeafRows: 3 });
  const grower = new ForestGrower(plan);
  afterAll(() => grower.close());

  test("each tree answers for the rows it was not grown on", () => {
    const trees = [grower.grow(0), grower.grow(1)];
    const { sums, nTrees } = grower.outOfBag();
    const expected = new Float64Array(150);
    const expectedTrees = new Uint16Array(50);
    for (const [index, tree] of trees.entries()) {
      for (const [row, count] of naiveCounts(plan, index).entries()) {
        if (count > 0) continue;
        let node = 0;
        while (tree.feature[node] >= 0) {
          node = tree.left[node] + (plan.binned.bins[2 * row + tree.feature[node]] <= tree.bin[node] ? 0 : 1);
        }
        for (let c = 0; c < 3; c++) expected[3 * row + c] += tree.values[3 * tree.left[node] + c];
        expectedTrees[row]++;
      }
    }
    expect(nTrees).toEqual(expectedTrees);
    expect(Math.max(...nTrees)).toBe(2);
    for (const [at, sum] of sums.entries()) expect(sum).toBeCloseTo(expected[at], 8);
  });
});

test("memory used before leaves no trace", () => {
  const small = drawPlan({ ...largeDraw(40), nRows: 40 });
  const first = grow(small);
  grow(drawPlan(largeDraw(700)));
  expect(grow(small)).toEqual(first);
});

function largeDraw(nRows: number): Drawn {
  const kind = { criterion: "gini" as const, nChannels: 5, isWeighted: false, isBootstrap: true };
  return { seed: 3, nRows, nFeatures: 4, nBins: 255, minLeafRows: 1, maxDepth: 64, ...kind };
}
