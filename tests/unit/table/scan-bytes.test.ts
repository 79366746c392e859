import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import type { CsvReading } from "../../../src/table/finish-reading.ts";
import { readCsv } from "../../../src/table/read-csv.ts";
import type { Column } from "../../../src/table/table.ts";
import { read } from "./reading.ts";

/** The same text in UTF-16, from which rows are never cut as bytes. */
const utf16 = (text: string) => {
  const marked = `\ufeff${text}`;
  return new Uint8Array(Uint16Array.from({ length: marked.length }, (_, i) => marked.charCodeAt(i)).buffer);
};

const digest = (column: Column) =>
  column.kind === "numeric"
    ? [column.name, column.type, column.step, column.values.join()]
    : [column.name, column.type, column.levels.join("\u0001"), column.codes.join()];

const told = ({ table, facts }: CsvReading) => {
  const { encoding: _, repaired, ...others } = facts;
  const counts = repaired.counts.filter(({ rule }) => rule !== "byte-order-mark");
  const samples = repaired.samples.filter(({ rule }) => rule !== "byte-order-mark");
  return { columns: table.columns.map(digest), counts, samples, ...others };
};

const N_PLAIN = 20_000;
/** So much plain text that the dialect is told and what follows is cut as bytes. */
const header = (delimiter: string, lineEnd: string) =>
  `${["key", "note", "amount"].join(delimiter)}${lineEnd}${Array.from({ length: N_PLAIN }, (_, i) => [i, `note ${i % 50}`, i % 977].join(delimiter)).join(lineEnd)}${lineEnd}`;

const DIALECTS = [",", ";", "\t"].flatMap((delimiter) =>
  (["\n", "\r\n", "\r"] as const).map((lineEnd) => ({ delimiter, lineEnd, head: header(delimiter, lineEnd) })),
);

describe("rows cut from bytes are those that papaparse cuts from text", () => {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("a", "1", "2.50", "-7", "ở", "🌸", " ", "x y", "") },
    { weight: 3, arbitrary: fc.constant("DELIMITER") },
    { weight: 2, arbitrary: fc.constant("END") },
    { weight: 1, arbitrary: fc.constantFrom('"', '""', '"a"', '"a""b"', '"a\nb"', '"x,y;z"', '"" ', "\n", "\r", "\r\n") },
  );
  test.each(DIALECTS)("delimiter $delimiter, line end $lineEnd", ({ delimiter, lineEnd, head }) => {
    const tail = fc
      .array(piece, { maxLength: 60 })
      .map((pieces) => pieces.map((each) => (each === "DELIMITER" ? delimiter : each === "END" ? lineEnd : each)).join(""));
    const row = (...cells: readonly string[]) => cells.join(delimiter) + lineEnd;
    const examples = [
      row("1", "2", "3", "4"),
      row("1", "2", "3", "", " "),
      row("1"),
      row("1", '"a""b"', "3"),
      row("1", '"\n"', "3"),
    ]
      .map((text) => text + row("5", "six", "7"))
      .map((text): [string, boolean] => [text, false]);
    fc.assert(
      fc.property(tail, fc.boolean(), (end, isRepeated) => {
        const text = head + (isRepeated ? `${end}${lineEnd}`.repeat(3) : end);
        expect(told(read(text))).toEqual(told(read(utf16(text))));
      }),
      { numRuns: 8 + examples.length, examples },
    );
  });

  test("well-formed rows with quotes of every kind", () => {
    const cell = fc.constantFrom(
      "1",
      "a",
      "ở",
      '"a"',
      '"a,b"',
      '"a ""b"" c"',
      '"two\nlines"',
      '"two\r\nlines"',
      'a "b"',
      "",
      '""',
    );
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(rows, ([...list]) => {
        const text = `${DIALECTS[0].head}${list.map((row) => row.join(",")).join("\n")}\n`;
        const bytes = read(text);
        expect(bytes.table.nRows).toBe(N_PLAIN + list.length);
        expect(told(bytes)).toEqual(told(read(utf16(text))));
      }),
      { numRuns: 10 },
    );
  });
});

test("bytes that are no UTF-8 are told far behind the beginning, and repaired where the mark says UTF-8", () => {
  const head = new TextEncoder().encode(`${DIALECTS[0].head}1,ở,2\n`);
  const bad = Uint8Array.of(...new TextEncoder().encode("2,caf"), 0xe9, ...new TextEncoder().encode(",3\n4,ok,5\n"));
  const file = Uint8Array.from([...head, ...bad]);
  expect(read(file).facts.encoding).toBe("windows-1252");
  const marked = read(Uint8Array.from([0xef, 0xbb, 0xbf, ...file]));
  expect(marked.facts.encoding).toBe("utf-8");
  const note = marked.table.columns[1];
  expect(note.kind === "categorical" && note.levels.slice(-3)).toEqual(["ở", "caf\ufffd", "ok"]);
});

test("a part of the rows is drawn alike", () => {
  const text = `${DIALECTS[0].head}ragged\n"1\n1",x,5\n7,y,6\n`;
  const readThird = (bytes: Uint8Array) => {
    let n = 0;
    return told(finish(readCsv(Uint8Array.from(bytes).buffer, { takesRow: () => n++ % 3 === 0 })));
  };
  const drawn = readThird(new TextEncoder().encode(text));
  expect(drawn.sample).toEqual({ share: Math.ceil((N_PLAIN + 2) / 3) / (N_PLAIN + 2), nRowsInFile: N_PLAIN + 2, by: null });
  expect(drawn).toEqual(readThird(utf16(text)));
});
