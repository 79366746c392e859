import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { binTable, fitBinMapper, MAX_BINS, type NumericBins } from "../../../src/trees/bin-mapper.ts";
import { categorical, numeric, table, trainRows } from "../support/make-table.ts";

describe("numeric bins", () => {
  test("each distinct value has its bin; missing values have the last", () => {
    const train = trainRows(numeric("x", [3, null, 1, 1, 2]));
    const mapper = fitBinMapper(train, ["x"]);
    expect(mapper.features[0]).toMatchObject({ nBins: 3, thresholds: Float32Array.of(1.5, 2.5) });
    expect([...binTable(mapper, train.table).bins]).toEqual([2, 3, 0, 0, 1]);
  });

  test("values between and beyond the training values fall where a 32-bit comparison sends them", () => {
    const mapper = fitBinMapper(trainRows(numeric("x", [0.1, 0.2])), ["x"]);
    const [threshold] = (mapper.features[0] as { thresholds: Float32Array }).thresholds;
    const asked = [-1e300, threshold, threshold - 1e-12, threshold - 1e-6, 1e300];
    expect([...binTable(mapper, table(numeric("x", asked))).bins]).toEqual([0, 1, 1, 0, 1]);
  });

  test("values that are equal as 32-bit floats share a bin, neighbours do not", () => {
    const next = 1 + 2 ** -23;
    const train = trainRows(numeric("x", [1, 1 + 1e-12, next]));
    expect([...binTable(fitBinMapper(train, ["x"]), train.table).bins]).toEqual([0, 0, 1]);
  });

  test("a column without a value has one empty bin", () => {
    const train = trainRows(numeric("x", [null, null]));
    const mapper = fitBinMapper(train, ["x"]);
    expect(mapper.features[0].nBins).toBe(1);
    expect([...binTable(mapper, train.table).bins]).toEqual([1, 1]);
  });

  test("bins keep the order of values and no more than 255 are made, all of them in use", () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 2000 }), (values) => {
        const train = trainRows(numeric("x", values));
        const mapper = fitBinMapper(train, ["x"]);
        const { bins } = binTable(mapper, train.table);
        const { nBins } = mapper.features[0];
        expect(nBins).toBe(new Set(bins).size);
        expect(nBins).toBeLessThanOrEqual(MAX_BINS);
        if (new Set(values.map((value) => value + 0)).size <= MAX_BINS)
          expect(nBins).toBe(new Set(values.map((v) => v + 0)).size);
        const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
        for (let i = 1; i < order.length; i++) expect(bins[order[i]]).toBeGreaterThanOrEqual(bins[order[i - 1]]);
      }),
      { numRuns: 60 },
    );
  });

  test("quantile bins hold about equal shares, and a common value keeps its own", () => {
    const values = Array.from({ length: 10_000 }, (_, i) => (i < 4000 ? 0 : i));
    const train = trainRows(numeric("x", values));
    const { bins } = binTable(fitBinMapper(train, ["x"]), train.table);
    const counts = new Array<number>(MAX_BINS).fill(0);
    for (const bin of bins) counts[bin]++;
    expect(counts[0]).toBe(4000);
    expect(Math.max(...counts.slice(1))).toBeLessThanOrEqual(25);
    expect(Math.min(...counts)).toBeGreaterThan(15);
  });
});

test("thousands of values of either sign are cut like few: in order, by shares, between neighbours", () => {
  const random = createRandom(6);
  const odd = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1e-42, -1e-42, null];
  const values = Array.from(
    { length: 9000 },
    (_, i) => odd[i] ?? (i < odd.length ? null : random.normal() * 10 ** random.integer(9)),
  );
  const mapper = fitBinMapper(trainRows(numeric("x", values)), ["x"]);
  const { nBins, thresholds } = mapper.features[0] as NumericBins;
  expect(nBins).toBe(MAX_BINS);
  const sorted = Float32Array.from(values.filter((value) => value !== null)).sort();
  for (const threshold of thresholds) {
    const at = sorted.findIndex((value) => value >= threshold);
    expect(sorted[at - 1]).toBeLessThan(threshold);
  }
  const { bins } = binTable(mapper, table(numeric("x", values)));
  const naive = values.map((value) => (value === null ? nBins : thresholds.filter((t) => t <= Math.fround(value)).length));
  expect([...bins]).toEqual(naive);
  const counts = new Array<number>(MAX_BINS).fill(0);
  for (const bin of bins) if (bin < nBins) counts[bin]++;
  expect(Math.max(...counts)).toBeLessThanOrEqual(40);
});

describe("categorical bins", () => {
  test("levels absent from training take no bin; unseen and missing ones share the last", () => {
    const train = trainRows(categorical("c", ["b", "a", "b", null], ["never", "a", "b"]));
    const mapper = fitBinMapper(train, ["c"]);
    expect(mapper.features[0].nBins).toBe(2);
    const asked = table(categorical("c", ["a", "b", "never", "new", null], ["b", "new", "a", "never"]));
    expect([...binTable(mapper, asked).bins]).toEqual([0, 1, 2, 2, 2]);
  });

  test("beyond 255 levels the rarest share a bin, and unseen levels join them", () => {
    const levels = Array.from({ length: 300 }, (_, i) => `level ${i}`);
    const train = trainRows(categorical("c", [...levels.slice(0, 254), ...levels], levels));
    const mapper = fitBinMapper(train, ["c"]);
    expect(mapper.features[0].nBins).toBe(MAX_BINS);
    const asked = table(categorical("c", ["level 3", "level 254", "level 299", "new", null]));
    expect([...binTable(mapper, asked).bins]).toEqual([3, 254, 254, 254, 255]);
  });

  test("a column of another kind than in training is refused", () => {
    const mapper = fitBinMapper(trainRows(numeric("x", [1, 2])), ["x"]);
    expect(() => binTable(mapper, table(categorical("x", ["a"])))).toThrow(/was numeric in training, got categorical/);
  });
});
