import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { MAX_FILE_BYTES } from "../../../src/table/read-csv.params.ts";
import { readCsv } from "../../../src/table/read-csv.ts";
import { read, texts } from "./reading.ts";

const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf16 = (text: string, isBigEndian = false) =>
  Uint8Array.from(
    [...text].flatMap((char) => {
      const code = char.charCodeAt(0);
      return isBigEndian ? [code >> 8, code & 255] : [code & 255, code >> 8];
    }),
  );
const names = (source: string | Uint8Array) => read(source).table.columns.map((column) => column.name);
const rules = (source: string | Uint8Array) => read(source).facts.repaired.counts.map(({ rule }) => rule);

describe("encodings", () => {
  test("UTF-8 with a mark, which is recorded on line 1", () => {
    const { table, facts } = read("\ufeffTuổi,b\n1,2\n");
    expect(table.columns[0].name).toBe("Tuổi");
    expect(facts.encoding).toBe("utf-8");
    expect(facts.repaired.samples).toEqual([{ line: 1, column: "", was: "EF BB BF", became: "", rule: "byte-order-mark" }]);
  });

  test("UTF-16 in both orders, with and without a mark", () => {
    const text = "Mùa,amount\nXuân,5\nHạ,6\n";
    const sources = [utf16(`\ufeff${text}`), utf16(`\ufeff${text}`, true), utf16(text), utf16(text, true)];
    for (const source of sources) expect(texts(read(source).table, "Mùa")).toEqual(["Xuân", "Hạ"]);
    expect(sources.map((source) => read(source).facts.encoding)).toEqual(["utf-16le", "utf-16be", "utf-16le", "utf-16be"]);
  });

  test("anything else is windows-1252", () => {
    const { table, facts } = read(latin("caf\u00e9,price\n\u00f1,1\n"));
    expect(facts.encoding).toBe("windows-1252");
    expect(texts(table, "café")).toEqual(["ñ"]);
  });
});

describe("lines and delimiters", () => {
  test.each([",", ";", "\t", "|"])("delimiter %j", (delimiter) => {
    const { table, facts } = read(`${["a", "b", "c"].join(delimiter)}\n${["1", "x y", "3"].join(delimiter)}\n`);
    expect(facts.delimiter).toBe(delimiter);
    expect(texts(table, "b")).toEqual(["x y"]);
  });

  test("semicolons with decimal commas, and Excel's own first line", () => {
    expect(texts(read("a;b\n1,5;2\n2,5;3\n").table, "a")).toEqual(["1.5", "2.5"]);
    expect(texts(read("sep=;\r\na;b,c\r\n1;2\r\n").table, "b,c")).toEqual(["2"]);
  });

  test.each(["\n", "\r\n", "\r"])("line end %j", (lineEnd) => {
    const { table, facts } = read(["a,b", '1,"x\ny"', "2,z", ""].join(lineEnd));
    expect(facts).toMatchObject({ lineEnd, repaired: { count: 0 }, skipped: { count: 0 } });
    expect(texts(table, "b")).toEqual(["x\ny", "z"]);
  });

  test("mixed line ends are one repair", () => {
    const source = "a,b\r\n1,2\n3,4\r\n5,6";
    expect(texts(read(source).table, "b")).toEqual(["2", "4", "6"]);
    expect(rules(source)).toEqual(["mixed-line-ends"]);
  });

  test("quotes hold delimiters, quotes and line breaks; lines are counted through them", () => {
    const { table, facts } = read('a,b\n"x,""y""","1\n2\n3"\n4\n5,6\n');
    expect(texts(table, "a")).toEqual(['x,"y"', "5"]);
    expect(facts.skipped.samples).toEqual([{ line: 5, reason: "too-few-values", text: "4" }]);
  });

  test("ragged lines are skipped and listed; blank ones and trailing delimiters are not", () => {
    const { table, facts } = read("a,b\n1,2\n\n3\n4,5,6\n7,8,\n  \n9,10\n");
    expect(texts(table, "a")).toEqual(["1", "7", "9"]);
    expect(facts.skipped).toEqual({
      count: 2,
      samples: [
        { line: 4, reason: "too-few-values", text: "3" },
        { line: 5, reason: "too-many-values", text: "4,5,6" },
      ],
    });
  });

  test("a quote that is never closed costs its own line only", () => {
    const { table, facts } = read('a,b\n1,"x\n2,y\n3,z\n');
    expect(texts(table, "a")).toEqual(["2", "3"]);
    expect(facts.skipped.samples).toEqual([{ line: 2, reason: "unclosed-quote", text: '1,"x' }]);
  });

  test("rows across pieces of text are the same as in one piece", () => {
    const rows = Array.from({ length: 9000 }, (_, i) => `${i},"note ""${i}"" of\n${"x".repeat(i % 40)}",${i % 2 ? "Yes" : "No"}`);
    const { table, facts } = read(`key,note,answer\r\n${rows.join("\r\n")}\r\n`);
    expect(table.nRows).toBe(9000);
    expect(texts(table, "note")[8999]).toBe(`note "8999" of\n${"x".repeat(39)}`);
    expect(facts.skipped.count).toBe(0);
    const long = read(`a,b\n1,"${"long ".repeat(60_000)}"\n2,short\n`);
    expect(texts(long.table, "b").map((text) => text.length)).toEqual([299_999, 5]);
  });

  test("progress counts rows towards an estimate that it reaches", () => {
    const text = `a,b\n${"1,2\n".repeat(100_000)}`;
    const events = [...readCsv(Uint8Array.from(new TextEncoder().encode(text)).buffer)];
    expect(events.length).toBeGreaterThan(5);
    expect(events.at(-1)).toEqual({ stage: "read", done: 100_000, total: 100_000, unit: "row" });
    expect(events.every(({ done, total }) => done <= total)).toBe(true);
  });
});

