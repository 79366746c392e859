import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignByRules, segmentByRules } from "../../../src/segments/rule-segments.ts";
import {
  CONDITION_OPERATORS,
  readDefinition,
  type SegmentDefinition,
  writeDefinition,
} from "../../../src/segments/segment-definition.params.ts";
import { tableOf } from "../support/load-table.ts";

const read = tableOf(
  ["Amount", "Gender"],
  [
    ["90", "Female"],
    ["85", "Male"],
    ["20", "Female"],
    ["", "Male"],
    ["50", "Male"],
    ["20", ""],
  ],
);
const days = Float64Array.from(read.columns[0].kind === "numeric" ? read.columns[0].values : [], (_, row) =>
  Date.UTC(2024, row, 5),
);
const day = { kind: "numeric", name: "Day", type: "date", values: days, step: 1 } as const;
const table = { ...read, columns: [...read.columns, day] };
const rule = (line: string): SegmentDefinition => {
  const definition = readDefinition(line);
  if (!definition) throw new Error(`no definition: ${line}`);
  return definition;
};

describe("segmentByRules", () => {
  test("takes the first definition that a row meets, the rest are others", () => {
    const made = segmentByRules(table, [rule("Big: Amount >= 85"), rule("Women: Gender = Female"), rule("None: Amount > 1000")]);
    expect(made.names).toEqual(["Big", "Women", "others"]);
    expect(made.isOwnName).toEqual([true, true, false]);
    expect([...made.labels]).toEqual([0, 0, 1, 2, 2, 2]);
    expect(made.segmentOf).toEqual([0, 1, -1, 2]);
  });

  test("definitions of one name make one segment; a missing value meets no condition", () => {
    const made = segmentByRules(table, [
      rule("A: Amount < 30 & Gender != Male"),
      rule("B: Amount = 50"),
      rule("A: Day >= 2024-04-01"),
    ]);
    expect(made.names).toEqual(["A", "B", "others"]);
    expect([...made.labels]).toEqual([2, 2, 0, 0, 1, 0]);
  });

  test("assigns rows of another table by the same rules", () => {
    const definitions = [rule("Big: Amount >= 85"), rule("Small: Amount < 85")];
    const all = tableOf(["Amount"], [["90"], ["10"], ["85"]]);
    const { segmentOf } = segmentByRules(all, definitions);
    const other = tableOf(["Amount"], [["1"], [""], ["100"]]);
    expect([...assignByRules(other, definitions, segmentOf)]).toEqual([1, 255, 0]);
  });

  test("refuses comparisons that make no sense, by name", () => {
    for (const line of ["A: Amount >= much", "A: Gender > Female"])
      expect(() => segmentByRules(table, [rule(line)])).toThrow(expect.objectContaining({ code: "parameter-invalid" }));
    expect(() => segmentByRules(table, [rule("A: Height > 3")])).toThrow(
      expect.objectContaining({ code: "segment-columns-missing" }),
    );
  });
});

describe("a definition as one line", () => {
  test("reads back as it was written, whatever the names", () => {
    const text = fc.string({ minLength: 1, maxLength: 12 });
    const condition = fc.record({
      column: text,
      operator: fc.constantFrom(...CONDITION_OPERATORS),
      value: fc.string({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.record({ name: text, conditions: fc.array(condition, { minLength: 1, maxLength: 3 }) }), (definition) => {
        expect(readDefinition(writeDefinition(definition))).toEqual(definition);
      }),
    );
  });

  test("may be written by hand", () => {
    expect(readDefinition("Big women:Purchase Amount (USD)>=80&Gender=Female")).toEqual({
      name: "Big women",
      conditions: [
        { column: "Purchase Amount (USD)", operator: ">=", value: "80" },
        { column: "Gender", operator: "=", value: "Female" },
      ],
    });
    for (const line of ["", "A", "A:", "A: b", "A: b =", "A: b = c &", "A: b c", ": a = b", 'A: "b = c', "A: b = c = d"])
      expect(readDefinition(line)).toBeNull();
  });
});
