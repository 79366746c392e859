import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { KNOWN_COLUMNS } from "../../../src/table/known-columns.ts";
import { loadText, read, report, texts } from "./reading.ts";

const shopping = loadText("../shared/data/shopping_trends.csv");
const telco = loadText("../shared/data/telco_churn.csv");
const sample = readFileSync(new URL("../../../public/samples/shopping-sample.csv", import.meta.url), "utf8");

const TYPES =
  "identifier,integer,categorical,categorical,categorical,integer,categorical,categorical,categorical,categorical,numeric,boolean,categorical,categorical,boolean,boolean,integer,categorical,categorical";

describe.each([
  ["the shopping table", shopping],
  ["the sample", sample],
])("%s", (_, text) => {
  const data = text ? report(text) : null;
  const columnOf = (name: string) => data?.columns.find((column) => column.name === name);
  const count = (name: string, value: string) => {
    const summary = columnOf(name)?.summary;
    return summary?.kind === "categorical" ? summary.levels.find((level) => level.value === value)?.count : undefined;
  };

  test.skipIf(!data)("3,900 rows, 19 known columns, nothing repaired or skipped", () => {
    expect(data).toMatchObject({
      nRows: 3900,
      nColumns: 19,
      delimiter: ",",
      encoding: "utf-8",
      repaired: { count: 0 },
      skipped: { count: 0 },
      suggestedTarget: "Frequency of Purchases",
    });
    expect(data?.columns.map(({ known }) => known)).toEqual([...KNOWN_COLUMNS]);
    expect(data?.columns.map(({ type }) => type).join()).toBe(TYPES);
    expect(data?.columns.filter(({ role }) => role === "feature")).toHaveLength(17);
    expect(data?.columns.every(({ nMissing }) => nMissing === 0)).toBe(true);
  });

  test.skipIf(!data)("the published totals", () => {
    const expected: [string, string, number][] = [
      ["Gender", "Male", 2652],
      ["Category", "Clothing", 1737],
      ["Category", "Outerwear", 324],
      ["Item Purchased", "Blouse", 171],
      ["Item Purchased", "Jeans", 124],
      ["Location", "Montana", 96],
      ["Location", "Kansas", 63],
      ["Size", "M", 1755],
      ["Season", "Spring", 999],
      ["Subscription Status", "Yes", 1053],
      ["Discount Applied", "Yes", 1677],
      ["Promo Code Used", "No", 2223],
      ["Frequency of Purchases", "Every 3 Months", 584],
      ["Frequency of Purchases", "Weekly", 539],
    ];
    for (const [name, value, n] of expected) expect([name, value, count(name, value)]).toEqual([name, value, n]);
    const distinct = ["Item Purchased", "Location", "Color", "Payment Method", "Shipping Type", "Frequency of Purchases"];
    expect(distinct.map((name) => columnOf(name)?.nDistinct)).toEqual([25, 50, 25, 6, 6, 7]);
  });

  test.skipIf(!data)("the published means and deviations", () => {
    const expected: [string, number, number, number, number][] = [
      ["Age", 18, 70, 44.07, 15.21],
      ["Purchase Amount (USD)", 20, 100, 59.76, 23.69],
      ["Previous Purchases", 1, 50, 25.35, 14.45],
      ["Review Rating", 2.5, 5, 3.75, 0.716],
    ];
    for (const [name, min, max, mean, sd] of expected) {
      const summary = columnOf(name)?.summary;
      if (summary?.kind !== "numeric") throw new Error(`${name} is not numeric`);
      expect(summary).toMatchObject({ min, max });
      expect(Math.abs(summary.mean - mean)).toBeLessThan(0.006);
      expect(Math.abs(summary.sd - sd)).toBeLessThan(0.006);
    }
  });
});

test.skipIf(!shopping)("the shopping table is the one the figures were measured on", async () => {
  const hash = createHash("sha256").update(shopping ?? "");
  expect(hash.digest("hex")).toBe("c300178f38950d5f5e47cf1490b6851c941d3186a7aaa27e2655909b9a5abd45");
});

test.skipIf(!shopping)("no row of the sample is one of the shopping table", () => {
  const withoutId = (text: string) =>
    text
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.slice(line.indexOf(",") + 1));
  const original = new Set(withoutId(shopping ?? ""));
  expect(withoutId(sample).filter((line) => original.has(line))).toEqual([]);
});

test.skipIf(!telco)("telco: charges with blanks are numbers, codes are identifiers, 0/1 is yes or no", () => {
  const data = report(telco ?? "");
  const column = (name: string) => data.columns.find((candidate) => candidate.name === name);
  expect(data).toMatchObject({
    nRows: 7043,
    nColumns: 21,
    suggestedTarget: "Churn",
    repaired: { count: 0 },
    skipped: { count: 0 },
  });
  expect(column("customerID")).toMatchObject({ type: "identifier", role: "identifier", nDistinct: 7043 });
  expect(column("TotalCharges")).toMatchObject({ type: "numeric", nMissing: 11, role: "feature" });
  expect(column("SeniorCitizen")).toMatchObject({ type: "boolean", nDistinct: 2 });
  expect(column("tenure")).toMatchObject({ type: "integer", nDistinct: 73 });
  expect(column("MonthlyCharges")).toMatchObject({ type: "numeric", nDistinct: 1585 });
});

