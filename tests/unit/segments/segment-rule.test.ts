import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { describeSegment } from "../../../src/segments/segment-rule.ts";
import type { Column } from "../../../src/table/table.ts";

const random = createRandom(6);
const nRows = 500;
const numeric = (name: string): Column & { kind: "numeric" } => ({
  kind: "numeric",
  name,
  type: "integer",
  values: Float64Array.from({ length: nRows }, () => random.integer(100)),
  step: 1,
});
const age = numeric("age");
const orders = numeric("orders");
const shop: Column & { kind: "categorical" } = {
  kind: "categorical",
  name: "shop",
  type: "categorical",
  codes: Int32Array.from({ length: nRows }, () => random.integer(4)),
  levels: ["north", "east", "south", "west"],
};
const members = (isMember: (row: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: nRows }, (_, row) => Number(isMember(row)));

describe("describeSegment", () => {
  test("finds the bounds of a planted box", () => {
    const rule = describeSegment(
      [age, orders, shop],
      members((row) => age.values[row] <= 40 && orders.values[row] >= 60),
    );
    expect(rule).toEqual({
      accuracy: 1,
      bounds: [
        { column: "age", low: null, high: 40, values: [] },
        { column: "orders", low: 60, high: null, values: [] },
      ],
    });
  });

  test("finds both ends of a range and sets of levels", () => {
    const isMember = members((row) => age.values[row] >= 30 && age.values[row] <= 59 && shop.codes[row] % 2 === 1);
    expect(describeSegment([age, orders, shop], isMember)).toEqual({
      accuracy: 1,
      bounds: [
        { column: "age", low: 30, high: 59, values: [] },
        { column: "shop", low: null, high: null, values: ["east", "west"] },
      ],
    });
  });

  test("says nothing about a segment drawn by lot, beyond terms that hardly help", () => {
    const isMember = members(() => random.next() < 0.5);
    const rule = describeSegment([age], isMember);
    expect(rule.accuracy).toBeLessThan(0.62);
  });

  test("leaves rows without a value outside", () => {
    const values = Float64Array.from([1, 2, Number.NaN, 9, 10]);
    const column: Column = { kind: "numeric", name: "n", type: "numeric", values, step: 1 };
    const rule = describeSegment([column], Uint8Array.from([1, 1, 1, 0, 0]));
    expect(rule).toEqual({ accuracy: 0.8, bounds: [{ column: "n", low: null, high: 2, values: [] }] });
  });
});
