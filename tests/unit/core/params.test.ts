import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SETTINGS } from "../../../src/app/state/settings.ts";
import { TrendloomError } from "../../../src/core/errors.ts";
import { decodeParams, defaultValues, encodeParams, parseParam } from "../../../src/core/params.ts";

test("defaults encode to nothing and come back", () => {
  expect(encodeParams(SETTINGS, defaultValues(SETTINGS))).toEqual({});
  expect(decodeParams(SETTINGS, {})).toEqual(defaultValues(SETTINGS));
});

test("every default is legal, and keys are not used twice", () => {
  for (const [name, param] of Object.entries(SETTINGS)) expect(parseParam(name, param, param.default)).toEqual(param.default);
  const keys = Object.values(SETTINGS).map((param) => param.key);
  expect(new Set(keys).size).toBe(keys.length);
});

test("what was changed comes back as it was", () => {
  const values = {
    ...defaultValues(SETTINGS),
    seed: 7,
    target: "Age",
    learners: ["xgboost"] as const,
    roles: { __proto__x: "ignore" as const },
    types: { Age: "text" as const },
    levels: { Size: { groups: [["small", "S", "XS"], ["M"]], isOrdered: true } },
  };
  expect(decodeParams(SETTINGS, encodeParams(SETTINGS, values))).toEqual(values);
});

describe("what is not legal is refused by name", () => {
  test.each([
    ["s", -1],
    ["s", 1.5],
    ["s", "42"],
    ["f", 11],
    ["l", []],
    ["l", ["nobody"]],
    ["np", "best"],
    ["t", "x".repeat(121)],
    ["gc", Array.from({ length: 21 }, () => "a")],
    ["r", { Age: "target" }],
    ["r", [["Age", "ignore"]]],
    ["ty", { Age: "integer" }],
    ["lv", { Size: ["S", "M"] }],
    ["lv", { Size: { groups: [[]], isOrdered: true } }],
    ["lv", { Size: { groups: [["S"]], isOrdered: 1 } }],
    ["lv", { Size: { groups: [["S"]], isOrdered: true, rows: [["1", "Male"]] } }],
    ["lv", { Size: { groups: [["x".repeat(121)]], isOrdered: false } }],
    ["lv", { Size: { groups: Array.from({ length: 201 }, () => ["a"]), isOrdered: false } }],
    ["q", 1],
    ["rows", [["1", "Male"]]],
    ["__proto__x", 1],
  ])("%s = %j", (key, value) => {
    expect(() => decodeParams(SETTINGS, { [key]: value })).toThrow(TrendloomError);
  });
});

test("no value that is accepted can hold more than names and choices", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...Object.values(SETTINGS).map((param) => param.key)), fc.jsonValue()),
      (encoded) => {
        try {
          const text = JSON.stringify(decodeParams(SETTINGS, encoded));
          // 60 roles and types, 200 labels, 20 columns and 5 conditions of 120 characters are the most there is room for.
          expect(text.length).toBeLessThan(50_000);
        } catch (error) {
          expect(error).toBeInstanceOf(TrendloomError);
        }
      },
    ),
  );
});