describe("headers", () => {
  test("empty and repeated ones get names", () => {
    const source = "a,,a, b ,a (2)\n1,2,3,4,5\n";
    expect(names(source)).toEqual(["a", "column 2", "a (2)", "b", "a (2) (2)"]);
    expect(rules(source)).toEqual(["empty-header", "duplicate-header", "surrounding-spaces", "duplicate-header"]);
  });

  test("names of Object's own parts are names like others", () => {
    const { table } = read("__proto__,constructor,toString\nx,1,2\n");
    expect(table.columns.map((column) => column.name)).toEqual(["__proto__", "constructor", "toString"]);
    expect(texts(table, "__proto__")).toEqual(["x"]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test("thousands of equal names are made unique", () => {
    expect(new Set(names(`${"a,".repeat(9999)}a\n${"1,".repeat(9999)}1\n`)).size).toBe(10_000);
  });
});

test("repairs are counted per cell; samples are few of each kind", () => {
  const rows = Array.from({ length: 500 }, (_, i) => `${i % 9 ? `$${i}.00` : "NA"}, x,${i}%`);
  const { table, facts } = read(`amount,word,share\n${rows.join("\n")}\n`);
  expect(texts(table, "amount").slice(0, 3)).toEqual(["", "1", "2"]);
  expect(facts.repaired.count).toBe(1500);
  expect(facts.repaired.samples).toHaveLength(80);
  expect(facts.repaired.samples[0]).toEqual({ line: 2, column: "amount", was: "NA", became: "", rule: "missing-token" });
  expect(facts.repaired.counts).toEqual([
    { column: "amount", rule: "missing-token", count: 56, firstLine: 2 },
    { column: "amount", rule: "currency", count: 444, firstLine: 3 },
    { column: "word", rule: "surrounding-spaces", count: 500, firstLine: 2 },
    { column: "share", rule: "percent", count: 500, firstLine: 2 },
  ]);
});

describe("what cannot be read says why", () => {
  const zip = (inner: string) => latin(`PK\u0003\u0004${inner}`);
  const cases: [string, string | Uint8Array, object][] = [
    ["empty", "", { code: "file-empty" }],
    ["blank", " \n\n ", { code: "file-empty" }],
    ["only a mark", "\ufeff", { code: "file-empty" }],
    ["header only", "a,b,c\n", { code: "file-header-only" }],
    ["zip", zip("abc"), { code: "file-binary", details: { kind: "zip" } }],
    ["xlsx", zip("....[Content_Types].xml"), { code: "file-binary", details: { kind: "xlsx" } }],
    ["gzip", gzipSync("a,b\n1,2"), { code: "file-binary", details: { kind: "gzip" } }],
    ["pdf", "%PDF-1.7\n", { code: "file-binary", details: { kind: "pdf" } }],
    ["NUL bytes", "a,b\n1,\u0000\n", { code: "file-binary", details: { kind: "nul-bytes" } }],
    ["noise", "\u0001\u0002a\u0003,\u0004\n".repeat(9), { code: "file-binary", details: { kind: "control-characters" } }],
    ["no line fits", "a,b\n1\n2\n", { code: "file-unreadable", details: { reason: "every-line-skipped", line: 2 } }],
    [
      "too many columns",
      `${",".repeat(10_000)}\n`,
      { code: "file-too-large", details: { unit: "columns", expected: 10_000, got: 10_001 } },
    ],
  ];
  test.each(cases)("%s", (_, source, error) => {
    expect(() => read(source)).toThrow(expect.objectContaining(error));
  });

  test("too many bytes are refused before they are decoded", () => {
    const bytes = new ArrayBuffer(MAX_FILE_BYTES + 1);
    expect(() => finish(readCsv(bytes))).toThrow(
      expect.objectContaining({ code: "file-too-large", details: expect.objectContaining({ unit: "bytes" }) }),
    );
  });
});

test("a part of the rows can be read; lines are still counted, and the part is named", () => {
  const bytes = Uint8Array.from(new TextEncoder().encode(`a,b\n${Array.from({ length: 100 }, (_, i) => `${i},x`).join("\n")}\n`));
  let nAsked = 0;
  const { table, facts } = finish(readCsv(bytes.buffer, { takesRow: () => nAsked++ % 4 === 1 }));
  expect(texts(table, "a").slice(0, 3)).toEqual(["1", "5", "9"]);
  expect(facts.sample).toEqual({ share: 0.25, nRowsInFile: 100, by: null });
});

test("one column and one row are enough to read", () => {
  expect(read("only\n5\n").table).toMatchObject({ nRows: 1, columns: [{ name: "only" }] });
  expect(texts(read("only\n5\n\n6\n").table, "only")).toEqual(["5", "", "6"]);
});
