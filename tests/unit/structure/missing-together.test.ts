import fc from "fast-check";
import { expect, test } from "vitest";
import { missingTogether } from "../../../src/structure/missing-together.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

test("rows are sorted by which columns they lack, the commonest group first", () => {
  const given = table(
    numeric("a", [null, null, null, 1, 1, null]),
    categorical("b", [null, null, "x", "x", null, null]),
    numeric("c", [1, 1, 1, 1, 1, 1]),
  );
  expect(missingTogether(given, ["a", "b"])).toEqual({
    columns: ["a", "b"],
    groups: [
      { columns: [0, 1], nRows: 3 },
      { columns: [0], nRows: 1 },
      { columns: [1], nRows: 1 },
    ],
    nOther: 0,
    nComplete: 1,
    nSeveral: 3,
  });
});

test("every row is in one group, in a rarer one, or complete, and each column's gaps are in its groups", () => {
  const cell = fc.option(fc.constant(1), { nil: null, freq: 2 });
  const row = fc.array(cell, { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      const names = ["a", "b", "c", "d", "e"];
      const given = table(
        ...names.map((name, i) =>
          numeric(
            name,
            rows.map((cells) => cells[i]),
          ),
        ),
      );
      const found = missingTogether(given, names);
      const inGroups = found.groups.reduce((sum, { nRows }) => sum + nRows, 0);
      expect(inGroups + found.nOther + found.nComplete).toBe(rows.length);
      expect(found.nComplete).toBe(rows.filter((cells) => cells.every((value) => value !== null)).length);
      expect(found.nSeveral).toBe(rows.filter((cells) => cells.filter((value) => value === null).length > 1).length);
      for (const { columns, nRows } of found.groups) {
        const same = rows.filter((cells) => cells.every((value, i) => (value === null) === columns.includes(i)));
        expect(nRows).toBe(same.length);
      }
    }),
  );
});

test("no more than twelve columns and ten groups are told apart", () => {
  const names = Array.from({ length: 15 }, (_, i) => `c${i}`);
  const given = table(
    ...names.map((name, i) =>
      numeric(
        name,
        Array.from({ length: 15 }, (__, row) => (row === i ? null : 1)),
      ),
    ),
  );
  const found = missingTogether(given, names);
  expect(found.columns).toHaveLength(12);
  expect(found.groups).toHaveLength(10);
  expect([found.nOther, found.nComplete, found.nSeveral]).toEqual([2, 3, 0]);
});
