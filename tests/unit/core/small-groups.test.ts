import fc from "fast-check";
import { expect, test } from "vitest";
import { findSmallGroups, MIN_GROUP_ROWS } from "../../../src/core/small-groups.ts";

test("small groups are hidden, with the next smallest where the total would give them away", () => {
  expect(findSmallGroups([40, 3, 0, 25, 60])).toEqual([false, true, false, true, false]);
  expect(findSmallGroups([40, 6, 7, 25])).toEqual([false, true, true, false]);
  expect(findSmallGroups([10, 25, 0])).toEqual([false, false, false]);
  expect(findSmallGroups([4])).toEqual([true]);
});

test("what is hidden is nobody or at least k rows, unless there is nothing else to hide", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 12 }), (counts) => {
      const hidden = findSmallGroups(counts);
      counts.forEach((count, i) => {
        if (count > 0 && count < MIN_GROUP_ROWS) expect(hidden[i]).toBe(true);
        if (count === 0) expect(hidden[i]).toBe(false);
      });
      const nHidden = counts.reduce((sum, count, i) => (hidden[i] ? sum + count : sum), 0);
      const nRows = counts.reduce((sum, count) => sum + count, 0);
      if (nHidden > 0) expect(nHidden >= MIN_GROUP_ROWS || nHidden === nRows).toBe(true);
    }),
  );
});
