import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { alignSecond } from "../../../src/structure/second-table.ts";
import { alignTable, matchNames } from "../../../src/table/align-table.ts";
import { readCsv } from "../../../src/table/read-csv.ts";
import { cellText, getColumn, type Table } from "../../../src/table/table.ts";

const read = (text: string): Table => finish(readCsv(new TextEncoder().encode(text).buffer)).table;
const asItIs = (label: string): string => label;
const cells = (table: Table, name: string): string[] =>
  Array.from({ length: table.nRows }, (_, row) => cellText(getColumn(table, name), row));

const first = read(
  "Age,Purchase Amount (USD),Color,Senior,Joined\n30,5.5,Red,0,2024-01-02\n40,6,Blue,1,2024-02-03\n50,7,Red,0,2024-03-04\n",
);

describe("headings", () => {
  test("are matched by name, then as known columns in either language, then but for case and accents", () => {
    const wanted = ["Purchase Amount (USD)", "Màu sắc", "Store No.", "Age"];
    expect(matchNames(wanted, ["age", "color", "STORE_NO", "Amount", "other"])).toEqual([
      { column: "Purchase Amount (USD)", from: "Amount", by: "known-name" },
      { column: "Màu sắc", from: "color", by: "known-name" },
      { column: "Store No.", from: "STORE_NO", by: "folded-name" },
      { column: "Age", from: "age", by: "known-name" },
    ]);
  });

  test("one heading stands for one column, and the very same name comes first", () => {
    expect(matchNames(["Age", "age"], ["age", "Tuổi"])).toEqual([
      { column: "Age", from: "Tuổi", by: "known-name" },
      { column: "age", from: "age", by: "name" },
    ]);
  });
});

describe("alignTable", () => {
  test("gives another order of columns, other headings and further columns in the first table's form", () => {
    const second = read("Color,note,amount,Tuổi,senior,Joined\nBlue,x,1.25,20,1,2024-05-06\nRed,y,2,21,0,2024-05-07\n");
    const { table, report } = alignTable(second, first, asItIs);
    expect(table.columns.map(({ name, kind, type }) => [name, kind, type])).toEqual(
      first.columns.map(({ name, kind, type }) => [name, kind, type]),
    );
    expect(first.columns.map(({ name }) => cells(table, name))).toEqual([
      ["20", "21"],
      ["1.25", "2"],
      ["Blue", "Red"],
      ["1", "0"],
      ["2024-05-06", "2024-05-07"],
    ]);
    expect(report).toMatchObject({
      nRows: 2,
      missing: [],
      extra: ["note"],
      conflicts: [],
      unknownLevels: [],
      nRowsWithUnknown: 0,
    });
  });

  test("a column that is not there is missing in every row", () => {
    const { table, report } = alignTable(read("Age\n20\n"), first, asItIs);
    expect(report.missing).toEqual(["Purchase Amount (USD)", "Color", "Senior", "Joined"]);
    for (const name of report.missing) expect(cells(table, name)).toEqual([""]);
  });

  test("levels keep their codes; unknown ones stand behind them and are counted", () => {
    const second = read("Color,Senior\nGreen,1\nRed,2\nGreen,0\nTeal,2\n,0\n");
    const { table, report } = alignTable(second, first, asItIs);
    const color = getColumn(table, "Color");
    expect(color).toMatchObject({ levels: ["Red", "Blue", "Green", "Teal"], codes: Int32Array.of(2, 0, 2, 3, -1) });
    expect(report.unknownLevels).toEqual([
      { column: "Color", level: "Green", nRows: 2 },
      { column: "Senior", level: "2", nRows: 2 },
      { column: "Color", level: "Teal", nRows: 1 },
    ]);
    expect(report).toMatchObject({ nUnknownLevels: 3, nRowsWithUnknown: 4 });
  });

  test("numbers among words are read one by one, and what could not be read is told", () => {
    const second = read("Age,Joined,Senior\n20,soon,1\nabout thirty,later,1\n22.5,,1\n");
    const { table, report } = alignTable(second, first, asItIs);
    expect(cells(table, "Age")).toEqual(["20", "", "22.5"]);
    expect(cells(table, "Joined")).toEqual(["", "", ""]);
    expect(cells(table, "Senior")).toEqual(["1", "1", "1"]);
    expect(report.conflicts).toEqual([
      { column: "Age", expected: "integer", got: "categorical", nUnreadable: 1 },
      { column: "Joined", expected: "date", got: "categorical", nUnreadable: 2 },
    ]);
  });

  test("dates are no numbers, nor numbers dates", () => {
    const second = read("Age,Joined\n2024-01-02,17\n2024-01-03,18\n");
    expect(alignTable(second, first, asItIs).report.conflicts).toEqual([
      { column: "Age", expected: "integer", got: "date", nUnreadable: 2 },
      { column: "Joined", expected: "date", got: "integer", nUnreadable: 2 },
    ]);
  });

  test("an answer of only zeros and ones is a number where a number is asked for", () => {
    const { table, report } = alignTable(read("Age\n0\n1\n1\n"), first, asItIs);
    expect(cells(table, "Age")).toEqual(["0", "1", "1"]);
    expect(report.conflicts).toEqual([]);
  });

  test("a file with none of the columns is refused", () => {
    expect(() => alignTable(read("p,q\n1,2\n"), first, asItIs)).toThrow("columns-missing");
  });

  test("the first table itself comes back as it was", () => {
    const { table, report } = alignTable(first, first, asItIs);
    expect(table).toEqual(first);
    expect(report).toMatchObject({ missing: [], extra: [], conflicts: [], nUnknownLevels: 0 });
  });
});

describe("alignSecond", () => {
  const answers = ["Bi-Weekly", "Fortnightly", "Weekly", "Fortnightly"];
  const rows = Array.from({ length: 40 }, (_, i) => `${20 + (i % 13)},${answers[i % 4]},${i % 3 ? "Yes" : "No"},k${i}`);
  const table = read(`Age,How often,Churn,Customer ID\n${rows.join("\n")}\n`);
  const settings = { target: "Churn", roles: {}, nFolds: 5 };
  const second = read("Age,how often,churn\n33,biweekly,Yes\n34,every week,No\n35,Bi-Weekly,\n");

  test("takes features alone and names the column that holds the answer", () => {
    const { table: aligned, report } = alignSecond(second, table, { ...settings, mergeSynonyms: false });
    expect(aligned.columns.map(({ name }) => name)).toEqual(["Age", "How often"]);
    expect(report).toMatchObject({ target: "churn", extra: ["churn"], missing: [] });
    expect(cells(aligned, "How often")).toEqual(["biweekly", "every week", "Bi-Weekly"]);
    expect(report.nUnknownLevels).toBe(2);
    expect(alignSecond(read("Age\n1\n"), table, { ...settings, mergeSynonyms: false }).report.target).toBeNull();
  });

  test("writes labels as the first table's of the same meaning where those are merged", () => {
    const { table: aligned, report } = alignSecond(second, table, { ...settings, mergeSynonyms: true });
    expect(cells(aligned, "How often")).toEqual(["Fortnightly", "Weekly", "Fortnightly"]);
    expect(report.nUnknownLevels).toBe(0);
  });
});
