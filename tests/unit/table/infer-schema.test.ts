import { describe, expect, test } from "vitest";
import { encodeCells } from "../../../src/table/cell-block.ts";
import { inferColumn } from "../../../src/table/infer-schema.ts";
import { RawColumnBuilder } from "../../../src/table/raw-column.ts";
import { cellText } from "../../../src/table/table.ts";

function infer(cells: readonly string[], options: { name?: string; prefersComma?: boolean } = {}) {
  const builder = new RawColumnBuilder(options.name ?? "x");
  builder.push(
    encodeCells(
      cells.map((cell) => [cell]),
      1,
    ),
    0,
    cells.length,
  );
  const raw = builder.finish();
  const { column, repairs } = inferColumn(raw, options.prefersComma ?? false);
  return {
    type: column.type,
    cells: cells.map((_, row) => cellText(column, row)),
    step: column.kind === "numeric" ? column.step : null,
    levels: column.kind === "categorical" ? column.levels : null,
    rules: raw.texts.flatMap((text, code) => (repairs.has(code) ? [[text, repairs.get(code)?.rule]] : [])),
  };
}

const range = (n: number, text: (i: number) => string) => Array.from({ length: n }, (_, i) => text(i));

describe("numbers", () => {
  test("blanks beside numbers are missing, and no repair", () => {
    expect(infer(["1.5", " ", "", "2"])).toMatchObject({ type: "numeric", cells: ["1.5", "", "", "2"], step: 0.1, rules: [] });
  });

  test("integers, their step, and words for missing", () => {
    expect(infer(["5", "NA", "none", "7"])).toMatchObject({
      type: "integer",
      cells: ["5", "", "", "7"],
      step: 1,
      rules: [
        ["NA", "missing-token"],
        ["none", "missing-token"],
      ],
    });
  });

  test("the decimal mark is found for the whole column", () => {
    expect(infer(["1.234,5", "12", "1.000"])).toMatchObject({ type: "numeric", cells: ["1234.5", "12", "1000"] });
    expect(infer(["1,234", "2,500"])).toMatchObject({ cells: ["1234", "2500"] });
    expect(infer(["1,234", "2,500"], { prefersComma: true })).toMatchObject({ cells: ["1.234", "2.5"] });
    expect(infer(["1.234", "2.5"], { prefersComma: true })).toMatchObject({ cells: ["1.234", "2.5"], rules: [] });
  });

  test("two currencies in one column are not numbers", () => {
    expect(infer(["$5", "€5", "$6"]).type).toBe("categorical");
    expect(infer(["$5", "5", "$6.50"])).toMatchObject({ type: "numeric", cells: ["5", "5", "6.5"] });
  });

  test("a few stray words become missing and are recorded; more make the column words", () => {
    const column = infer([...range(99, (i) => String(i % 7)), "abc"]);
    expect(column).toMatchObject({ type: "integer", rules: [["abc", "not-a-number"]] });
    expect(column.cells[99]).toBe("");
    expect(infer([...range(90, (i) => String(i % 7)), ...range(10, () => "abc")]).type).toBe("categorical");
  });

  test("digits with leading zeros, or too many of them, are codes", () => {
    expect(infer(["01", "2", "10"])).toMatchObject({ type: "categorical", cells: ["01", "2", "10"] });
    expect(infer(["1234567890123456789", "5"])).toMatchObject({ cells: ["1234567890123456789", "5"] });
  });

  test("0 and 1 answer yes or no", () => {
    expect(infer(["0", "1", "", "1"])).toMatchObject({ type: "boolean", levels: ["0", "1"], cells: ["0", "1", "", "1"] });
    expect(infer(["0", "0"]).type).toBe("integer");
    expect(infer(["1", "2", "1"]).type).toBe("integer");
  });
});

describe("words", () => {
  test("yes/no columns are boolean, in any case and in Vietnamese", () => {
    expect(infer(["Yes", "No", ""]).type).toBe("boolean");
    expect(infer(["TRUE", "FALSE"]).type).toBe("boolean");
    expect(infer(["Có", "Không"]).type).toBe("boolean");
    expect(infer(["Male", "Female"]).type).toBe("categorical");
  });

  test("levels stand in order of appearance; spaces around them go", () => {
    expect(infer(["b", "a ", "b", " a"])).toMatchObject({
      levels: ["b", "a"],
      rules: [
        ["a ", "surrounding-spaces"],
        [" a", "surrounding-spaces"],
      ],
    });
  });

  test("None is an answer among words, NA is not", () => {
    expect(infer(["None", "DSL", "NA"])).toMatchObject({ levels: ["None", "DSL"], rules: [["NA", "missing-token"]] });
  });

  test("an escaping apostrophe goes, others stay", () => {
    expect(infer(["'=1+1", "''=x", "'tis", "'-5"]).levels).toEqual(["=1+1", "'=x", "'tis", "'-5"]);
  });

  test("a column without any value has no levels", () => {
    expect(infer(["", " ", "NA"])).toMatchObject({ type: "categorical", levels: [] });
  });
});

describe("identifiers and text", () => {
  test("row numbers and named codes are identifiers", () => {
    expect(infer(range(50, (i) => String(50 - i))).type).toBe("identifier");
    expect(infer(range(50, (i) => `K-${i}X`)).type).toBe("identifier");
    expect(
      infer(
        range(50, (i) => String(1000 + 17 * i)),
        { name: "customerID" },
      ).type,
    ).toBe("identifier");
    expect(
      infer(
        range(50, (i) => String(1000 + 17 * i)),
        { name: "Mã khách hàng" },
      ).type,
    ).toBe("identifier");
  });

  test("other numbers are not, though all differ", () => {
    expect(
      infer(
        range(50, (i) => String(1000 + 17 * i)),
        { name: "amount" },
      ).type,
    ).toBe("integer");
    expect(
      infer(
        range(50, (i) => String(i + 0.5)),
        { name: "id" },
      ).type,
    ).toBe("numeric");
    expect(infer(range(10, (i) => String(i))).type).toBe("integer");
    expect(
      infer(
        range(60, (i) => String(i % 3)),
        { name: "Cluster ID" },
      ).type,
    ).toBe("integer");
  });

  test("mostly different sentences are text", () => {
    expect(infer(range(200, (i) => `note number ${i}`)).type).toBe("text");
    expect(infer(range(200, (i) => `note number ${i % 60}`)).type).toBe("categorical");
  });
});

test("dates keep their day, become ISO, and say so", () => {
  expect(infer(["31/12/2024", "", "01/02/2024"])).toMatchObject({
    type: "date",
    cells: ["2024-12-31", "", "2024-02-01"],
    step: 86_400_000,
    rules: [
      ["31/12/2024", "date-format"],
      ["01/02/2024", "date-format"],
    ],
  });
  expect(infer(["2024-01-05 13:22", "2024-01-06"])).toMatchObject({ type: "date", cells: ["2024-01-05T13:22:00", "2024-01-06"] });
  expect(infer(["01/02/2024", "03/04/2024"]).type).toBe("categorical");
});
