import { describe, expect, test } from "vitest";
import {
  costFacts,
  costPerRow,
  cutFacts,
  nearestCut,
  type ThresholdTable,
} from "../../../../src/app/screens/predict/threshold-facts.ts";

const counts = (truePositives: number[], falsePositives: number[], nPositive: number, nNegative: number) => ({
  truePositives: Int32Array.from(truePositives),
  falsePositives: Int32Array.from(falsePositives),
  nPositive,
  nNegative,
});

const folds = [counts([5, 4, 0], [5, 1, 0], 5, 5), counts([5, 2, 0], [5, 3, 0], 5, 5)];
const table: ThresholdTable = {
  value: "Yes",
  thresholds: Float64Array.of(0.1, 0.5, 1),
  ...counts([10, 6, 0], [10, 4, 0], 10, 10),
  folds,
  chosen: null,
};

describe("cuts", () => {
  test("the four kinds of rows add up, and the scores follow from them", () => {
    const facts = cutFacts(table, 1);
    expect(facts).toEqual({ found: 6, missed: 4, mistaken: 4, leftAlone: 6, precision: 0.6, recall: 0.6, f1: 0.6 });
  });

  test("where nobody is named there is no precision", () => {
    expect(cutFacts(table, 2)).toMatchObject({ found: 0, mistaken: 0, precision: Number.NaN, recall: 0, f1: 0 });
  });

  test("the nearest cut to a probability", () => {
    expect([0, 0.2, 0.31, 0.9].map((probability) => nearestCut(table.thresholds, probability))).toEqual([0, 0, 1, 2]);
  });
});

describe("costs", () => {
  test("a dear miss moves the cheapest cut down, a dear mistake up", () => {
    expect(costFacts(table, { mistaken: 1, missed: 10 }).cheapest).toBe(0);
    expect(costFacts(table, { mistaken: 10, missed: 1 }).cheapest).toBe(2);
    expect(costFacts(table, { mistaken: 1, missed: 1 }).cheapest).toBe(1);
  });

  test("a row's cost is what is named by mistake and what is missed", () => {
    expect(costPerRow(table, 1, { mistaken: 2, missed: 5 })).toBe((4 * 2 + 4 * 5) / 20);
  });

  test("a fold's cut is chosen by the other folds", () => {
    // The other fold alone prefers 0.5 for the second (4 right, 1 wrong), and 0.1 to 1 are level for the first (2 right, 3 wrong).
    const facts = costFacts(table, { mistaken: 1, missed: 1 });
    expect(facts.perRow).toBe(8 / 20);
    expect(facts.heldOut).toBe((5 + 6) / 20);
    expect(facts).toMatchObject({ nobody: 0.5, everybody: 0.5 });
  });

  test("one fold has nobody to choose for it", () => {
    expect(costFacts({ ...table, folds: folds.slice(0, 1) }, { mistaken: 1, missed: 1 }).heldOut).toBeNaN();
  });
});
