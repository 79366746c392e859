import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { calibrationBins, calibrationError } from "../../../src/metrics/calibration.ts";
import { binaryAuc } from "../../../src/metrics/classification.ts";
import { averagePrecision, countCuts, precisionRecallLine, rocLine, thinLine } from "../../../src/metrics/curves.ts";
import { quadraticKappa } from "../../../src/metrics/kappa.ts";
import { bestCut, countAtCuts, cutGrid } from "../../../src/metrics/thresholds.ts";

interface Golden {
  scores: number[];
  positive: number[];
  nBins: number;
  roc: { x: number[]; y: number[] };
  auc: number;
  precision: number[];
  recall: number[];
  averagePrecision: number;
  calibration: { predicted: number[]; observed: number[]; counts: number[]; low: number[]; high: number[]; error: number };
  cuts: { thresholds: number[]; truePositives: number[]; falsePositives: number[]; f1: number[] };
}
interface GoldenKappa {
  codes: number[];
  predicted: number[];
  ranks: number[];
  kappa: number;
}
const golden: { samples: Golden[]; kappa: GoldenKappa[] } = JSON.parse(
  readFileSync(new URL("../../golden/curves-scikit.json", import.meta.url), "utf8"),
);

function expectClose(got: ArrayLike<number>, expected: readonly number[], what: string): void {
  expect(got, what).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(got[i], `${what} ${i}`).toBeCloseTo(value, 12);
  });
}

describe.each(golden.samples.map((sample, at) => ({ at, ...sample })))("sample $at, as scikit-learn says", (sample) => {
  const scores = Float64Array.from(sample.scores);
  const isPositive = (row: number): boolean => sample.positive[row] === 1;
  const counts = countCuts(scores, isPositive);

  test("ROC", () => {
    const line = rocLine(counts);
    expectClose(line.x, sample.roc.x, "false positive rate");
    expectClose(line.y, sample.roc.y, "true positive rate");
    expect(binaryAuc(scores, isPositive)).toBeCloseTo(sample.auc, 12);
  });

  test("precision and recall", () => {
    const { x, y } = precisionRecallLine(counts);
    expectClose(x.slice(1).reverse(), sample.recall, "recall");
    expectClose(y.slice(1).reverse(), sample.precision, "precision");
    expect([x[0], y[0]]).toEqual([0, y[1]]);
    expect(averagePrecision(counts)).toBeCloseTo(sample.averagePrecision, 12);
  });

  test("calibration", () => {
    const { error, ...expected } = sample.calibration;
    const bins = calibrationBins(scores, isPositive, sample.nBins);
    for (const [name, values] of Object.entries(expected)) expectClose(bins[name as keyof typeof bins], values, name);
    expect(calibrationError(bins)).toBeCloseTo(error, 12);
  });

  test("counts at cuts, and the cut of the largest F1", () => {
    const thresholds = cutGrid(scores, 1000);
    const at = countAtCuts(scores, isPositive, thresholds);
    expectClose(thresholds.slice(0, -1), sample.cuts.thresholds, "cut");
    expectClose(at.truePositives.slice(0, -1), sample.cuts.truePositives, "true positives");
    expectClose(at.falsePositives.slice(0, -1), sample.cuts.falsePositives, "false positives");
    expect([at.truePositives.at(-1), at.falsePositives.at(-1)]).toEqual([0, 0]);
    expect(bestCut(at, { kind: "f1" })).toBe(sample.cuts.f1.lastIndexOf(Math.max(...sample.cuts.f1)));
  });
});

test.each(golden.kappa)("weighted kappa is scikit-learn's $kappa", ({ codes, predicted, ranks, kappa }) => {
  const got = quadraticKappa(Int32Array.from(codes), Int32Array.from(predicted), Int32Array.from(ranks));
  expect(got).toBeCloseTo(kappa, 12);
});

test("kappa is 0 for one answer to every question, 1 for all right, and nothing where all is one rank", () => {
  const [codes, ranks] = [Int32Array.of(0, 1, 2, 2), Int32Array.of(0, 1, 2)];
  expect(quadraticKappa(codes, Int32Array.of(1, 1, 1, 1), ranks)).toBe(0);
  expect(quadraticKappa(codes, codes, ranks)).toBe(1);
  expect(quadraticKappa(Int32Array.of(0, 1), Int32Array.of(1, 0), Int32Array.of(0, 0))).toBeNaN();
});

test("a thinned line keeps its ends, its order and its course", () => {
  const x = Float64Array.from({ length: 5001 }, (_, i) => i / 5000);
  const line = { x, y: x.map((value) => Math.sqrt(value)) };
  const thin = thinLine(line, 200);
  expect(thin.x.length).toBeLessThanOrEqual(200);
  expect(thin.x.length).toBeGreaterThan(190);
  expect([thin.x[0], thin.x.at(-1), thin.y.at(-1)]).toEqual([0, 1, 1]);
  for (let i = 1; i < thin.x.length; i++) {
    expect(thin.x[i]).toBeGreaterThan(thin.x[i - 1]);
    expect(thin.x[i] - thin.x[i - 1] + thin.y[i] - thin.y[i - 1]).toBeLessThan(0.03);
  }
  expect(thinLine(line, 6000)).toEqual(line);
});
