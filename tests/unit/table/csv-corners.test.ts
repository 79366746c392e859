import { describe, expect, test } from "vitest";
import { cellText } from "../../../src/table/table.ts";
import { read } from "./reading.ts";

/** The header and the cells as text, row by row. */
function grid(source: string | Uint8Array): string[][] {
  const { table } = read(source);
  const rows = Array.from({ length: table.nRows }, (_, row) => table.columns.map((column) => cellText(column, row)));
  return [table.columns.map(({ name }) => name), ...rows];
}

const JSON_CELL = '{"kind": "point", "at": [102.5, -0.25], "note": "a, b"}';
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

const CASES: readonly (readonly [what: string, source: string, expected: readonly (readonly string[])[]])[] = [
  [
    "no quotes",
    "a,b\nx,y\n",
    [
      ["a", "b"],
      ["x", "y"],
    ],
  ],
  [
    "no line end behind the last row",
    "a,b\nx,y",
    [
      ["a", "b"],
      ["x", "y"],
    ],
  ],
  [
    "everything quoted",
    '"a","b"\n"x","y"\n',
    [
      ["a", "b"],
      ["x", "y"],
    ],
  ],
  [
    "a comma in quotes",
    'name,town\n"Doe, Jo","Huế, VN"\n',
    [
      ["name", "town"],
      ["Doe, Jo", "Huế, VN"],
    ],
  ],
  [
    "quotes in quotes",
    'a,b\n"say ""hi""","""x"""\n',
    [
      ["a", "b"],
      ['say "hi"', '"x"'],
    ],
  ],
  [
    "a quoted cell of nothing but a quote",
    'a,b\n"""",y\n',
    [
      ["a", "b"],
      ['"', "y"],
    ],
  ],
  [
    "a quote inside an unquoted cell",
    'a,b\n5" nail,y\n',
    [
      ["a", "b"],
      ['5" nail', "y"],
    ],
  ],
  [
    "line breaks in quotes",
    'a,b\n"one\ntwo","three\r\nfour"\nx,y\n',
    [
      ["a", "b"],
      ["one\ntwo", "three\r\nfour"],
      ["x", "y"],
    ],
  ],
  [
    "blank lines in quotes",
    'a,b\n"\n\nx\n\n",y\n',
    [
      ["a", "b"],
      ["x", "y"],
    ],
  ],
  [
    "a line break in a heading",
    '"a\nb",c\nx,y\n',
    [
      ["a\nb", "c"],
      ["x", "y"],
    ],
  ],
  [
    "empty cells",
    "a,b,c\nx,,\n,y,\n,,z\n",
    [
      ["a", "b", "c"],
      ["x", "", ""],
      ["", "y", ""],
      ["", "", "z"],
    ],
  ],
  [
    "empty cells in quotes",
    'a,b\n"",x\ny,""\n',
    [
      ["a", "b"],
      ["", "x"],
      ["y", ""],
    ],
  ],
  [
    "rows of nothing but delimiters",
    "a,b\n,\nx,y\n",
    [
      ["a", "b"],
      ["", ""],
      ["x", "y"],
    ],
  ],
  [
    "a delimiter behind every row",
    "a,b\nx,y,\nz,w,\n",
    [
      ["a", "b"],
      ["x", "y"],
      ["z", "w"],
    ],
  ],
  [
    "a delimiter behind the heading too",
    "a,b,\nx,y,\nz,w,\n",
    [
      ["a", "b", "column 3"],
      ["x", "y", ""],
      ["z", "w", ""],
    ],
  ],
  [
    "a byte-order mark before a quote",
    '\ufeff"a",b\nx,y\n',
    [
      ["a", "b"],
      ["x", "y"],
    ],
  ],
  [
    "CR alone",
    'a,b\rx,"y\rz"\rv,w\r',
    [
      ["a", "b"],
      ["x", "y\rz"],
      ["v", "w"],
    ],
  ],
  [
    "CR LF",
    "a,b\r\nx,y\r\nz,w\r\n",
    [
      ["a", "b"],
      ["x", "y"],
      ["z", "w"],
    ],
  ],
  [
    "tabs",
    "a\tb\nx, y\tz\n",
    [
      ["a", "b"],
      ["x, y", "z"],
    ],
  ],
  [
    "semicolons, with commas in the cells",
    "a;b\n1,5;x\n2,5;y\n",
    [
      ["a", "b"],
      ["1.5", "x"],
      ["2.5", "y"],
    ],
  ],
  [
    "pipes, with every other delimiter in the cells",
    "a|b\nx;y,z|w\nx;y,z|v\n",
    [
      ["a", "b"],
      ["x;y,z", "w"],
      ["x;y,z", "v"],
    ],
  ],
  [
    "spaces between delimiter and quote",
    'a,b\n"x" ,"y"\n',
    [
      ["a", "b"],
      ["x", "y"],
    ],
  ],
  [
    "JSON in a cell",
    `id,data\nq,${quoted(JSON_CELL)}\n`,
    [
      ["id", "data"],
      ["q", JSON_CELL],
    ],
  ],
  [
    "coordinates",
    'place,at\nHà Nội,"21.0278,105.8342"\nHuế,"16.4637,107.5909"\n',
    [
      ["place", "at"],
      ["Hà Nội", "21.0278,105.8342"],
      ["Huế", "16.4637,107.5909"],
    ],
  ],
  [
    "characters of every width",
    "a,b\nñ€,ʤ\n漢字,🌸👩‍👩‍👧\n",
    [
      ["a", "b"],
      ["ñ€", "ʤ"],
      ["漢字", "🌸👩‍👩‍👧"],
    ],
  ],
  ["a heading of one column and its quoted commas", 'only\n"a,b"\n"c,d"\n', [["only"], ["a,b"], ["c,d"]]],
  ["one row of one column", "n\n1\n", [["n"], ["1"]]],
  [
    "a row that begins like a comment",
    "a,b\n#x,y\n",
    [
      ["a", "b"],
      ["#x", "y"],
    ],
  ],
  [
    "blank lines before the heading and between rows",
    "\n\na,b\n\nx,y\n\n\nz,w\n",
    [
      ["a", "b"],
      ["x", "y"],
      ["z", "w"],
    ],
  ],
];

