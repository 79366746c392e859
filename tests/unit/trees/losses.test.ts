import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Loss, logistic, softmax, softmaxInPlace, squaredError } from "../../../src/trees/losses.ts";

const STEP = 1e-5;
const margin = fc.double({ min: -4, max: 4, noNaN: true });

/** Compares `derive` with differences of a loss that is written out plainly. */
function expectDerivatives(loss: Loss, margins: number[], value: (margins: number[]) => number, hessianFactor: number): void {
  const gradients = new Float64Array(margins.length);
  const hessians = new Float64Array(margins.length);
  loss.derive(Float64Array.from(margins), gradients, hessians);
  for (let i = 0; i < margins.length; i++) {
    const at = (shift: number) => value(margins.map((m, j) => (j === i ? m + shift : m)));
    expect(gradients[i]).toBeCloseTo((at(STEP) - at(-STEP)) / (2 * STEP), 6);
    expect(hessians[i]).toBeCloseTo((hessianFactor * (at(STEP) - 2 * at(0) + at(-STEP))) / STEP ** 2, 3);
  }
}

describe("derivatives", () => {
  test("squared error", () => {
    fc.assert(
      fc.property(margin, margin, (a, b) => {
        expectDerivatives(squaredError(Float64Array.of(1, -2)), [a, b], ([p, q]) => ((p - 1) ** 2 + (q + 2) ** 2) / 2, 1);
      }),
    );
  });

  test("logistic", () => {
    const value = ([p, q]: number[]) => Math.log1p(Math.exp(-p)) + Math.log1p(Math.exp(q));
    fc.assert(fc.property(margin, margin, (a, b) => expectDerivatives(logistic(Int32Array.of(1, 0)), [a, b], value, 1)));
  });

  test("softmax, with XGBoost's doubled hessian", () => {
    // One row per class code; margins are (3 classes × 2 rows).
    const codes = [2, 0];
    const value = (m: number[]) =>
      codes.reduce((sum, code, row) => {
        const ofRow = [0, 1, 2].map((c) => m[c * 2 + row]);
        return sum + Math.log(ofRow.reduce((total, v) => total + Math.exp(v), 0)) - ofRow[code];
      }, 0);
    fc.assert(
      fc.property(fc.array(margin, { minLength: 6, maxLength: 6 }), (margins) =>
        expectDerivatives(softmax(Int32Array.from(codes), 3), margins, value, 2),
      ),
    );
  });
});

test("base margins are the mean, the log odds and the log shares", () => {
  expect(squaredError(Float64Array.of(1, 2, 6)).baseMargins).toEqual([3]);
  expect(logistic(Int32Array.of(0, 1, 1, 1)).baseMargins[0]).toBeCloseTo(Math.log(3), 12);
  const shares = softmax(Int32Array.of(0, 0, 2, 2), 3).baseMargins;
  expect(shares[0]).toBeCloseTo(Math.log(0.5), 12);
  expect(shares[1]).toBeCloseTo(Math.log(0.125), 12);
});

test("softmax stays finite for margins that would overflow", () => {
  const values = Float64Array.of(2000, 2000, -2000);
  softmaxInPlace(values, 0, 1, 3);
  expect([...values]).toEqual([0.5, 0.5, 0]);
});
