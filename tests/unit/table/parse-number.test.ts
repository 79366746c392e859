import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countDecimals, type DecimalMark, isCode, parseNumber } from "../../../src/table/parse-number.ts";

const cases: [text: string, mark: DecimalMark, value: number, unit: string, rule: string | null][] = [
  ["53", ".", 53, "", null],
  ["-1.5e3", ".", -1500, "", null],
  ["$53.00", ".", 53, "$", "currency"],
  ["-$1,234.50", ".", -1234.5, "$", "currency"],
  ["$-3", ".", -3, "$", "currency"],
  ["1 200 000 ₫", ".", 1_200_000, "₫", "currency"],
  ["1.200.000 VND", ",", 1_200_000, "vnd", "currency"],
  ["5%", ".", 5, "%", "percent"],
  ["12,5 %", ",", 12.5, "%", "percent"],
  ["1,234,567.8", ".", 1_234_567.8, "", "thousands-separator"],
  ["1.234,5", ",", 1234.5, "", "thousands-separator"],
  ["1.234", ",", 1234, "", "thousands-separator"],
  ["1,5", ",", 1.5, "", "decimal-comma"],
  ["1'234", ".", 1234, "", "thousands-separator"],
  ["(1,200)", ".", -1200, "", "parentheses"],
  ["−7", ".", -7, "", null],
];

describe("parseNumber", () => {
  test.each(cases)("%s with %s before decimals", (text, mark, value, unit, rule) => {
    expect(parseNumber(text, mark)).toEqual({ value, unit, rule });
  });

  test.each(["", "abc", "1,23,4", "1,2345", "12.34.56", "--5", "5$6", "$5%", "1e999", "0x10", "Infinity", "1-2", "(−5)", "."])(
    "%s is no number",
    (text) => {
      expect(parseNumber(text, ".")).toBeNull();
    },
  );

  test("a number's own text reads back, in groups and with either mark", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value), ".")?.value).toBe(value === 0 ? 0 : value);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const value = Number(`${whole}.${String(cents).padStart(2, "0")}`) || 0;
        expect(parseNumber(value.toLocaleString("en-US"), ".")?.value).toBe(value);
        expect(parseNumber(value.toLocaleString("de-DE"), ",")?.value).toBe(value);
      }),
    );
  });
});

test("codes are digits with a leading zero, or too many for a double", () => {
  expect(["007", "-01", "1234567890123456"].map(isCode)).toEqual([true, true, true]);
  expect(["0", "0.5", "-0.5", "123456789012345", "A01"].map(isCode)).toEqual([false, false, false, false, false]);
});

test("decimals are those of the shortest form", () => {
  expect([53, 0.1, 2.25, 1e-7, 1.5e-7, 1e21].map(countDecimals)).toEqual([0, 1, 2, 7, 8, 0]);
});
