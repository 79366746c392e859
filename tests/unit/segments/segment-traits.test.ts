import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { indexTraits, separation, traitOf } from "../../../src/segments/segment-traits.ts";
import type { Column } from "../../../src/table/table.ts";

const numeric = (values: number[]): Column => ({
  kind: "numeric",
  name: "n",
  type: "numeric",
  values: Float64Array.from(values),
  step: 1,
});
const categorical = (codes: number[], levels: string[]): Column => ({
  kind: "categorical",
  name: "c",
  type: "categorical",
  codes: Int32Array.from(codes),
  levels,
});

describe("indexTraits", () => {
  test("is the segment's mean over the whole's, missing values aside", () => {
    const trait = traitOf(numeric([1, 3, Number.NaN, 8]), Uint8Array.from([0, 0, 0, 1]), 2);
    expect(indexTraits(trait, Uint8Array.from([0, 0, 0, 1]), 2)[0]).toMatchObject({ column: "n", value: null, index: 50 });
  });

  test("has no width where the segment is the whole table", () => {
    const trait = traitOf(numeric([1, 3, 4]), new Uint8Array(3), 1);
    const index = indexTraits(trait, new Uint8Array(3), 1)[0];
    expect(index?.index).toBe(100);
    expect(index?.low).toBeCloseTo(100, 9);
    expect(index?.high).toBeCloseTo(100, 9);
  });

  test("covers 100 in about 95 of 100 segments drawn by lot", () => {
    const random = createRandom(9);
    let nCovered = 0;
    for (let round = 0; round < 400; round++) {
      const values = Array.from({ length: 200 }, () => 5 + random.normal());
      const labels = Uint8Array.from(values, () => random.integer(3));
      const index = indexTraits(traitOf(numeric(values), labels, 3), labels, 3)[0];
      nCovered += Number(index !== null && index.low <= 100 && index.high >= 100);
    }
    expect(nCovered / 400).toBeGreaterThan(0.915);
    expect(nCovered / 400).toBeLessThan(0.985);
  });

  test("is not told for columns with negative values or an empty segment", () => {
    const labels = Uint8Array.from([0, 1]);
    expect(indexTraits(traitOf(numeric([-1, 3]), labels, 2), labels, 2)[0]).toBeNull();
    expect(indexTraits(traitOf(numeric([1, 3]), labels, 3), labels, 3)[2]).toBeNull();
  });
});

describe("traitOf", () => {
  test("tells the share of Yes, else of the level in which the segments differ most", () => {
    const labels = Uint8Array.from([0, 0, 1, 1]);
    expect(traitOf(categorical([0, 1, 0, 1], ["No", "Yes"]), labels, 2).value).toBe("Yes");
    const trait = traitOf(categorical([0, 1, 2, 2], ["a", "b", "c"]), labels, 2);
    expect(trait.value).toBe("c");
    expect(indexTraits(trait, labels, 2)[1]?.index).toBe(200);
  });
});

describe("separation", () => {
  test("is 1 where the segments are the column, 0 where they have nothing to do with it", () => {
    const random = createRandom(12);
    const labels = Uint8Array.from({ length: 600 }, () => random.integer(3));
    expect(separation(categorical([...labels], ["a", "b", "c"]), labels, 3)).toBeGreaterThan(0.99);
    expect(separation(numeric([...labels]), labels, 3)).toBeGreaterThan(0.99);
    expect(separation(numeric(Array.from(labels, () => random.normal())), labels, 3)).toBeLessThan(0.01);
    expect(
      separation(
        categorical(
          Array.from(labels, () => random.integer(5)),
          ["a", "b", "c", "d", "e"],
        ),
        labels,
        3,
      ),
    ).toBeLessThan(0.01);
  });
});
