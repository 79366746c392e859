import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { encodeCells } from "../../../src/table/cell-block.ts";
import { describeData } from "../../../src/table/column-summary.ts";
import { recodeLike, typesIn, typesLike } from "../../../src/table/edits-of-second.ts";
import { RawColumnBuilder } from "../../../src/table/raw-column.ts";
import { readCsv } from "../../../src/table/read-csv.ts";
import { retypeColumn } from "../../../src/table/retype-column.ts";
import { cellText, getColumn } from "../../../src/table/table.ts";
import type { SettableType } from "../../../src/table/table-edits.ts";
import { read, texts } from "./reading.ts";

function retype(texts: readonly string[], wanted: SettableType, options: { name?: string; prefersComma?: boolean } = {}) {
  const builder = new RawColumnBuilder(options.name ?? "x");
  builder.push(
    encodeCells(
      texts.map((text) => [text]),
      1,
    ),
    0,
    texts.length,
  );
  const { typed, retyped } = retypeColumn(builder.finish(), wanted, options.prefersComma ?? false);
  return {
    type: typed.column.type,
    cells: texts.map((_, row) => cellText(typed.column, row)),
    rules: typed.raw.texts.flatMap((text, code) => {
      const repair = typed.repairs.get(code);
      return repair ? [[text, repair.rule]] : [];
    }),
    retyped,
  };
}

const range = (n: number, text: (i: number) => string) => Array.from({ length: n }, (_, i) => text(i));

describe("numbers", () => {
  test("words among them are missing, counted, and named in the repairs", () => {
    const texts = ["12", "a lot", "$1,500", "", "none", "a lot"];
    expect(retype(texts, "numeric")).toEqual({
      type: "integer",
      cells: ["12", "", "1500", "", "", ""],
      rules: [
        ["a lot", "not-a-number"],
        ["$1,500", "currency"],
        ["none", "missing-token"],
      ],
      retyped: { column: "x", inferred: "categorical", wanted: "numeric", isDone: true, nUnreadable: 2 },
    });
  });

  test("the decimal mark is the one that reads more rows", () => {
    expect(retype(["1.234,5", "2,5", "x", "y", "z"], "numeric").cells).toEqual(["1234.5", "2.5", "", "", ""]);
    expect(retype(["1,234", "?1"], "numeric").cells).toEqual(["1234", ""]);
    expect(retype(["1,234", "?1"], "numeric", { prefersComma: true }).cells).toEqual(["1.234", ""]);
  });

  test("codes with leading zeros and identifiers become numbers", () => {
    expect(retype(["007", "010"], "numeric")).toMatchObject({ type: "integer", cells: ["7", "10"] });
    expect(retype(range(30, String), "numeric", { name: "id" })).toMatchObject({
      type: "integer",
      retyped: { inferred: "identifier", nUnreadable: 0 },
    });
  });
});

describe("words", () => {
  test("keep what the file says, zeros, signs and all", () => {
    const texts = ["$53.00", "1.50", " 20 ", "NA"];
    for (const type of ["categorical", "text", "identifier"] as const) {
      expect(retype(texts, type)).toMatchObject({
        type,
        cells: ["$53.00", "1.50", "20", ""],
        rules: [
          [" 20 ", "surrounding-spaces"],
          ["NA", "missing-token"],
        ],
        retyped: { inferred: "numeric", nUnreadable: 0 },
      });
    }
  });

  test("a long column of numbers, kept by value, gives its texts back", () => {
    const texts = range(6000, (i) => (i / 100).toFixed(2));
    const { type, cells: found } = retype(texts, "categorical");
    expect(type).toBe("categorical");
    expect(found).toEqual(texts);
  });

  test("whole numbers that shall name rows stay numbers", () => {
    expect(retype(["5", "5", "7"], "identifier")).toMatchObject({ type: "identifier", cells: ["5", "5", "7"] });
  });
});

