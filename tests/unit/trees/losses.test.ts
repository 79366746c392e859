import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBoostingKernel } from "../../../src/trees/boosting-kernel.ts";
import { type Loss, lossOf, meanLoss, sigmoid, softmaxInPlace } from "../../../src/trees/losses.ts";
import { Margins } from "../../../src/trees/margins.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const STEP = 1e-4;
const margin = fc.double({ min: -4, max: 4, noNaN: true });

/** The kernel's pairs at the given margins, (nMargins × nRows), as [gradients, hessians]. */
function derive(loss: Loss, values: readonly number[]): [number[], number[]] {
  const nRows = loss.targets.length;
  const nMargins = loss.baseMargins.length;
  const kernel = createBoostingKernel();
  const margins = new Margins(kernel, loss, nRows);
  for (let m = 0; m < nMargins; m++) margins.receive(m, Float64Array.from(values.slice(m * nRows, (m + 1) * nRows)));
  margins.derive();
  const pairs = Array.from({ length: nMargins }, (_, m) => [...kernel.float64(margins.pairs(m), 2 * nRows)]).flat();
  return [pairs.filter((_, i) => i % 2 === 0), pairs.filter((_, i) => i % 2 === 1)];
}

/** Derivatives written out plainly, (nMargins × nRows). */
function naiveDerivatives(loss: Loss, values: readonly number[]): [number[], number[]] {
  const nRows = loss.targets.length;
  const nMargins = loss.baseMargins.length;
  const gradients: number[] = [];
  const hessians: number[] = [];
  for (let m = 0; m < nMargins; m++) {
    for (let row = 0; row < nRows; row++) {
      const weight = loss.weights?.[row] ?? 1;
      const value = values[m * nRows + row];
      if (loss.kind === "squared-error") {
        gradients.push(weight * (value - loss.targets[row]));
        hessians.push(weight);
        continue;
      }
      const ofRow = Float64Array.from({ length: nMargins }, (_, c) => values[c * nRows + row]);
      softmaxInPlace(ofRow, 0, 1, nMargins);
      const share = loss.kind === "logistic" ? sigmoid(value) : ofRow[m];
      const isTarget = loss.kind === "logistic" ? loss.targets[row] === 1 : loss.targets[row] === m;
      gradients.push(weight * (share - (isTarget ? 1 : 0)));
      hessians.push(weight * Math.max((loss.kind === "softmax" ? 2 : 1) * share * (1 - share), 1e-16));
    }
  }
  return [gradients, hessians];
}

const losses: Record<string, Loss> = {
  "squared error": { kind: "squared-error", targets: Float64Array.of(1, -2, 0.5), weights: null, baseMargins: [0] },
  logistic: { kind: "logistic", targets: Float64Array.of(1, 0, 1), weights: null, baseMargins: [0] },
  softmax: { kind: "softmax", targets: Float64Array.of(2, 0, 2), weights: null, baseMargins: [0, 0, 0] },
};

