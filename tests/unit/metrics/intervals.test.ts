import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import {
  correctedPairedInterval,
  detectableDifference,
  normalQuantile,
  studentTQuantile,
  summarize,
  wilsonInterval,
} from "../../../src/metrics/intervals.ts";

const golden: {
  studentT: [number, number, number][];
  normal: [number, number][];
  wilson: [number, number, number, number][];
  paired: { differences: number[]; testShare: number; mean: number; halfWidth: number };
} = JSON.parse(readFileSync(new URL("../../golden/metrics-scikit.json", import.meta.url), "utf8"));

test.each(golden.studentT)("Student's t at %d with %d degrees of freedom", (p, degreesOfFreedom, quantile) => {
  expect(studentTQuantile(p, degreesOfFreedom) / quantile).toBeCloseTo(1, 8);
  expect(studentTQuantile(1 - p, degreesOfFreedom) / -quantile).toBeCloseTo(1, 8);
});

test.each(golden.normal)("standard normal at %d", (p, quantile) => {
  expect(normalQuantile(p)).toBeCloseTo(quantile, 10);
});

test.each(golden.wilson)("Wilson's interval of %d in %d", (nHits, n, low, high) => {
  const interval = wilsonInterval(nHits, n);
  expect(interval.low).toBeCloseTo(low, 10);
  expect(interval.high).toBeCloseTo(high, 10);
});

test("the corrected interval is wider than the plain one by the overlap of training sets", () => {
  const { differences, testShare, mean, halfWidth } = golden.paired;
  const interval = correctedPairedInterval(differences, testShare);
  expect(interval.mean).toBeCloseTo(mean, 12);
  expect(interval.high - mean).toBeCloseTo(halfWidth, 9);
  expect(mean - interval.low).toBeCloseTo(halfWidth, 9);
});

test("one difference alone bounds nothing", () => {
  expect(correctedPairedInterval([0.3], 0.2)).toEqual({
    mean: 0.3,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
  });
});

test.each([
  [5, 0.95],
  [3, 0.95],
  [5, 0.99],
])("with %d folds at level %d, the detectable difference is found in four of five repeats", (nFolds, level) => {
  const [nRepeats, share] = [4000, 1 / nFolds];
  const random = createRandom(nFolds).split("power");
  const spread = summarize(Array.from({ length: nFolds }, (_, fold) => fold));
  const unit = spread.folds.map((value) => (value - spread.mean) / spread.sd);
  const difference = detectableDifference(unit, share, level, 0.8);
  // Folds that share training rows: correlation `share`, and a spread of 1 within a repeat.
  const common = Math.sqrt(share / (1 - share));
  let nFound = 0;
  for (let repeat = 0; repeat < nRepeats; repeat++) {
    const shift = difference + common * random.normal();
    const folds = Array.from({ length: nFolds }, () => shift + random.normal());
    if (correctedPairedInterval(folds, share, level).low > 0) nFound++;
  }
  expect(nFound / nRepeats).toBeGreaterThan(0.74);
  expect(nFound / nRepeats).toBeLessThan(0.88);
});

test("one difference alone can detect nothing", () => {
  expect(detectableDifference([0.3], 0.2, 0.95, 0.8)).toBe(Number.POSITIVE_INFINITY);
});

test("mean and sample standard deviation of folds", () => {
  expect(summarize([1, 2, 6])).toEqual({ mean: 3, sd: Math.sqrt(7), folds: [1, 2, 6] });
  expect(summarize([4]).sd).toBe(0);
});
