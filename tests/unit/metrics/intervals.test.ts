import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  correctedPairedInterval,
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

test("mean and sample standard deviation of folds", () => {
  expect(summarize([1, 2, 6])).toEqual({ mean: 3, sd: Math.sqrt(7), folds: [1, 2, 6] });
  expect(summarize([4]).sd).toBe(0);
});
