import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import {
  type ClusteringContext,
  chooseK,
  elbowOf,
  gapOf,
  isSeparated,
  makeCurve,
  measureReference,
  measureShuffle,
  measureTable,
  shuffleLimit,
  suggestK,
} from "../../../src/segments/choose-k.ts";
import { makeClusterer } from "../../../src/segments/clusterer.ts";
import { buildSegmentMatrix } from "../../../src/segments/segment-matrix.ts";
import type { ChoiceOfK } from "../../../src/segments/segments-report.ts";
import { allRows, type Column } from "../../../src/table/table.ts";
import { blobs } from "./points.ts";

const ks = [2, 3, 4, 5, 6];

function contextOf(rows: readonly (readonly number[])[]): ClusteringContext {
  const columns = rows[0].map((_, i): Column => {
    const values = Float64Array.from(rows, (row) => row[i]);
    return { kind: "numeric", name: `c${i}`, type: "numeric", values, step: 0 };
  });
  const points = buildSegmentMatrix(columns, { scaling: "none", codes: {} });
  const clusterer = makeClusterer({ method: "k-means", covariance: "diagonal", points, steps: new Float64Array(2) });
  return { points, clusterer, rows: allRows(rows.length), nStarts: 4, random: createRandom(11) };
}

function curveOf(context: ClusteringContext): ChoiceOfK[] {
  const shuffles = [0, 1, 2, 3, 4, 5].map((shuffle) => finish(measureShuffle(context, ks, shuffle)));
  const references = [0, 1, 2, 3].map((reference) => finish(measureReference(context, ks, reference)));
  return makeCurve(finish(measureTable(context, ks)), shuffles, references);
}

const three = blobs(
  [
    [0, 0],
    [10, 10],
    [0, 20],
  ],
  60,
  createRandom(2),
);

describe("the choice of k", () => {
  test("finds planted groups by every criterion and separates them from shuffled columns", () => {
    const choices = curveOf(contextOf(three));
    expect(chooseK(choices)).toEqual({ k: 3, chosenBy: "silhouette" });
    expect(suggestK(choices, { gap: -1, bic: 1e6 })).toEqual({ elbow: 3, silhouette: 3, gap: 3, bic: 3 });
    expect(isSeparated(choices[1].silhouette, choices[1].nullSilhouettes)).toBe(true);
    expect(choices[1].nullInertias.every((inertia) => inertia > 2 * choices[1].inertia)).toBe(true);
    expect(choices[1].nullGaps.every((gap) => gap < (choices[1].gap ?? 0))).toBe(true);
    expect(choices[1].nullBics.every((bic) => bic > (choices[1].bic ?? 0))).toBe(true);
  });

  test("calls a cloud without groups a cut, although it can be cut", () => {
    const random = createRandom(3);
    const choices = curveOf(contextOf(Array.from({ length: 300 }, () => [random.next(), random.next()])));
    expect(chooseK(choices)).toEqual({ k: elbowOf(choices), chosenBy: "elbow" });
    for (const { silhouette, nullSilhouettes } of choices) {
      expect(silhouette).toBeGreaterThan(0.3);
      expect(isSeparated(silhouette, nullSilhouettes)).toBe(false);
    }
  });

  test("each shuffle is its own, whichever k are asked for", () => {
    const context = contextOf(three);
    const [of3] = finish(measureShuffle(context, [3], 1));
    expect(finish(measureShuffle(context, ks, 1))[1]).toEqual(of3);
    expect(finish(measureShuffle(context, [3], 2))[0]).not.toEqual(of3);
  });
});

describe("shuffleLimit", () => {
  test("is the prediction limit of a normal: mean + t · sd · √(1 + 1/n)", () => {
    // R: mean(x) + qt(0.99, 3) * sd(x) * sqrt(1 + 1/4) for x = c(0.1, 0.2, 0.3, 0.4)
    const { mean, sd, limit } = shuffleLimit([0.1, 0.2, 0.3, 0.4]);
    expect(mean).toBeCloseTo(0.25, 12);
    expect(limit).toBeCloseTo(0.25 + 4.540703 * sd * Math.sqrt(1.25), 6);
    expect(shuffleLimit([0.3]).limit).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("gapOf", () => {
  test("is the mean log inertia of the references less the own, with sd · √(1 + 1/B)", () => {
    const { gap, error } = gapOf(Math.E, [Math.E ** 2, Math.E ** 4]);
    expect(gap).toBeCloseTo(2, 12);
    expect(error).toBeCloseTo(Math.sqrt(1.5), 12);
    expect(gapOf(0, [1, 2])).toEqual({ gap: null, error: null });
  });
});

describe("elbowOf", () => {
  test("is the point farthest below the chord", () => {
    expect(elbowOf([100, 60, 20, 15, 12].map((inertia, i) => ({ k: i + 2, inertia })))).toBe(4);
  });
});
