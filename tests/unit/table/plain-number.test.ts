import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCells } from "../../../src/table/cell-block.ts";
import { countDecimals } from "../../../src/table/parse-number.ts";
import { type PlainNumber, plainText, readPlainNumber } from "../../../src/table/plain-number.ts";
import { RawColumnBuilder, rawText, withoutPlain } from "../../../src/table/raw-column.ts";

function readOne(text: string): PlainNumber | null {
  const number = { value: 0, nDecimals: 0, nSignificantDecimals: 0 };
  const bytes = new TextEncoder().encode(text);
  return readPlainNumber(bytes, 0, bytes.length, number) ? number : null;
}

test.each(["0", "53", "-7", "1.50", "0.05", "-0.5", "123456789012345", "0.00000000000001"])("%s is a plain number", (text) => {
  const number = readOne(text);
  expect(number?.value).toBe(Number(text));
  expect(plainText(number?.value ?? Number.NaN, number?.nDecimals ?? 0)).toBe(text);
  expect(number?.nSignificantDecimals).toBe(countDecimals(Number(text)));
});

test.each(["", "-", "+5", "05", "00", ".5", "5.", "-0", "-0.0", "1e5", "1,5", "1.2.3", " 5", "1234567890123456", "$5"])(
  "%j is none",
  (text) => {
    expect(readOne(text)).toBeNull();
  },
);

test("whatever is read has the value of Number and gives its own text back", () => {
  const decimals = fc.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }));
  fc.assert(
    fc.property(decimals, ([digits, nDecimals]) => {
      const text = (digits / 10 ** nDecimals).toFixed(nDecimals);
      const number = readOne(text);
      if (number === null) return expect(text).toMatch(/^-0/);
      expect([number.value, plainText(number.value, number.nDecimals)]).toEqual([Number(text), text]);
    }),
    { numRuns: 2000 },
  );
});

test("a long column of numbers keeps every text, those of other kinds too", () => {
  const texts = Array.from({ length: 20_000 }, (_, i) =>
    i % 999 === 7 ? "n/a" : i % 500 === 3 ? `$${i}` : (i / 8).toFixed(i % 4),
  );
  const builder = new RawColumnBuilder("x");
  const rows = texts.map((text) => [text]);
  for (let at = 0; at < rows.length; at += 3000) builder.push(encodeCells(rows.slice(at, at + 3000), 1), 0, 0);
  const raw = builder.finish();
  expect(raw.plain?.count).toBeGreaterThan(19_000);
  expect(raw.texts.length).toBeLessThan(60);
  expect(texts.map((_, row) => rawText(raw, row))).toEqual(texts);
  const textual = withoutPlain(raw);
  expect(textual.plain).toBeNull();
  expect(textual.texts).toEqual([...new Set(texts)]);
  expect(Array.from(textual.codes, (code) => textual.texts[code])).toEqual(texts);
});
