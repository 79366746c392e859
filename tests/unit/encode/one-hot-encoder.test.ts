import { describe, expect, it } from "vitest";
import { fitOneHotEncoder } from "../../../src/encode/one-hot-encoder.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import type { Table } from "../../../src/table/table.ts";

const table: Table = {
  nRows: 4,
  columns: [
    { kind: "numeric", name: "n", type: "numeric", values: Float64Array.of(1, 3, Number.NaN, 2), step: 1 },
    { kind: "categorical", name: "c", type: "categorical", codes: Int32Array.of(0, 1, 1, -1), levels: ["x", "y", "unused"] },
  ],
};

describe("fitOneHotEncoder", () => {
  const encoder = fitOneHotEncoder(trainOnAll(table), ["n", "c"]);

  it("standardises numbers and marks what is missing", () => {
    const sd = Math.sqrt(2 / 3);
    // value, missing | y, x, missing (commonest level first)
    const expected = [-1 / sd, 0, 0, 1, 0, 1 / sd, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1];
    expect(encoder.nInputs).toBe(5);
    for (const [i, value] of encoder.transform(table).entries()) expect(value).toBeCloseTo(expected[i], 6);
  });

  it("matches levels by name, and gives an unseen one no input", () => {
    const other: Table = {
      nRows: 2,
      columns: [
        { kind: "numeric", name: "n", type: "numeric", values: Float64Array.of(2, 2), step: 1 },
        { kind: "categorical", name: "c", type: "categorical", codes: Int32Array.of(0, 1), levels: ["new", "x"] },
      ],
    };
    expect([...encoder.transform(other)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  });
});