test.each(CASES)("%s", (_, source, expected) => {
  expect(grid(source)).toEqual(expected);
});

describe("files that are hard because of what they hold much of", () => {
  test("5,000 columns, constant ones among them", () => {
    const names = Array.from({ length: 5000 }, (_, i) => `c${i}`);
    const rows = Array.from({ length: 30 }, (_, row) => names.map((_, i) => (i % 10 === 0 ? "same" : (row * i) % 7)).join(","));
    const { table } = read(`${names.join(",")}\n${rows.join("\n")}\n`);
    expect([table.nRows, table.columns.length]).toEqual([30, 5000]);
    expect(table.columns[10]).toMatchObject({ type: "categorical", levels: ["same"] });
    expect(table.columns[11]).toMatchObject({ type: "integer" });
  });

  test("50,000 categories of several rows each are categories, of one row each identifiers", () => {
    const repeated = Array.from({ length: 150_000 }, (_, i) => `kind ${i % 50_000},${i % 3}`).join("\n");
    const [kinds] = read(`kind,n\n${repeated}\n`).table.columns;
    expect(kinds).toMatchObject({ type: "categorical", levels: { length: 50_000 } });
    const single = Array.from({ length: 50_000 }, (_, i) => `K${i}X,${i % 3}`).join("\n");
    expect(read(`kind,n\n${single}\n`).table.columns[0]).toMatchObject({ type: "identifier", levels: { length: 50_000 } });
  });

  test("a column without a value", () => {
    const { table } = read("a,b\n,1\nNA,2\n,3\n");
    expect(table.columns[0]).toMatchObject({ kind: "categorical", levels: [] });
  });
});

test("invisible characters and direction marks stay, and are flagged as what they are", () => {
  const { table, facts } = read("a,b\npass\u200bword,x\npassword,y\n\u202ecod.exe,z\n👩\u200d👧,می\u200cخواهم\n");
  expect(table.columns[0]).toMatchObject({ levels: ["pass\u200bword", "password", "\u202ecod.exe", "👩\u200d👧"] });
  expect(facts.flagged.samples).toEqual(
    [
      { line: 2, value: "pass⟨U+200B⟩word" },
      { line: 4, value: "⟨U+202E⟩cod.exe" },
    ].map((flag) => ({ ...flag, column: "a", rule: "invisible-characters", low: "", high: "" })),
  );
});