/** The sample as other places hand it out. */
const [header, ...lines] = sample.trim().split("\n");
const cells = lines.map((line) => line.split(","));
const sheet = (head: string, rows: readonly (readonly string[])[], lineEnd = "\n") =>
  [head, ...rows.map((row) => row.join(","))].join(lineEnd) + lineEnd;
const edit = (at: number, change: (cell: string, row: number) => string) =>
  sheet(
    header,
    cells.map((row, i) => row.with(at, change(row[at], i))),
  );
const without = <T>(list: readonly T[], at: number) => list.filter((_, i) => i !== at);

describe("variants seen in the wild", () => {
  test("snake_case headings", () => {
    const names = header.toLowerCase().replace(" (usd)", "").replaceAll(" ", "_");
    const data = report(sheet(names, cells));
    expect(data).toMatchObject({ suggestedTarget: "frequency_of_purchases", nRows: 3900 });
    expect(data.columns.map(({ known }) => known)).toEqual([...KNOWN_COLUMNS]);
  });

  test("$53.00 amounts", () => {
    const data = report(edit(5, (amount) => `$${amount}.00`));
    expect(data.columns[5]).toMatchObject({ type: "integer", summary: { min: 20, max: 100 } });
    expect(data.repaired).toMatchObject({
      count: 3900,
      counts: [{ column: "Purchase Amount (USD)", rule: "currency", count: 3900, firstLine: 2 }],
    });
    expect(data.repaired.samples.length).toBeLessThanOrEqual(200);
    const amount = cells[0][5];
    expect(data.repaired.samples[0]).toEqual({
      line: 2,
      column: "Purchase Amount (USD)",
      was: `$${amount}.00`,
      became: amount,
      rule: "currency",
    });
  });

  test("mark and Windows line ends", () => {
    const data = report(`\ufeff${sheet(header, cells, "\r\n")}`);
    expect(data).toMatchObject({ nRows: 3900, lineEnd: "\r\n", repaired: { count: 1 }, columns: { 0: { name: "Customer ID" } } });
  });

  test("an empty heading before row numbers", () => {
    const data = report(
      sheet(
        `,${header}`,
        cells.map((row, i) => [String(i), ...row]),
      ),
    );
    expect(data.columns[0]).toMatchObject({ name: "column 1", type: "identifier", role: "identifier" });
    expect(data.repaired.samples).toEqual([{ line: 1, column: "column 1", was: "", became: "column 1", rule: "empty-header" }]);
  });

  test("the same heading twice", () => {
    const { table, facts } = read(sheet(header.replace("Promo Code Used", "Discount Applied"), cells));
    expect(table.columns[15].name).toBe("Discount Applied (2)");
    expect(facts.repaired.count).toBe(1);
  });

  test("extra columns", () => {
    const data = report(
      sheet(
        `${header},Cluster,category_age`,
        cells.map((row, i) => [...row, String(i % 4), Number(row[1]) < 40 ? "Young" : "Old"]),
      ),
    );
    expect(data).toMatchObject({ nColumns: 21, suggestedTarget: "Frequency of Purchases" });
    expect(data.columns.slice(19)).toMatchObject([
      { type: "integer", known: null },
      { type: "categorical", known: null },
    ]);
  });

  test("18 columns, without one of the payment columns", () => {
    const data = report(
      sheet(
        without(header.split(","), 12).join(","),
        cells.map((row) => without(row, 12)),
      ),
    );
    expect(data).toMatchObject({ nColumns: 18, nRows: 3900 });
  });

  test("3,899 and 3,903 rows", () => {
    expect(report(sheet(header, cells.slice(1)))).toMatchObject({ nRows: 3899, columns: { 0: { type: "identifier" } } });
    expect(report(sheet(header, [...cells, ...cells.slice(0, 3)]))).toMatchObject({
      nRows: 3903,
      columns: { 0: { type: "identifier" } },
    });
  });

  test("blanks in Discount, and an age of 550", () => {
    const data = report(edit(14, (cell, row) => (row % 1000 === 7 ? "" : cell)));
    expect(data.columns[14]).toMatchObject({ type: "boolean", nMissing: 4, nDistinct: 2 });
    expect(report(edit(1, (cell, row) => (row === 9 ? "550" : cell))).columns[1]).toMatchObject({
      type: "integer",
      summary: { max: 550 },
    });
  });

  test("semicolons, decimal commas and Vietnamese headings", () => {
    const rows = cells.map((row) => row.with(10, row[10].replace(".", ",")).join(";"));
    const names = header.replace("Review Rating", "Điểm đánh giá").replaceAll(",", ";");
    const data = report([names, ...rows].join("\r\n"));
    expect(data.columns[10]).toMatchObject({ type: "numeric", known: "review_rating", summary: { min: 2.5, max: 5 } });
  });

  test("lines cut short are listed with their numbers", () => {
    const { table, facts } = read(
      sheet(
        header,
        cells.map((row, i) => (i === 1204 || i === 3369 ? row.slice(0, 17) : row)),
      ),
    );
    expect(table.nRows).toBe(3898);
    expect(facts.skipped.samples.map(({ line, reason }) => [line, reason])).toEqual([
      [1206, "too-few-values"],
      [3371, "too-few-values"],
    ]);
    expect(texts(table, "Customer ID")[1204]).toBe("1206");
  });
});
