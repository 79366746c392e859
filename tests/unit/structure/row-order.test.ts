import fc from "fast-check";
import { expect, test } from "vitest";
import { binColumn } from "../../../src/structure/coded-column.ts";
import { findRowOrder } from "../../../src/structure/row-order.ts";
import { textColumn } from "../../../src/table/extend-table.ts";

const leaks = (values: readonly string[]) => {
  const column = textColumn("a", values);
  return findRowOrder(binColumn(column), column.levels);
};
const times = (n: number, value: string) => new Array<string>(n).fill(value);

test("a sorted column leaks at its ends; of two values the early one is named", () => {
  expect(leaks([...times(30, "x"), ...times(40, "y")])).toEqual([{ column: "a", value: "x", auc: 1, firstRow: 1, lastRow: 30 }]);
  expect(leaks([...times(30, "x"), ...times(30, "y"), ...times(30, "z")])).toEqual([
    { column: "a", value: "x", auc: 1, firstRow: 1, lastRow: 30 },
    { column: "a", value: "z", auc: 1, firstRow: 61, lastRow: 90 },
  ]);
});

test("too few rows of a value, or too many values, are not judged", () => {
  expect(leaks([...times(19, "x"), ...times(40, "y")])).toEqual([]);
  expect(leaks(Array.from({ length: 330 }, (_, i) => `v${Math.floor(i / 30)}`))).toEqual([]);
});

test("the AUC is the share of pairs in order", () => {
  const answers = fc.array(fc.constantFrom("x", "y", ""), { minLength: 80, maxLength: 160 });
  fc.assert(
    fc.property(answers, (tail) => {
      const values = [...times(60, "x"), ...tail, ...times(60, "y")];
      const present = values.filter((value) => value !== "");
      let [nBefore, nPairs] = [0, 0];
      present.forEach((early, i) => {
        present.forEach((late, j) => {
          if (early !== "x" || late !== "y") return;
          nPairs++;
          if (i < j) nBefore++;
        });
      });
      const auc = nBefore / nPairs;
      const found = leaks(values);
      if (auc > 0.7500001) expect(found[0].auc).toBeCloseTo(auc, 12);
      else if (auc < 0.7499999) expect(found).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