describe.each(Object.entries(losses))("derivatives of %s", (_, loss) => {
  const nMargins = loss.baseMargins.length;
  const margins = fc.array(margin, { minLength: 3 * nMargins, maxLength: 3 * nMargins });

  test("are slope and curvature of the loss (XGBoost doubles softmax's curvature and halves the squares)", () => {
    const total = (values: number[]) => 3 * meanLoss({ ...loss }, Float64Array.from(values), 3, 0, 3) ** (isSquared ? 2 : 1);
    const isSquared = loss.kind === "squared-error";
    fc.assert(
      fc.property(margins, (values) => {
        const [gradients, hessians] = derive(loss, values);
        for (let i = 0; i < values.length; i++) {
          const at = (shift: number) => total(values.map((value, j) => (j === i ? value + shift : value)));
          const scale = isSquared ? 0.5 : 1;
          const double = loss.kind === "softmax" ? 2 : 1;
          expect(gradients[i]).toBeCloseTo((scale * (at(STEP) - at(-STEP))) / (2 * STEP), 6);
          expect(hessians[i]).toBeCloseTo((double * scale * (at(STEP) - 2 * at(0) + at(-STEP))) / STEP ** 2, 4);
        }
      }),
    );
  });

  test("equal their naive twin to the last digits, with and without weights", () => {
    const weights = fc.option(fc.array(fc.double({ min: 0.1, max: 9, noNaN: true }), { minLength: 3, maxLength: 3 }));
    fc.assert(
      fc.property(margins, weights, (values, drawn) => {
        const weighted = { ...loss, weights: drawn && Float64Array.from(drawn) };
        const got = derive(weighted, values);
        for (const [part, expected] of naiveDerivatives(weighted, values).entries())
          for (const [i, value] of expected.entries())
            expect(Math.abs(got[part][i] - value)).toBeLessThan(1e-14 * (1 + Math.abs(value)));
      }),
    );
  });

  test("stay finite where the exponential would not", () => {
    const values = Array.from({ length: 3 * nMargins }, (_, i) => [4000, -4000, 900][i % 3] * (i % 2 ? 1 : -1));
    const [gradients, hessians] = derive(loss, values);
    expect(gradients.every(Number.isFinite)).toBe(true);
    expect(hessians.every((hessian) => hessian >= 1e-16 && Number.isFinite(hessian))).toBe(true);
  });
});

describe("the start", () => {
  const classes = (cells: string[], levels: string[], nTrainRows = cells.length, isBalanced = false) =>
    lossOf(
      table(categorical("y", cells, levels)),
      { kind: "classification", target: "y", features: [], classes: levels },
      nTrainRows,
      isBalanced,
    );

  test("is the mean, the log odds and the log shares", () => {
    const squared = lossOf(table(numeric("y", [1, 2, 6])), { kind: "regression", target: "y", features: [] }, 3, false);
    expect(squared.baseMargins).toEqual([3]);
    expect(classes(["a", "b", "b", "b"], ["a", "b"]).baseMargins[0]).toBeCloseTo(Math.log(3), 12);
    const shares = classes(["a", "a", "c", "c"], ["a", "b", "c"]).baseMargins;
    expect(shares[0]).toBeCloseTo(Math.log(0.5), 12);
    expect(shares[1]).toBeCloseTo(Math.log(0.125), 12);
  });

  test("and the weights of classes know the training rows alone", () => {
    expect(classes(["a", "b", "b", "b", "a", "a"], ["a", "b"], 4).baseMargins[0]).toBeCloseTo(Math.log(3), 12);
    const balanced = classes(["a", "b", "b", "b", "a"], ["a", "b"], 4, true);
    expect([...(balanced.weights ?? [])]).toEqual([2, 2 / 3, 2 / 3, 2 / 3, 2]);
    expect(balanced.baseMargins[0]).toBeCloseTo(0, 12);
  });
});

test("losses by hand: √ of the mean square, −log of the true class's share", () => {
  expect(meanLoss(losses["squared error"], Float64Array.of(1, 0, 0.5), 3, 0, 2)).toBeCloseTo(Math.sqrt(2), 12);
  expect(meanLoss(losses.logistic, Float64Array.of(0, Math.log(3), 0), 3, 0, 2)).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 12);
  const even = new Float64Array(9);
  expect(meanLoss(losses.softmax, even, 3, 0, 3)).toBeCloseTo(Math.log(3), 12);
  const weighted = { ...losses.logistic, weights: Float64Array.of(3, 1, 1) };
  expect(meanLoss(weighted, Float64Array.of(0, Math.log(3), 0), 3, 0, 2)).toBeCloseTo((3 * Math.log(2) + Math.log(4)) / 4, 12);
});

test("softmax stays finite for margins that would overflow", () => {
  const values = Float64Array.of(2000, 2000, -2000);
  softmaxInPlace(values, 0, 1, 3);
  expect([...values]).toEqual([0.5, 0.5, 0]);
});
