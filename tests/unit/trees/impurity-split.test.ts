import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ForestTarget } from "../../../src/trees/forest-target.ts";
import { ImpuritySplitFinder } from "../../../src/trees/impurity-split.ts";

interface Sample {
  /** 30 bins with values; bin 30 is missing. */
  bins: number[];
  weights: number[];
  target: ForestTarget;
  minLeafRows: number;
}

const N_BINS = 30;

function find({ bins, weights, target, minLeafRows }: Sample) {
  const binned = { nRows: bins.length, nFeatures: 1, bins: Uint8Array.from(bins), nBins: Int32Array.of(N_BINS) };
  const finder = new ImpuritySplitFinder(binned, target, minLeafRows);
  const sums = new Float64Array(target.nChannels);
  for (const [row, weight] of weights.entries()) sums[target.channel[row]] += weight * target.value[row];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rows = Int32Array.from(bins, (_, row) => row);
  const ask = () => finder.find(0, rows, 0, rows.length, Float64Array.from(weights), sums, total);
  const first = ask();
  expect(ask()).toEqual(first); // what the first search collected has been cleaned away
  return first;
}

function gainOf({ weights, target, minLeafRows }: Sample, side: readonly boolean[]): number {
  let gain = 0;
  for (const isLeft of [true, false]) {
    const rows = [...side.keys()].filter((row) => side[row] === isLeft);
    const weight = rows.reduce((sum, row) => sum + weights[row], 0);
    if (weight < Math.max(minLeafRows, 1)) return Number.NEGATIVE_INFINITY;
    for (let c = 0; c < target.nChannels; c++) {
      const ofChannel = rows.filter((row) => target.channel[row] === c);
      gain += ofChannel.reduce((sum, row) => sum + weights[row] * target.value[row], 0) ** 2 / weight;
    }
  }
  return gain;
}

const sideOf = (bins: readonly number[], cut: number, missingLeft: boolean) =>
  bins.map((bin) => (bin === N_BINS ? missingLeft : bin <= cut));

/** The best gain over every cut and both sides for missing values. */
function naiveGain(sample: Sample): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let cut = 0; cut < N_BINS; cut++) {
    for (const missingLeft of [true, false]) best = Math.max(best, gainOf(sample, sideOf(sample.bins, cut, missingLeft)));
  }
  return best;
}

const sample: fc.Arbitrary<Sample> = fc
  .record({
    rows: fc.array(
      fc.record({
        bin: fc.oneof(fc.integer({ min: 0, max: N_BINS }), fc.constant(N_BINS), fc.integer({ min: 0, max: 2 })),
        weight: fc.integer({ min: 1, max: 3 }),
        channel: fc.integer({ min: 0, max: 2 }),
        value: fc.integer({ min: -20, max: 20 }),
      }),
      { minLength: 1, maxLength: 24 },
    ),
    isClassification: fc.boolean(),
    minLeafRows: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ rows, isClassification, minLeafRows }) => ({
    bins: rows.map((row) => row.bin),
    weights: rows.map((row) => row.weight),
    minLeafRows,
    target: {
      nChannels: isClassification ? 3 : 1,
      channel: Int32Array.from(rows, (row) => (isClassification ? row.channel : 0)),
      value: Float64Array.from(rows, (row) => (isClassification ? 1 : row.value)),
      offset: 0,
    },
  }));

test("equals the best of all cuts, for classes and numbers, weights and missing values", () => {
  fc.assert(
    fc.property(sample, (drawn) => {
      const split = find(drawn);
      const best = naiveGain(drawn);
      if (!split) {
        expect(best).toBe(Number.NEGATIVE_INFINITY);
        return;
      }
      expect(split.gain).toBeCloseTo(best, 9);
      expect(gainOf(drawn, sideOf(drawn.bins, split.bin, split.missingLeft))).toBeCloseTo(best, 9);
    }),
    { numRuns: 500 },
  );
});

describe("by hand", () => {
  const classes = (codes: number[]): ForestTarget => ({
    nChannels: 2,
    channel: Int32Array.from(codes),
    value: new Float64Array(codes.length).fill(1),
    offset: 0,
  });

  test("four rows of two classes: the cut stands midway between the bins it parts", () => {
    const split = find({ bins: [2, 2, 9, 20], weights: [1, 1, 1, 1], target: classes([0, 0, 1, 1]), minLeafRows: 1 });
    expect(split).toEqual({ feature: 0, bin: 5, missingLeft: true, leftBins: null, gain: 4 });
  });

  test("both sides need their rows", () => {
    const drawn = { bins: [1, 2, 3], weights: [1, 1, 1], target: classes([0, 1, 1]) };
    expect(find({ ...drawn, minLeafRows: 2 })).toBeNull();
    expect(find({ ...drawn, minLeafRows: 1 })?.bin).toBe(1);
  });
});
