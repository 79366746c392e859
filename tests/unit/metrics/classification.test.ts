import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aucScore,
  binaryAuc,
  classificationMetrics,
  confusionMatrix,
  likeliestClasses,
  logLoss,
} from "../../../src/metrics/classification.ts";

interface Golden {
  nClasses: number;
  codes: number[];
  probabilities: number[];
  confusion: number[][];
  scores: Record<string, number>;
}
const golden: { classification: Golden[] } = JSON.parse(
  readFileSync(new URL("../../golden/metrics-scikit.json", import.meta.url), "utf8"),
);

test.each(golden.classification.map((sample, at) => ({ at, ...sample })))(
  "sample $at of $nClasses classes scores as scikit-learn says",
  ({ nClasses, codes, probabilities, confusion, scores }) => {
    const truth = Int32Array.from(codes);
    const predicted = Float64Array.from(probabilities);
    const got = classificationMetrics(truth, predicted, nClasses);
    expect(Object.keys(got).sort()).toEqual(Object.keys(scores).sort());
    for (const [name, score] of Object.entries(scores)) expect(got[name], name).toBeCloseTo(score, 12);
    expect(confusionMatrix(truth, likeliestClasses(predicted, nClasses), nClasses)).toEqual(confusion);
  },
);

describe("by hand", () => {
  const codes = Int32Array.of(0, 0, 1, 2);
  const probabilities = Float64Array.of(0.5, 0.5, 0, 0.2, 0.8, 0, 0, 1, 0, 0, 1, 0);

  test("the first of equally likely classes is predicted; a class never predicted has recall and F1 of 0", () => {
    expect([...likeliestClasses(probabilities, 3)]).toEqual([0, 1, 1, 1]);
    const scores = classificationMetrics(codes, probabilities, 3);
    expect(scores.accuracy).toBe(0.5);
    expect(scores.balancedAccuracy).toBeCloseTo((0.5 + 1 + 0) / 3, 12);
    expect(scores.macroF1).toBeCloseTo((2 / 3 + 2 / 4 + 0) / 3, 12);
  });

  test("a sure mistake costs −log 1e-15 and no more", () => {
    expect(logLoss(Int32Array.of(1), Float64Array.of(1, 0), 2)).toBeCloseTo(15 * Math.log(10), 9);
  });

  test("a class that neither occurs nor is predicted counts nowhere", () => {
    const scores = classificationMetrics(Int32Array.of(0, 1), Float64Array.of(0.9, 0.1, 0, 0.2, 0.8, 0), 3);
    expect(scores).toMatchObject({ accuracy: 1, balancedAccuracy: 1, macroF1: 1, auc: 1 });
  });

  test("a single class has no AUC", () => {
    expect(aucScore(Int32Array.of(1, 1), Float64Array.of(0.1, 0.9, 0.5, 0.5), 2)).toBeNaN();
  });
});

test("AUC is the share of pairs in order, ties counting half, whatever rises with the score", () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean()), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(rows, (drawn) => {
      const positives = drawn.filter(([, isPositive]) => isPositive);
      const negatives = drawn.filter(([, isPositive]) => !isPositive);
      fc.pre(positives.length > 0 && negatives.length > 0);
      let wins = 0;
      for (const [p] of positives) for (const [n] of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0;
      const isPositive = (row: number) => drawn[row][1];
      const scores = Float64Array.from(drawn, ([score]) => score);
      expect(binaryAuc(scores, isPositive)).toBeCloseTo(wins / (positives.length * negatives.length), 12);
      expect(
        binaryAuc(
          scores.map((score) => score ** 3 + 5),
          isPositive,
        ),
      ).toBe(binaryAuc(scores, isPositive));
    }),
  );
});
