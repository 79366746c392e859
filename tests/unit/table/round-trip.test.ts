import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TrendloomError } from "../../../src/core/errors.ts";
import { describeColumns } from "../../../src/table/column-summary.ts";
import { readCsv } from "../../../src/table/read-csv.ts";
import type { Table } from "../../../src/table/table.ts";
import { read, write } from "./reading.ts";

/** Cells that are awkward in some way: to quote, to type, to escape, or to tell from "missing". */
const awkward = fc.constantFrom(
  ..."=1+1|+5|-5|-x|@a|'=x|''=x|'|\"|\"\"|a\"b|,|;|a;b|NA|none|?|-|0|1|00|1e400|1e16|-0|$5|€5|5%|1.234,5|1,234|Yes|No|2024-02-29".split(
    "|",
  ),
  ..."31/12/2024|01/02/2024|\t=x|a\nb|a\r\nb| pad |\ufeff|\u202eabc|\u200b|<img src=x onerror=alert(1)>|__proto__|sep=;".split(
    "|",
  ),
  "|",
  "",
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: text with many of these is refused as binary
const anyChars = fc.string({ unit: "binary", maxLength: 4 }).map((text) => text.replace(/[\0-\x08\x0e-\x1f\ufffd]/g, ""));
const cell = fc.oneof(awkward, fc.string({ maxLength: 6 }), anyChars, fc.integer().map(String));
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const sheet = fc.integer({ min: 1, max: 5 }).chain((nColumns) =>
  fc.record({
    rows: fc.array(fc.array(cell, { minLength: nColumns, maxLength: nColumns }), { minLength: 2, maxLength: 40 }),
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  }),
);

/** The table, or null where the reader refuses with one of its named errors. */
function tryRead(source: string | Uint8Array): Table | null {
  try {
    return read(source).table;
  } catch (error) {
    expect(error).toBeInstanceOf(TrendloomError);
    expect((error as TrendloomError).code).toMatch(/^file-/);
    return null;
  }
}

function expectSound(table: Table): void {
  expect(new Set(table.columns.map((column) => column.name)).size).toBe(table.columns.length);
  for (const column of table.columns) {
    expect(column.kind === "numeric" ? column.values.length : column.codes.length).toBe(table.nRows);
    if (column.kind === "categorical") expect(column.codes.every((code) => code >= -1 && code < column.levels.length)).toBe(true);
  }
  expect(describeColumns(table).columns).toHaveLength(table.columns.length);
}

describe("what is written reads back equal", () => {
  test("for well-formed sheets of awkward cells", () => {
    let nRead = 0;
    fc.assert(
      fc.property(sheet, ({ rows, delimiter, lineEnd }) => {
        const table = tryRead(rows.map((row) => row.map(quoted).join(delimiter)).join(lineEnd) + lineEnd);
        if (!table) return;
        nRead++;
        expectSound(table);
        expect(read(write(table)).table).toEqual(table);
      }),
      { numRuns: 600 },
    );
    expect(nRead).toBeGreaterThan(300);
  });

  test("for any text", () => {
    const text = fc.string({ unit: fc.constantFrom(..."a1,;\t|\"\n\r '=.-$%"), maxLength: 200 });
    fc.assert(
      fc.property(text, (source) => {
        const table = tryRead(source);
        if (!table) return;
        expectSound(table);
        expect(read(write(table)).table).toEqual(table);
      }),
      { numRuns: 2000 },
    );
  });
});

test("any bytes give a table or a named error", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .array(fc.constantFrom(...new TextEncoder().encode('a1,"\n\r;=\t |')), { maxLength: 400 })
      .map((list) => Uint8Array.from(list)),
    fc
      .tuple(fc.constantFrom([0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf]), fc.uint8Array({ maxLength: 200 }))
      .map(([mark, rest]) => Uint8Array.from([...mark, ...rest])),
  );
  fc.assert(
    fc.property(bytes, (source) => {
      const table = tryRead(source);
      if (table) expectSound(table);
    }),
    { numRuns: 3000 },
  );
});

/** Texts on which careless readers take quadratic time. The work is bounded when few progress events come for many characters. */
test.each([
  ["quotes without end", `a,b\n${'1,"x\n'.repeat(60_000)}`],
  ["stray quotes, then spaces", `a,b\n${'"x'.repeat(100_000)}${" ".repeat(200_000)}\n1,2\n`],
  ["one long line", `a,b\n${"x".repeat(3_000_000)}\n1,2\n`],
  ["only quotes", `a,b\n${'"'.repeat(1_000_000)}\n1,2\n`],
  ["a long quoted cell without end", `a,b\n1,2\n3,"${"y\n".repeat(500_000)}`],
])("%s", (_, text) => {
  const events = [...readCsv(Uint8Array.from(new TextEncoder().encode(text)).buffer)];
  expect(events.length).toBeLessThan(200);
});
