import { beforeEach, describe, expect, test } from "vitest";
import { locale } from "../../../../src/app/i18n/locale.svelte.ts";
import {
  answerName,
  calibrationTitle,
  precisionAtHalf,
  rocTitle,
  worstPromise,
} from "../../../../src/app/screens/predict/curve-words.ts";
import {
  dependenceTitle,
  importanceTitle,
  shownPlaces,
  slopeOf,
  swarmOf,
  takePlaces,
} from "../../../../src/app/screens/predict/explain-words.ts";
import type { ClassCurves } from "../../../../src/workers/learn.jobs.ts";
import type { ExplainReport, PartialDependence } from "../../../../src/workers/model.jobs.ts";
import { plainLabels } from "../predict-report.ts";

beforeEach(() => locale.choose("en"));

const line = (x: number[], y: number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });
const curves = (
  rocAuc: number,
  bins: { predicted: number[]; observed: number[]; low: number[]; high: number[] },
): ClassCurves => ({
  value: "Yes",
  share: 0.3,
  roc: line([0, 1], [0, 1]),
  rocAuc,
  precisionRecall: line([0, 0.4, 0.6, 1], [1, 0.8, 0.7, 0.3]),
  averagePrecision: 0.6,
  calibration: {
    predicted: Float64Array.from(bins.predicted),
    observed: Float64Array.from(bins.observed),
    low: Float64Array.from(bins.low),
    high: Float64Array.from(bins.high),
    counts: Int32Array.from(bins.predicted, () => 50),
  },
  calibrationError: 0.01,
});
const kept = { predicted: [0.2], observed: [0.25], low: [0.15], high: [0.35] };
const broken = { predicted: [0.2, 0.9], observed: [0.3, 0.5], low: [0.25, 0.4], high: [0.35, 0.6] };

describe("curves", () => {
  test("near luck is called luck", () => {
    expect(rocTitle(curves(0.52, kept), "Yes")).toContain("about luck");
    expect(rocTitle(curves(0.85, kept), "Yes")).not.toContain("luck");
  });

  test("precision is read where half of the class is found", () => {
    expect(precisionAtHalf(curves(0.8, kept).precisionRecall)).toBe(0.7);
    expect(precisionAtHalf(line([0, 0.2], [1, 1]))).toBeNaN();
  });

  test("the worst broken promise makes the title", () => {
    expect(worstPromise(curves(0.8, kept).calibration)).toBeNull();
    expect(calibrationTitle(curves(0.8, kept))).toContain("hold");
    expect(worstPromise(curves(0.8, broken).calibration)).toEqual({ promised: 0.9, came: 0.5 });
    expect(calibrationTitle(curves(0.8, broken))).toContain("Too sure");
  });

  test("an answer that says little by itself stands beside its column", () => {
    expect([answerName("Churn", "Yes"), answerName("Stars", "2.5"), answerName("Frequency", "Weekly")]).toEqual([
      "Churn = Yes",
      "Stars = 2.5",
      "Weekly",
    ]);
  });
});

const feature = (name: string, mean: number, half: number, gain = 0.5) => ({
  feature: name,
  gain,
  permutation: { mean, low: mean - half, high: mean + half },
  meanAbsShap: mean,
});
const report = (...importance: ExplainReport["importance"]): ExplainReport => ({
  learner: "xgboost",
  nRows: 100,
  nRepeats: 10,
  metric: "logLoss",
  score: 0.4,
  importance,
  shap: {
    unit: "margin",
    outputs: ["a", "b"],
    base: [0, 0],
    features: ["Age", "Size"],
    rows: Int32Array.of(0, 1, 2),
    values: Float64Array.from([1, 9, 2, 8, 3, 7, -1, 0, -2, 0, -3, 0]),
    ranks: Float32Array.from([0, Number.NaN, 0.5, Number.NaN, 1, Number.NaN]),
  },
  dependence: [],
});

describe("importance", () => {
  test("says when no column matters, and how many cannot be told from noise", () => {
    expect(importanceTitle(report(feature("Age", 0.01, 0.02), feature("Size", 0, 0.01)), "permutation", plainLabels)).toBe(
      "No column matters: all 2 intervals hold 0",
    );
    expect(importanceTitle(report(feature("Age", 0.1, 0.02), feature("Size", 0, 0.01)), "permutation", plainLabels)).toBe(
      "Only Age matters; the other 1 cannot be told from noise",
    );
    expect(importanceTitle(report(feature("Age", 0.1, 0.02), feature("Size", 0.05, 0.01)), "permutation", plainLabels)).toBe(
      "Age and Size matter most",
    );
  });
});

describe("pushes", () => {
  test("are read for one output, the widest column first, with their ranks", () => {
    const [first, second] = swarmOf(report(), 0, 5);
    expect([first?.name, Array.from(first?.values ?? [])]).toEqual(["Size", [9, 8, 7]]);
    expect([second?.name, Array.from(second?.values ?? [])]).toEqual(["Age", [1, 2, 3]]);
    expect(second && slopeOf(second)).toBeCloseTo(1, 6);
    expect(first && slopeOf(first)).toBeNaN();
  });

  test("of another output are others", () => {
    expect(Array.from(swarmOf(report(), 1, 1)[0]?.values ?? [])).toEqual([-1, -2, -3]);
  });
});

describe("dependence", () => {
  const numeric = (mean: number[]): PartialDependence => ({
    feature: "Age",
    kind: "numeric",
    grid: mean.map((_, i) => i),
    output: "Yes",
    mean: Float64Array.from(mean),
    curves: new Float64Array(0),
  });

  test("rises, falls, or hardly moves", () => {
    expect(dependenceTitle(numeric([0.2, 0.3, 0.5]), plainLabels, false)).toMatch(/from 20.0.% up to 50.0/u);
    expect(dependenceTitle(numeric([0.5, 0.3, 0.2]), plainLabels, false)).toMatch(/from 50.0.% down to 20.0/u);
    expect(dependenceTitle(numeric([0.2, 0.205]), plainLabels, false)).toBe("Age hardly changes the answer");
  });

  test("of many categories the lowest and the highest are kept, curves with them", () => {
    const names = Array.from({ length: 20 }, (_, i) => `v${i}`);
    const many: PartialDependence = {
      feature: "Size",
      kind: "categorical",
      grid: names,
      output: "Yes",
      mean: Float64Array.from(names, (_, i) => i / 20),
      curves: Float64Array.from({ length: 40 }, (_, i) => i),
    };
    const places = shownPlaces(many);
    expect(places).toEqual([19, 18, 17, 16, 15, 14, 5, 4, 3, 2, 1, 0]);
    const { mean, curves: single } = takePlaces(many, places);
    expect([mean[0], mean[11], single.length, single[12]]).toEqual([0.95, 0, 24, 39]);
  });
});
