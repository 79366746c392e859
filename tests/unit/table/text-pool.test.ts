import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCells } from "../../../src/table/cell-block.ts";
import { TextPool } from "../../../src/table/text-pool.ts";
import { isUtf8 } from "../../../src/table/utf8.ts";

const text = fc.oneof(
  fc.constantFrom("", "a", "b", "\ufeff", "Đà Nẵng", "🌸", "0", "00"),
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.string({ unit: "binary", maxLength: 20 }),
);

test("texts are numbered as a Map would", () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 400 }), (texts) => {
      const pool = new TextPool();
      const codeOf = new Map<string, number>();
      const { bytes, starts, ends } = encodeCells(
        texts.map((each) => [each]),
        1,
      );
      texts.forEach((each, i) => {
        if (!codeOf.has(each)) codeOf.set(each, codeOf.size);
        expect(pool.codeOf(bytes, starts[i], ends[i])).toBe(codeOf.get(each));
      });
      expect(pool.texts()).toEqual([...codeOf.keys()]);
    }),
    { numRuns: 300 },
  );
});

test("a hundred thousand texts", () => {
  const pool = new TextPool();
  const texts = Array.from({ length: 100_000 }, (_, i) => `key ${i * 7919} ${i % 10 === 0 ? "ở" : ""}`);
  const { bytes, starts, ends } = encodeCells(
    texts.map((each) => [each]),
    1,
  );
  for (let round = 0; round < 2; round++) {
    const codes = texts.map((_, i) => pool.codeOf(bytes, starts[i], ends[i]));
    expect(codes.every((code, i) => code === i)).toBe(true);
  }
  expect(pool.texts()).toEqual(texts);
});

test("UTF-8 is what a strict decoder takes", () => {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const isDecoded = (bytes: Uint8Array) => {
    try {
      strict.decode(bytes);
      return true;
    } catch {
      return false;
    }
  };
  const lead = fc.constantFrom(
    0x41,
    0x7f,
    0x80,
    0xbf,
    0xc0,
    0xc1,
    0xc2,
    0xdf,
    0xe0,
    0xe1,
    0xed,
    0xef,
    0xf0,
    0xf1,
    0xf4,
    0xf5,
    0xff,
  );
  const follow = fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2);
  let nValid = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof(lead, follow), { maxLength: 6 }), (list) => {
      const bytes = Uint8Array.from(list);
      if (isDecoded(bytes)) nValid++;
      expect(isUtf8(bytes, 0, bytes.length)).toBe(isDecoded(bytes));
    }),
    { numRuns: 20_000 },
  );
  expect(nValid).toBeGreaterThan(500);
});
