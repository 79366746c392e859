import fc from "fast-check";
import { expect, test } from "vitest";
import type { BinnedTable } from "../../../src/trees/bin-mapper.ts";
import { buildHistogram, histogramOffsets, SUMS_PER_BIN, subtractHistogram } from "../../../src/trees/histogram.ts";

interface Sample {
  binned: BinnedTable;
  gradients: Float64Array;
  hessians: Float64Array;
}

const sample: fc.Arbitrary<Sample> = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }))
  .chain(([nRows, nBins]) =>
    fc
      .record({
        bins: fc.tuple(...nBins.map((n) => fc.array(fc.integer({ min: 0, max: n }), { minLength: nRows, maxLength: nRows }))),
        // Multiples of 1/8 add up exactly in any order.
        eighths: fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 2 * nRows, maxLength: 2 * nRows }),
      })
      .map(({ bins, eighths }) => ({
        binned: {
          nRows,
          nFeatures: nBins.length,
          bins: Uint8Array.from({ length: nRows * nBins.length }, (_, i) => bins[i % nBins.length][Math.floor(i / nBins.length)]),
          nBins: Int32Array.from(nBins),
        },
        gradients: Float64Array.from(eighths.slice(0, nRows), (value) => value / 8),
        hessians: Float64Array.from(eighths.slice(nRows), (value) => Math.abs(value) / 8),
      })),
  );

/** The definition: for every feature and bin, look through all rows. */
function naiveHistogram({ binned, gradients, hessians }: Sample, rows: readonly number[]): number[] {
  const histogram: number[] = [];
  for (let feature = 0; feature < binned.nFeatures; feature++) {
    for (let bin = 0; bin <= binned.nBins[feature]; bin++) {
      const inBin = rows.filter((row) => binned.bins[row * binned.nFeatures + feature] === bin);
      histogram.push(
        inBin.reduce((sum, row) => sum + gradients[row], 0),
        inBin.reduce((sum, row) => sum + hessians[row], 0),
        inBin.length,
      );
    }
  }
  return histogram;
}

function build({ binned, gradients, hessians }: Sample, rows: Int32Array, begin: number, end: number): Float64Array {
  const offsets = histogramOffsets(binned);
  const histogram = new Float64Array(SUMS_PER_BIN * offsets[binned.nFeatures]).fill(9);
  buildHistogram(histogram, offsets, binned, rows, begin, end, gradients, hessians);
  return histogram;
}

test("equals its naive twin on any part of the rows", () => {
  fc.assert(
    fc.property(sample, fc.nat(), fc.nat(), (drawn, a, b) => {
      const { nRows } = drawn.binned;
      const [begin, end] = [a % (nRows + 1), b % (nRows + 1)].sort((x, y) => x - y);
      const rows = Int32Array.from({ length: nRows }, (_, i) => nRows - 1 - i);
      expect([...build(drawn, rows, begin, end)]).toEqual(naiveHistogram(drawn, [...rows.slice(begin, end)]));
    }),
  );
});

test("a parent less one child is the other child", () => {
  fc.assert(
    fc.property(sample, fc.nat(), (drawn, a) => {
      const { nRows } = drawn.binned;
      const rows = Int32Array.from({ length: nRows }, (_, i) => i);
      const middle = a % (nRows + 1);
      const parent = build(drawn, rows, 0, nRows);
      subtractHistogram(parent, build(drawn, rows, 0, middle));
      expect([...parent]).toEqual([...build(drawn, rows, middle, nRows)]);
    }),
  );
});
