import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { extendTable, labelOrigin, textColumn } from "../../../src/table/extend-table.ts";
import type { Table } from "../../../src/table/table.ts";
import { read, texts, write } from "./reading.ts";

const table: Table = {
  nRows: 3,
  columns: [
    { kind: "numeric", name: "amount", type: "numeric", values: Float64Array.of(-5, 1e21, Number.NaN), step: 1 },
    textColumn("=name", ['=HYPERLINK("x")', "-5", 'a "b", c']),
    { kind: "numeric", name: "day", type: "date", values: Float64Array.of(0, 1.5 * 86_400_000, Number.NaN), step: 1000 },
  ],
};

test("RFC 4180 with CR LF; formulas get an apostrophe, negative numbers do not", () => {
  expect(write(table)).toBe(
    ["amount,'=name,day", '-5,"\'=HYPERLINK(""x"")",1970-01-01', "1e+21,-5,1970-01-02T12:00:00", ',"a ""b"", c",', ""].join(
      "\r\n",
    ),
  );
});

test.each(["=1", "+x", "-x", "@x", "\tx", "\rx", "\u0000x", "'=1", "-", "+84 90"])("%j is escaped", (text) => {
  const written = write({ nRows: 1, columns: [textColumn("a", [text])] })
    .split("\r\n")
    .slice(1)
    .join("");
  expect(written.replace(/^"/, "").startsWith("'")).toBe(true);
});

test.each(["-5", "+5", "-1.5e3", "5%", "'tis", "a=b", "Có"])("%j is not", (text) => {
  expect(write({ nRows: 1, columns: [textColumn("a", [text])] })).toBe(`a\r\n${text}\r\n`);
});

test("further columns get a name of their own", () => {
  const wide = extendTable(read("segment,x\na,1\nb,2\n").table, [textColumn("segment", ["gold", ""])], "last");
  expect(wide.columns.map((column) => column.name)).toEqual(["segment", "x", "segment (2)"]);
  expect(texts(wide, "segment (2)")).toEqual(["gold", ""]);
});

test("generated rows say where they come from, real ones first", () => {
  const real = read("id,x,y\nr1,a,1\nr2,b,2\n").table;
  const made = read("y,x\n7,c\n8,a\n").table;
  expect(write(labelOrigin(made, { origin: null, real: null }))).toBe("y,x\r\n7,c\r\n8,a\r\n");
  expect(write(labelOrigin(made, { origin: "synthetic", real }))).toBe(
    "origin,y,x\r\nreal,1,a\r\nreal,2,b\r\nsynthetic,7,c\r\nsynthetic,8,a\r\n",
  );
});

test("many rows are written in pieces that join", () => {
  const source = `key,answer\r\n${Array.from({ length: 20_000 }, (_, i) => `${i},${i % 2 ? "Yes" : "No"}`).join("\r\n")}\r\n`;
  expect(write(read(source).table)).toBe(source);
});

test("no text of any table is written so that a spreadsheet could run it", () => {
  const risky = fc
    .tuple(fc.constantFrom(..."=+-@\t\r\0'"), fc.string({ unit: "binary", maxLength: 8 }))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(fc.oneof(risky, fc.string()), { minLength: 1, maxLength: 8 }), (cells) => {
      const written = write({ nRows: cells.length, columns: [textColumn(cells[0] || "name", cells)] });
      const { data } = Papa.parse<string[]>(written.slice(0, -2), { delimiter: ",", newline: "\r\n" });
      expect(data).toHaveLength(cells.length + 1);
      for (const [cell] of data) expect(/^[=+\-@\t\r\0]/.test(cell) && !Number.isFinite(Number(cell))).toBe(false);
    }),
    { numRuns: 1000 },
  );
});
