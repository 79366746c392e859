import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { buildSegmentMatrix, inOwnUnits, permuteColumns } from "../../../src/segments/segment-matrix.ts";
import { PURCHASES_PER_YEAR } from "../../../src/segments/shopping-columns.ts";
import type { Column } from "../../../src/table/table.ts";

const age: Column = {
  kind: "numeric",
  name: "age",
  type: "integer",
  values: Float64Array.from([20, 40, Number.NaN, 30]),
  step: 1,
};
const often: Column = {
  kind: "categorical",
  name: "often",
  type: "categorical",
  codes: Int32Array.from([0, 1, 2, 1]),
  levels: ["Weekly", "Every 3 Months", "Annually"],
};
const colour: Column = {
  kind: "categorical",
  name: "colour",
  type: "categorical",
  codes: Int32Array.from([0, 1, 1, -1]),
  levels: ["red", "blue"],
};

const column = (values: Float64Array, nColumns: number, at: number): number[] =>
  [...values].filter((_, i) => i % nColumns === at);

describe("buildSegmentMatrix", () => {
  test("keeps numbers, puts the median for what is missing, codes ordered levels, spreads the others", () => {
    const { matrix, names, starts } = buildSegmentMatrix([age, often, colour], "none", PURCHASES_PER_YEAR);
    expect(names).toEqual(["age", "often", "colour=red", "colour=blue"]);
    expect(starts).toEqual([0, 1, 2, 4]);
    expect(column(matrix.values, 4, 0)).toEqual([20, 40, 30, 30]);
    expect(column(matrix.values, 4, 1)).toEqual([52, 4, 1, 4]);
    expect(column(matrix.values, 4, 2)).toEqual([1, 0, 0, 0]);
    expect(column(matrix.values, 4, 3)).toEqual([0, 1, 1, 0]);
  });

  test("standard scaling gives each table column mean 0 and total variance 1", () => {
    const points = buildSegmentMatrix([age, colour], "standard", {});
    const variances = [0, 1, 2].map((at) => {
      const values = column(points.matrix.values, 3, at);
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
      return values.reduce((sum, value) => sum + value ** 2, 0) / 4;
    });
    expect(variances[0]).toBeCloseTo(1, 12);
    expect(variances[1] + variances[2]).toBeCloseTo(1, 12);
    const back = inOwnUnits(points, points.matrix);
    expect(back.map((row) => row[0])).toEqual([20, 40, 30, 30]);
  });
});

describe("permuteColumns", () => {
  test("deals whole table columns anew: the same values, indicators still together", () => {
    const points = buildSegmentMatrix([age, colour], "none", {});
    const permuted = permuteColumns(points, createRandom(2));
    expect(column(permuted.values, 3, 0).sort()).toEqual([20, 30, 30, 40]);
    const pairs = column(permuted.values, 3, 1).map((red, row) => `${red}${column(permuted.values, 3, 2)[row]}`);
    expect(pairs.sort()).toEqual(["00", "01", "01", "10"]);
  });
});
