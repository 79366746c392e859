import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { regressionMetrics } from "../../../src/metrics/regression.ts";

const golden: { regression: { actual: number[]; predicted: number[]; scores: Record<"rmse" | "mae" | "r2", number> } } =
  JSON.parse(readFileSync(new URL("../../golden/metrics-scikit.json", import.meta.url), "utf8"));

test("scores as scikit-learn says", () => {
  const { actual, predicted, scores } = golden.regression;
  const got = regressionMetrics(Float64Array.from(actual), Float64Array.from(predicted));
  expect(got.rmse).toBeCloseTo(scores.rmse, 12);
  expect(got.mae).toBeCloseTo(scores.mae, 12);
  expect(got.r2).toBeCloseTo(scores.r2, 12);
});

test("by hand: the mean explains nothing, the truth everything, and constant values cannot be explained", () => {
  const actual = Float64Array.of(1, 2, 6);
  expect(regressionMetrics(actual, Float64Array.of(3, 3, 3))).toMatchObject({ mae: 2, r2: 0 });
  expect(regressionMetrics(actual, actual)).toEqual({ rmse: 0, mae: 0, r2: 1 });
  expect(regressionMetrics(Float64Array.of(4, 4), Float64Array.of(4, 5)).r2).toBeNaN();
});
