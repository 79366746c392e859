import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exp, log } from "../../../src/core/exp-log.ts";
import { createMatrix, type Matrix } from "../../../src/core/matrix.ts";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { cholesky } from "../../../src/segments/cholesky.ts";
import {
  countParameters,
  expectation,
  gaussianMixture,
  likeliestComponents,
  type Mixture,
} from "../../../src/segments/gaussian-mixture.ts";
import { matrixOf } from "./points.ts";

interface Golden {
  readonly points: number[][];
  readonly cases: readonly {
    readonly covariance: "full" | "diagonal";
    readonly k: number;
    readonly logLikelihood: number;
    readonly bic: number;
    readonly labels: number[];
  }[];
}

const golden = JSON.parse(readFileSync(new URL("../../golden/segments-mixture.json", import.meta.url), "utf8")) as Golden;
const data = matrixOf(golden.points);
const floor = new Float64Array(3).fill(1e-6);

const fit = (points: Matrix, k: number, covariance: "full" | "diagonal", nStarts = 20) =>
  finish(
    gaussianMixture(points, {
      k,
      covariance,
      nStarts,
      random: createRandom(4),
      floor: floor.slice(0, points.nColumns),
      tolerance: 1e-9,
      maxIterations: 2000,
    }),
  );

/** How many pairs of rows two labellings both keep together or both part. */
function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let same = 0;
  let pairs = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = i + 1; j < a.length; j++, pairs++) same += Number((a[i] === a[j]) === (b[i] === b[j]));
  return same / pairs;
}

describe("gaussianMixture", () => {
  for (const { covariance, k, logLikelihood, bic, labels } of golden.cases) {
    test(`is as likely as scikit-learn's, ${covariance} covariance, k = ${k}`, () => {
      const own = fit(data, k, covariance);
      expect(own.logLikelihood).toBeGreaterThanOrEqual(logLikelihood - 0.001 * Math.abs(logLikelihood));
      if (k <= 3) {
        expect(Math.abs(own.logLikelihood / logLikelihood - 1)).toBeLessThan(0.001);
        expect(Math.abs(own.bic / bic - 1)).toBeLessThan(0.001);
        expect(agreement(likeliestComponents(data, own.mixture), labels)).toBeGreaterThan(0.99);
      }
    });
  }

  test("BIC takes the number of groups that were planted", () => {
    const bics = [1, 2, 3, 4].map((k) => fit(data, k, "full", 3).bic);
    expect(bics.indexOf(Math.min(...bics)) + 1).toBe(3);
  });

  test("never gets less likely from one iteration to the next", () => {
    const likelihoods = [1, 2, 4, 8, 16].map(
      (maxIterations) =>
        finish(
          gaussianMixture(data, {
            k: 3,
            covariance: "full",
            nStarts: 1,
            random: createRandom(2),
            floor,
            tolerance: 0,
            maxIterations,
          }),
        ).logLikelihood,
    );
    likelihoods.slice(1).forEach((likelihood, i) => {
      expect(likelihood).toBeGreaterThanOrEqual(likelihoods[i] - 1e-12);
    });
  });

  test("keeps a component that holds one value alone from vanishing", () => {
    const points = matrixOf(Array.from({ length: 60 }, (_, row) => [row < 30 ? 5 : row, row < 30 ? 5 : 100 - row]));
    const own = fit(points, 2, "full");
    expect(Number.isFinite(own.logLikelihood)).toBe(true);
    expect(own.mixture.factors.every((factor) => factor.every(Number.isFinite))).toBe(true);
  });
});

describe("expectation", () => {
  test("agrees with the densities written out", () => {
    const mixture: Mixture = {
      covariance: "full",
      weights: Float64Array.from([0.3, 0.7]),
      means: matrixOf([
        [0, 0],
        [1, 2],
      ]),
      factors: [Float64Array.from([1, 0, 0.5, 2]), Float64Array.from([0.5, 0, 0, 1])],
    };
    const points = matrixOf([
      [0.2, 1],
      [3, -1],
    ]);
    const responsibilities = createMatrix(2, 2);
    const logLikelihood = expectation(points, mixture, responsibilities);
    const density = (row: number, component: number): number => {
      const [l11, , l21, l22] = mixture.factors[component];
      const [a, b, c] = [l11 * l11, l11 * l21, l21 * l21 + l22 * l22];
      const determinant = a * c - b * b;
      const x = points.values[2 * row] - mixture.means.values[2 * component];
      const y = points.values[2 * row + 1] - mixture.means.values[2 * component + 1];
      const squared = (c * x * x - 2 * b * x * y + a * y * y) / determinant;
      return (mixture.weights[component] * exp(-squared / 2)) / (2 * Math.PI * Math.sqrt(determinant));
    };
    let total = 0;
    for (const row of [0, 1]) {
      const sum = density(row, 0) + density(row, 1);
      total += log(sum) / 2;
      expect(responsibilities.values[row]).toBeCloseTo(density(row, 0) / sum, 12);
      expect(responsibilities.values[2 + row]).toBeCloseTo(density(row, 1) / sum, 12);
    }
    expect(logLikelihood).toBeCloseTo(total, 12);
  });
});

describe("cholesky", () => {
  test("gives a factor whose square is the matrix, or null", () => {
    const factor = cholesky(Float64Array.from([4, 2, 2, 5]), 2);
    expect([...(factor ?? [])]).toEqual([2, 0, 1, 2]);
    expect(cholesky(Float64Array.from([1, 2, 2, 1]), 2)).toBeNull();
  });
});

describe("countParameters", () => {
  test("counts weights, means and covariances", () => {
    expect(countParameters(3, 2, "full")).toBe(2 + 6 + 9);
    expect(countParameters(3, 2, "diagonal")).toBe(2 + 6 + 6);
  });
});
