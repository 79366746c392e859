import fc from "fast-check";
import { expect, test } from "vitest";
import { createBoostingKernel } from "../../../src/trees/boosting-kernel.ts";
import { RowLists } from "../../../src/trees/row-lists.ts";
import type { Split } from "../../../src/trees/tree.ts";

const cells = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.boolean()), { minLength: 1, maxLength: 60 });
const leftBins = fc.option(fc.array(fc.constantFrom(0, 1), { minLength: 5, maxLength: 5 }));

test("the left side comes first, both keep their order, and what one shard tells another does the same", () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 0, max: 3 }), fc.boolean(), leftBins, fc.nat(), (rows, bin, missingLeft, set, cut) => {
      const values = rows.map(([value]) => value);
      const nTrainRows = cut % (rows.length + 1);
      const isDrawn = rows.map(([, drawn], row) => drawn && row < nTrainRows);
      const split: Split = { feature: 7, bin, missingLeft, leftBins: set && Uint8Array.from(set), gain: 0 };
      const goesLeft = (row: number) => {
        if (set) return set[values[row]] === 1;
        return values[row] === 4 ? missingLeft : values[row] <= bin;
      };
      const make = () => {
        const kernel = createBoostingKernel();
        // The feature stands second of two.
        const bins = Uint8Array.from(values.flatMap((value) => [0, value]));
        const lists = new RowLists(kernel, bins, rows.length, nTrainRows, [9, 4]);
        const all = [...values.keys()];
        const node = lists.start(Int32Array.from(all.filter((row) => isDrawn[row])));
        const read = (begin: number, end: number) => [...kernel.int32(lists.rows, rows.length)].slice(begin, end);
        return { lists, node, read };
      };
      const direct = make();
      const grown = direct.read(direct.node.begin, direct.node.end);
      const carried = direct.read(direct.node.carriedBegin, direct.node.carriedEnd);
      expect(grown).toEqual([...values.keys()].filter((row) => isDrawn[row]));
      expect(carried).toEqual([...values.keys()].filter((row) => !isDrawn[row]));
      const sides = direct.lists.sides(direct.node, 1, split);
      const told = make();
      for (const [left, right] of [direct.lists.divide(direct.node, 1, split)]) {
        expect(direct.read(left.begin, left.end)).toEqual(grown.filter(goesLeft));
        expect(direct.read(right.begin, right.end)).toEqual(grown.filter((row) => !goesLeft(row)));
        expect(direct.read(left.carriedBegin, left.carriedEnd)).toEqual(carried.filter(goesLeft));
        expect(direct.read(right.carriedBegin, right.carriedEnd)).toEqual(carried.filter((row) => !goesLeft(row)));
        expect(told.lists.divideBySides(told.node, sides)).toEqual([left, right]);
      }
      expect(told.read(0, rows.length)).toEqual(direct.read(0, rows.length));
    }),
  );
});

test("all rows are grown on where none are drawn, and the rest is carried", () => {
  const lists = new RowLists(createBoostingKernel(), new Uint8Array(5), 5, 3, [1]);
  expect(lists.start(null)).toEqual({ begin: 0, end: 3, carriedBegin: 3, carriedEnd: 5 });
});
