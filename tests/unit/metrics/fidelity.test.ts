import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  columnShapes,
  countCopies,
  cramersV,
  ksComplement,
  pairTrends,
  pearson,
  prepareReference,
  tvComplement,
} from "../../../src/metrics/fidelity.ts";
import type { Column, Table } from "../../../src/table/table.ts";
import golden from "../../golden/fidelity.json";

function toTable(rows: readonly (readonly string[])[]): Table {
  const columns = golden.columns.map((name, c): Column => {
    const cells = rows.map((row) => row[c]);
    if (c < 2) return { kind: "numeric", name, type: "numeric", values: Float64Array.from(cells, Number), step: 0.001 };
    const levels = [...new Set(cells)];
    return {
      kind: "categorical",
      name,
      type: "categorical",
      levels,
      codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)),
    };
  });
  return { nRows: rows.length, columns };
}

const real = toTable(golden.real);
const made = toTable(golden.made);
const reference = prepareReference(real);

describe("fidelity against SciPy and pandas", () => {
  it("column shapes", () => {
    for (const [i, shape] of columnShapes(reference, made).entries()) expect(shape).toBeCloseTo(golden.shapes[i], 12);
  });

  it("pairs and signal pairs", () => {
    const trends = pairTrends(reference, made);
    expect(trends.all).toBeCloseTo(golden.pairs, 12);
    expect(trends.signal).toBeCloseTo(golden.signalPairs, 12);
    expect(reference.nSignalPairs).toBe(golden.nSignalPairs);
    expect(pairTrends(reference, made, "signal").signal).toBe(trends.signal);
  });

  it("correlation and bias-corrected Cramér's V", () => {
    const position = (name: string | number) => golden.columns.indexOf(String(name));
    for (const [a, b, value] of golden.associations) {
      const [i, j] = [position(a), position(b)];
      const [x, y] = [real.columns[i], real.columns[j]];
      const strength =
        x.kind === "numeric" && y.kind === "numeric"
          ? pearson(x.values, y.values)
          : cramersV(reference.coded[i].codes, reference.coded[i].nCodes, reference.coded[j].codes, reference.coded[j].nCodes);
      expect(strength).toBeCloseTo(Number(value), 10);
    }
  });
});

describe("fidelity", () => {
  it("is 1 for the table itself, whatever the order of rows and levels", () => {
    const turned: Table = {
      nRows: real.nRows,
      columns: real.columns.map((column) => {
        if (column.kind === "numeric") return { ...column, values: column.values.slice().reverse() };
        const last = column.levels.length - 1;
        return { ...column, levels: [...column.levels].reverse(), codes: column.codes.map((code) => last - code).reverse() };
      }),
    };
    for (const shape of columnShapes(reference, turned)) expect(shape).toBeCloseTo(1, 12);
    expect(pairTrends(reference, turned)).toEqual({ all: expect.closeTo(1, 12), signal: expect.closeTo(1, 12) });
  });

  it("counts levels that real rows do not have, and missing values, as differences", () => {
    const one = (codes: number[], levels: string[]): Table => ({
      nRows: codes.length,
      columns: [{ kind: "categorical", name: "c", type: "categorical", levels, codes: Int32Array.from(codes) }],
    });
    const ab = prepareReference(one([0, 0, 1, 1], ["a", "b"]));
    expect(columnShapes(ab, one([0, 0, 1, 1], ["b", "z"]))[0]).toBe(0.5);
    expect(columnShapes(ab, one([0, 0, 1, -1], ["a", "b"]))[0]).toBe(0.75);
    expect(pairTrends(ab, one([0], ["a"])).signal).toBeNaN();
  });

  it("compares distribution functions as a naive twin does", () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const share = (list: number[], x: number) => list.filter((value) => value <= x).length / list.length;
        const naive = 1 - Math.max(...[...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x))));
        expect(ksComplement(Float64Array.from(a), Float64Array.from(b))).toBeCloseTo(naive, 12);
      }),
    );
  });

  it("leaves missing numbers out", () => {
    expect(ksComplement(Float64Array.of(1, Number.NaN), Float64Array.of(1, 1))).toBe(1);
    expect(ksComplement(Float64Array.of(Number.NaN), Float64Array.of(1))).toBe(0);
    expect(tvComplement([3, 1], [1, 1])).toBe(0.75);
  });

  it("finds copies in every column alike", () => {
    const first = {
      nRows: 1,
      columns: real.columns.map((c) =>
        c.kind === "numeric" ? { ...c, values: c.values.slice(4, 5) } : { ...c, codes: c.codes.slice(4, 5) },
      ),
    };
    expect(countCopies(real, first)).toBe(1);
    expect(countCopies(first, real)).toBe(1);
    expect(countCopies(real, made)).toBe(0);
  });
});
