import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import type { OutOfFold } from "../../../src/evaluate/out-of-fold.ts";
import { N_PERMUTATIONS, signalVerdict, testSignal } from "../../../src/evaluate/signal-check.ts";
import { logLoss } from "../../../src/metrics/classification.ts";
import { allRows } from "../../../src/table/table.ts";
import { classCodes } from "../../../src/table/task.ts";
import { N_CLASSES, plant, plantedTask } from "./planted.ts";

const nRows = 90;
const table = plant(nRows, 0, createRandom(1));
const codes = classCodes(table, plantedTask);

/** Random probabilities; `knowledge` moves them towards the truth. */
function predict(learner: OutOfFold["learner"], knowledge: number, random: Random): OutOfFold {
  const predictions = new Float64Array(nRows * N_CLASSES);
  codes.forEach((code, row) => {
    const weights = Array.from({ length: N_CLASSES }, (_, c) => 0.2 + random.next() + (c === code ? knowledge : 0));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    predictions.set(
      weights.map((weight) => weight / sum),
      row * N_CLASSES,
    );
  });
  return { learner, rows: allRows(nRows), predictions };
}

describe("testSignal", () => {
  test("predictions that know the target beat every permutation", () => {
    const known = predict("xgboost", 1, createRandom(2));
    const [test] = finish(testSignal({ table, task: plantedTask }, [known], createRandom(3)));
    expect(test.loss).toBeCloseTo(logLoss(codes, known.predictions, N_CLASSES), 12);
    expect(test.pValue).toBe(1 / (1 + N_PERMUTATIONS));
    expect(test.adjustedPValue).toBe(test.pValue);
  });

  test("among learners that know nothing, the best one's adjusted p-value is as rare as it says", () => {
    let nBelow = 0;
    let nNaive = 0;
    for (let round = 0; round < 60; round++) {
      const random = createRandom(100 + round);
      const learners = (["random-forest", "xgboost", "softmax", "neural"] as const).map((id) => predict(id, 0, random.split(id)));
      const tests = finish(testSignal({ table, task: plantedTask }, learners, random.split("permutations")));
      const best = tests.reduce((a, b) => (b.pValue < a.pValue ? b : a));
      for (const { pValue, adjustedPValue } of tests) expect(adjustedPValue).toBeGreaterThanOrEqual(pValue);
      nBelow += Number(best.adjustedPValue < 0.1);
      nNaive += Number(best.pValue < 0.1);
    }
    expect(nBelow).toBeLessThanOrEqual(13);
    expect(nNaive).toBeGreaterThan(nBelow);
  });

  test("the same prediction for all rows proves nothing", () => {
    const flat: OutOfFold = {
      learner: "softmax",
      rows: allRows(nRows),
      predictions: new Float64Array(nRows * N_CLASSES).fill(1 / N_CLASSES),
    };
    expect(finish(testSignal({ table, task: plantedTask }, [flat], createRandom(4)))[0]).toMatchObject({
      pValue: 1,
      adjustedPValue: 1,
    });
  });

  test("measures squared error for numbers, on the rows that were predicted", () => {
    const values = Float64Array.from({ length: nRows }, (_, row) => row % 10);
    const numbers = { nRows, columns: [{ kind: "numeric", name: "n", type: "numeric", values, step: 1 } as const] };
    const task = { kind: "regression", target: "n", features: [] } as const;
    const rows = allRows(nRows).filter((row) => row % 2 === 0);
    const predictions = Float64Array.from(rows, (row) => (row % 10) + 1);
    const [test] = finish(testSignal({ table: numbers, task }, [{ learner: "xgboost", rows, predictions }], createRandom(5)));
    expect(test).toMatchObject({ loss: 1, pValue: 1 / (1 + N_PERMUTATIONS) });
  });
});

describe("signalVerdict", () => {
  test("needs evidence, then use", () => {
    expect(signalVerdict(0.05, 0.1, 1)).toBe("none");
    expect(signalVerdict(0.04, 0.96, 1)).toBe("weak");
    expect(signalVerdict(0.04, 0.95, 1)).toBe("predictable");
  });
});
