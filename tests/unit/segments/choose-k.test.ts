import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { chooseK, clusterForEach, clusteringVerdict, elbowOf, shuffledSilhouettes } from "../../../src/segments/choose-k.ts";
import { buildSegmentMatrix } from "../../../src/segments/segment-matrix.ts";
import { allRows, type Column } from "../../../src/table/table.ts";
import { blobs } from "./points.ts";

const ks = [2, 3, 4, 5, 6];

function contextOf(points: readonly (readonly number[])[]) {
  const columns = points[0].map((_, i): Column => {
    const values = Float64Array.from(points, (point) => point[i]);
    return { kind: "numeric", name: `c${i}`, type: "numeric", values, step: 0 };
  });
  return { points: buildSegmentMatrix(columns, "none", {}), rows: allRows(points.length), random: createRandom(11) };
}

describe("the choice of k", () => {
  test("finds planted groups and calls them natural", () => {
    const context = contextOf(
      blobs(
        [
          [0, 0],
          [10, 10],
          [0, 20],
        ],
        60,
        createRandom(2),
      ),
    );
    const choices = finish(clusterForEach(context, ks));
    const nullsOfAll = finish(shuffledSilhouettes(context, ks, 0, 8));
    const compared = choices.map((choice, i) => ({ ...choice, nullSilhouettes: nullsOfAll[i] }));
    expect(chooseK(compared)).toEqual({ k: 3, chosenBy: "silhouette" });
    expect(elbowOf(choices)).toBe(3);
    const [nulls] = finish(shuffledSilhouettes(context, [3], 0, 8));
    expect(nulls).toHaveLength(8);
    expect(clusteringVerdict(choices[1].silhouette, nulls)).toBe("natural");
  });

  test("calls a cloud without groups a cut, although it can be cut", () => {
    const random = createRandom(3);
    const context = contextOf(Array.from({ length: 300 }, () => [random.next(), random.next()]));
    const choices = finish(clusterForEach(context, ks));
    const nulls = finish(shuffledSilhouettes(context, ks, 0, 8));
    const compared = choices.map((choice, i) => ({ ...choice, nullSilhouettes: nulls[i] }));
    expect(chooseK(compared)).toEqual({ k: elbowOf(choices), chosenBy: "elbow" });
    choices.forEach((choice, i) => {
      expect(choice.silhouette).toBeGreaterThan(0.3);
      expect(clusteringVerdict(choice.silhouette, nulls[i])).toBe("cut");
    });
  });

  test("shuffles 0…3 and then 4…7 are shuffles 0…7", () => {
    const context = contextOf(
      blobs(
        [
          [0, 0],
          [4, 4],
        ],
        30,
        createRandom(5),
      ),
    );
    const [whole] = finish(shuffledSilhouettes(context, [2], 0, 8));
    const [first] = finish(shuffledSilhouettes(context, [2], 0, 4));
    const [rest] = finish(shuffledSilhouettes(context, [2], 4, 8));
    expect([...first, ...rest]).toEqual(whole);
    expect(new Set(whole).size).toBe(8);
  });
});

describe("clusteringVerdict", () => {
  test("asks for 0.02 above the highest shuffled silhouette", () => {
    expect(clusteringVerdict(0.53, [0.4, 0.5])).toBe("natural");
    expect(clusteringVerdict(0.51, [0.4, 0.5])).toBe("cut");
  });
});

describe("elbowOf", () => {
  test("is the point farthest below the chord", () => {
    const choices = [100, 60, 20, 15, 12].map((inertia, i) => ({ k: i + 2, inertia, silhouette: 0, nullSilhouettes: [] }));
    expect(elbowOf(choices)).toBe(4);
  });
});