describe("two values", () => {
  test("any two texts are a pair", () => {
    expect(retype(["red", "blue", "", "red"], "boolean")).toMatchObject({ type: "boolean", cells: ["red", "blue", "", "red"] });
    expect(retype(["1", "2", "1"], "boolean")).toMatchObject({ type: "boolean", retyped: { inferred: "integer" } });
  });

  test("of more, the pair of answers that most rows give, in one spelling", () => {
    expect(retype(["Yes", "no", "YES", "maybe", "1", "no"], "boolean")).toEqual({
      type: "boolean",
      cells: ["Yes", "no", "Yes", "", "", "no"],
      rules: [
        ["YES", "spelling"],
        ["maybe", "not-yes-or-no"],
        ["1", "not-yes-or-no"],
      ],
      retyped: { column: "x", inferred: "categorical", wanted: "boolean", isDone: true, nUnreadable: 2 },
    });
  });
});

describe("dates", () => {
  test("in the notation that reads the most rows; others are missing", () => {
    expect(retype(["2024-01-05", "soon", "2024-02-30", "2024-03-01"], "date")).toMatchObject({
      type: "date",
      cells: ["2024-01-05", "", "", "2024-03-01"],
      rules: [
        ["soon", "not-a-date"],
        ["2024-02-30", "not-a-date"],
      ],
      retyped: { nUnreadable: 2 },
    });
    expect(retype(["25/12/2024", "12/13/2024", "01/02/2024", "26/12/2024"], "date").cells).toEqual([
      "2024-12-25",
      "",
      "2024-02-01",
      "2024-12-26",
    ]);
  });

  test("where the column does not tell, the day comes first", () => {
    expect(retype(["01/02/2024", "03/04/2024"], "date")).toMatchObject({
      cells: ["2024-02-01", "2024-04-03"],
      retyped: { inferred: "categorical", isDone: true },
    });
  });
});

test("where nothing can be read as the type, the column stays as it was", () => {
  expect(retype(["red", "blue"], "numeric")).toMatchObject({
    type: "categorical",
    cells: ["red", "blue"],
    retyped: { inferred: "categorical", wanted: "numeric", isDone: false, nUnreadable: 2 },
  });
  expect(retype(["", ""], "date").retyped).toMatchObject({ isDone: false, nUnreadable: 0 });
});

test("a file is read with the types that were set, and says so in its facts and repairs", () => {
  const text = "age,code,note\n31,007,a\nold,008,b\n44,009,a\n";
  const types = { age: "numeric", code: "numeric", note: "text" } as const;
  const typeOf = typesIn({ types, levels: {} });
  const { table, facts } = finish(readCsv(new TextEncoder().encode(text).buffer, { typeOf }));
  expect(table.columns.map(({ type }) => type)).toEqual(["integer", "integer", "text"]);
  expect(facts.retyped.map(({ column, nUnreadable }) => [column, nUnreadable])).toEqual([
    ["age", 1],
    ["code", 0],
    ["note", 0],
  ]);
  expect(facts.repaired.samples).toEqual([{ line: 3, column: "age", was: "old", became: "", rule: "not-a-number" }]);
  const report = finish(describeData(table, facts, { name: "a.csv", sha256: "", nBytes: text.length }));
  expect(report.columns.map(({ role }) => role)).toEqual(["feature", "target", "ignore"]);
  expect(read(text).facts.retyped).toEqual([]);
});

test("a second file takes the types and levels of the first under its own headings", () => {
  const edits = {
    types: { "Review Rating": "categorical" },
    levels: { Size: { groups: [["small", "S", "XS"]], isOrdered: false } },
  } as const;
  const typeOf = typesLike(edits);
  expect([typeOf("review_rating"), typeOf("Điểm đánh giá"), typeOf("Size"), typeOf("constructor")]).toEqual([
    "categorical",
    "categorical",
    null,
    null,
  ]);
  const { table } = finish(readCsv(new TextEncoder().encode("size,review_rating\nS,2.50\nXS,4\nL,5\n").buffer, { typeOf }));
  const recoded = recodeLike(table, edits);
  expect(texts(recoded, "size")).toEqual(["small", "small", "L"]);
  expect(getColumn(recoded, "review_rating")).toMatchObject({ type: "categorical", levels: ["2.50", "4", "5"] });
});
