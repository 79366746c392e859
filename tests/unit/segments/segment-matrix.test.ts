import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import {
  buildSegmentMatrix,
  encodeColumns,
  inOwnUnits,
  permuteColumns,
  sampleRows,
} from "../../../src/segments/segment-matrix.ts";
import { codeLevels, PURCHASES_PER_YEAR, SEED_FREQUENCY_CODES } from "../../../src/segments/shopping-columns.ts";
import type { CategoricalColumn, Column } from "../../../src/table/table.ts";
import { categorical } from "../support/make-table.ts";

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
  test("levels that the user ordered are numbers, but for the seed project's own coding", () => {
    const often = {
      ...categorical("often", ["Weekly", null, "Monthly"], ["Monthly", "Weekly"]),
      isOrdered: true,
    } as CategoricalColumn;
    expect([...(codeLevels(often, PURCHASES_PER_YEAR) ?? [])]).toEqual([2, Number.NaN, 1]);
    expect([...(codeLevels(often, SEED_FREQUENCY_CODES) ?? [])]).toEqual([7, Number.NaN, 4]);
    const sizes = { ...categorical("size", ["S", "M"]), isOrdered: true } as CategoricalColumn;
    expect([...(codeLevels(sizes, {}) ?? [])]).toEqual([1, 2]);
    expect(codeLevels(categorical("size", ["S", "M"]) as CategoricalColumn, {})).toBeUndefined();
  });

  test("keeps numbers, puts the median for what is missing, codes ordered levels, spreads the others", () => {
    const { matrix, names, starts } = buildSegmentMatrix([age, often, colour], { scaling: "none", codes: PURCHASES_PER_YEAR });
    expect(names).toEqual(["age", "often", "colour=red", "colour=blue"]);
    expect(starts).toEqual([0, 1, 2, 4]);
    expect(column(matrix.values, 4, 0)).toEqual([20, 40, 30, 30]);
    expect(column(matrix.values, 4, 1)).toEqual([52, 4, 1, 4]);
    expect(column(matrix.values, 4, 2)).toEqual([1, 0, 0, 0]);
    expect(column(matrix.values, 4, 3)).toEqual([0, 1, 1, 0]);
  });

  test("standard scaling gives each table column mean 0 and total variance 1", () => {
    const points = buildSegmentMatrix([age, colour], { scaling: "standard", codes: {} });
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
    const points = buildSegmentMatrix([age, colour], { scaling: "none", codes: {} });
    const permuted = permuteColumns(points, createRandom(2));
    expect(column(permuted.values, 3, 0).sort()).toEqual([20, 30, 30, 40]);
    const pairs = column(permuted.values, 3, 1).map((red, row) => `${red}${column(permuted.values, 3, 2)[row]}`);
    expect(pairs.sort()).toEqual(["00", "01", "01", "10"]);
  });
});

describe("sampleRows", () => {
  test("takes all rows of a small table and a seeded sample of a large one", () => {
    expect([...sampleRows(3, 10, createRandom(1))]).toEqual([0, 1, 2]);
    const rows = sampleRows(500, 40, createRandom(1));
    expect(new Set(rows).size).toBe(40);
    expect(rows).toEqual(sampleRows(500, 40, createRandom(1)));
    expect(rows).not.toEqual(sampleRows(500, 40, createRandom(2)));
  });
});

describe("encodeColumns", () => {
  test("codes another table alike, and tells what it does not know", () => {
    const { columns } = buildSegmentMatrix([age, often, colour], { scaling: "none", codes: PURCHASES_PER_YEAR });
    const others: Column[] = [
      { ...age, values: Float64Array.from([10, Number.NaN]) },
      { ...often, codes: Int32Array.from([0, 1]), levels: ["Annually", "Never"] },
      { ...colour, codes: Int32Array.from([1, 0]), levels: ["green", "red"] },
    ];
    const { matrix, unknown } = encodeColumns(others, columns);
    expect([...matrix.values]).toEqual([10, 1, 1, 0, 30, 4, 0, 0]);
    expect(unknown.map((rows) => [...rows])).toEqual([[], [1], [1]]);
  });

  test("two levels of a category lie gamma apart", () => {
    const { matrix } = buildSegmentMatrix([colour], { scaling: "standard", codes: {}, gamma: 0.7 });
    const squared = (a: number, b: number): number =>
      [0, 1].reduce((sum, i) => sum + (matrix.values[2 * a + i] - matrix.values[2 * b + i]) ** 2, 0);
    expect(squared(0, 1)).toBeCloseTo(0.7, 12);
    expect(squared(1, 2)).toBe(0);
  });

  test("gives indicators to the 60 commonest levels alone", () => {
    const codes = Int32Array.from({ length: 300 }, (_, row) => (row < 100 ? row : row % 50));
    const levels = Array.from({ length: 100 }, (_, code) => `v${code}`);
    const many: Column = { kind: "categorical", name: "many", type: "categorical", codes, levels };
    const { matrix, columns } = buildSegmentMatrix([many], { scaling: "none", codes: {} });
    expect(matrix.nColumns).toBe(60);
    expect(columns[0].levels.slice(0, 50)).toEqual(levels.slice(0, 50));
  });
});
