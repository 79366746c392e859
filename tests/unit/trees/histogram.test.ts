import fc from "fast-check";
import { expect, test } from "vitest";
import type { BinnedTable } from "../../../src/trees/bin-mapper.ts";
import { createBoostingKernel } from "../../../src/trees/boosting-kernel.ts";
import { HistogramStore, histogramOffsets } from "../../../src/trees/histogram.ts";

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
      );
    }
  }
  return histogram;
}

/** A store over a sample's rows, listed backwards, with ways to build and to read. */
function storeOf({ binned, gradients, hessians }: Sample) {
  const { nRows } = binned;
  const kernel = createBoostingKernel();
  const store = new HistogramStore(kernel, binned.bins, nRows, histogramOffsets(binned.nBins));
  const rows = kernel.allocate(4 * nRows);
  const pairs = kernel.allocate(16 * nRows);
  kernel.int32(rows, nRows).set(Int32Array.from({ length: nRows }, (_, i) => nRows - 1 - i));
  kernel
    .float64(pairs, 2 * nRows)
    .set(Float64Array.from({ length: 2 * nRows }, (_, i) => (i % 2 ? hessians : gradients)[i >> 1]));
  return {
    store,
    order: [...kernel.int32(rows, nRows)],
    build: (begin: number, end: number) => store.build(rows, begin, end, pairs),
    read: (histogram: number) => [...kernel.float64(histogram, 2 * store.nSlots)],
  };
}

test("equals its naive twin on any part of the rows, in memory used before too", () => {
  fc.assert(
    fc.property(sample, fc.nat(), fc.nat(), (drawn, a, b) => {
      const { nRows } = drawn.binned;
      const [begin, end] = [a % (nRows + 1), b % (nRows + 1)].sort((x, y) => x - y);
      const { store, order, build, read } = storeOf(drawn);
      store.release(build(0, nRows));
      expect(read(build(begin, end))).toEqual(naiveHistogram(drawn, order.slice(begin, end)));
    }),
  );
});

test("a parent less one child is the other child", () => {
  fc.assert(
    fc.property(sample, fc.nat(), (drawn, a) => {
      const { nRows } = drawn.binned;
      const middle = a % (nRows + 1);
      const { store, build, read } = storeOf(drawn);
      const parent = build(0, nRows);
      store.subtract(parent, build(0, middle));
      expect(read(parent)).toEqual(read(build(middle, nRows)));
    }),
  );
});

test("what subtraction leaves of an emptied bin is nothing, and a faint row in a bin of its own stays", () => {
  const bins = Uint8Array.of(0, 0, 0, 1, 1);
  const binned = { nRows: 5, nFeatures: 1, bins, nBins: Int32Array.of(2) };
  const sums = { binned, gradients: Float64Array.of(0.3, 0.1, 0.2, 5, 1e-3), hessians: Float64Array.of(0.1, 0.2, 0.3, 7, 1e-9) };
  const { store, build, read } = storeOf(sums);
  // Rows are listed backwards: the first two are those of bin 1.
  const parent = build(0, 5);
  store.subtract(parent, build(2, 5));
  expect(read(parent).slice(0, 2)).toEqual([0, 0]);
  const faint = build(0, 2);
  store.subtract(faint, build(1, 2));
  expect(read(faint)[2]).toBeCloseTo(1e-3, 12);
  expect(read(faint)[3]).toBeCloseTo(1e-9, 14);
});

test("more slots than 16 bits can number are held in several blocks", () => {
  const nFeatures = 300;
  const nBins = Int32Array.from({ length: nFeatures }, () => 255);
  const bins = Uint8Array.from({ length: 3 * nFeatures }, (_, i) => (i * 89) % 256);
  const binned = { nRows: 3, nFeatures, bins, nBins };
  const wide = { binned, gradients: Float64Array.of(1, 2, 4), hessians: Float64Array.of(1, 1, 1) };
  const { build, read } = storeOf(wide);
  expect(read(build(0, 3))).toEqual(naiveHistogram(wide, [0, 1, 2]));
});
