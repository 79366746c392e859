import fc from "fast-check";
import { expect, test } from "vitest";
import { Partitioner } from "../../../src/trees/partition.ts";
import type { Split } from "../../../src/trees/tree.ts";

const bins = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 });
const leftBins = fc.option(fc.array(fc.constantFrom(0, 1), { minLength: 5, maxLength: 5 }));

test("the left side comes first, both sides keep their order, and rows outside stay", () => {
  fc.assert(
    fc.property(bins, fc.integer({ min: 0, max: 3 }), fc.boolean(), leftBins, fc.nat(), (values, bin, missingLeft, set, cut) => {
      const binned = { nRows: values.length, nFeatures: 1, bins: Uint8Array.from(values), nBins: Int32Array.of(4) };
      const split: Split = { feature: 0, bin, missingLeft, leftBins: set && Uint8Array.from(set), gain: 0 };
      const goesLeft = (row: number) => {
        if (set) return set[values[row]] === 1;
        return values[row] === 4 ? missingLeft : values[row] <= bin;
      };
      const rows = Int32Array.from(values, (_, i) => values.length - 1 - i);
      const before = [...rows];
      const begin = cut % values.length;
      const middle = new Partitioner(binned).partition(rows, begin, values.length, split);
      const part = before.slice(begin);
      expect([...rows]).toEqual([...before.slice(0, begin), ...part.filter(goesLeft), ...part.filter((row) => !goesLeft(row))]);
      expect(middle).toBe(begin + part.filter(goesLeft).length);
    }),
  );
});
