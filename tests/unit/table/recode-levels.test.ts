import fc from "fast-check";
import { expect, test } from "vitest";
import { recodeLevels, recodeTable, writtenAs } from "../../../src/table/recode-levels.ts";
import { type CategoricalColumn, cellText } from "../../../src/table/table.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const often = categorical("often", ["Weekly", null, "Bi-Weekly", "Monthly", "Fortnightly", "Weekly"]) as CategoricalColumn;
const textsOf = (column: CategoricalColumn) => Array.from(column.codes, (_, row) => cellText(column, row));

test("labels are renamed and merged; the others and the order of appearance stay", () => {
  const groups = [["Every 2 weeks", "Bi-Weekly", "Fortnightly"], ["Monthly"]];
  const recoded = recodeLevels(often, { groups, isOrdered: false });
  expect(textsOf(recoded)).toEqual(["Weekly", "", "Every 2 weeks", "Monthly", "Every 2 weeks", "Weekly"]);
  expect(recoded.levels).toEqual(["Weekly", "Every 2 weeks", "Monthly"]);
  expect(recoded.isOrdered).toBeUndefined();
});

test("an order puts the groups first, those without a row too, and the rest behind", () => {
  const groups = [["Monthly"], ["Yearly"], ["2 weeks", "Fortnightly", "Bi-Weekly"]];
  const recoded = recodeLevels(often, { groups, isOrdered: true });
  expect(recoded).toMatchObject({ levels: ["Monthly", "Yearly", "2 weeks", "Weekly"], isOrdered: true });
  expect(textsOf(recoded)).toEqual(["Weekly", "", "2 weeks", "Monthly", "2 weeks", "Weekly"]);
});

test("a name that another label has makes one level of both; names may be exchanged", () => {
  expect(recodeLevels(often, { groups: [["Weekly", "Monthly"]], isOrdered: false }).levels).toEqual([
    "Weekly",
    "Bi-Weekly",
    "Fortnightly",
  ]);
  const exchanged = {
    groups: [
      ["Monthly", "Weekly"],
      ["Weekly", "Monthly"],
    ],
    isOrdered: false,
  };
  expect(textsOf(recodeLevels(often, exchanged))).toEqual(["Monthly", "", "Bi-Weekly", "Weekly", "Fortnightly", "Monthly"]);
});

test("no row is lost: each value is its label's name, whatever the groups", () => {
  const label = fc.constantFrom("a", "b", "c", "d", "__proto__", "constructor");
  fc.assert(
    fc.property(
      fc.array(fc.option(label), { minLength: 1, maxLength: 40 }),
      fc.array(fc.array(label, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      fc.boolean(),
      (values, groups, isOrdered) => {
        const column = categorical("x", values) as CategoricalColumn;
        const recoded = recodeLevels(column, { groups, isOrdered });
        const write = writtenAs({ groups });
        expect(textsOf(recoded)).toEqual(values.map((value) => (value === null ? "" : write(value))));
        expect(new Set(recoded.levels).size).toBe(recoded.levels.length);
      },
    ),
  );
});

test("of a table only the named columns of words change", () => {
  const before = table(often, numeric("Monthly", [1, 2, 3, 4, 5, 6]));
  const edit = { groups: [["M", "Monthly"]], isOrdered: false };
  const after = recodeTable(before, { often: edit, Monthly: edit, absent: edit });
  expect(after.columns[1]).toBe(before.columns[1]);
  expect(textsOf(after.columns[0] as CategoricalColumn)[3]).toBe("M");
});
