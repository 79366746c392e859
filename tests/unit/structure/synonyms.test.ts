import { describe, expect, test } from "vitest";
import { findSynonyms, mergeSynonyms } from "../../../src/structure/synonyms.ts";
import { read, texts } from "../table/reading.ts";

const groups = (labels: readonly string[]) => {
  const { table } = read(`a,n\n${labels.map((label, i) => `"${label}",${i}`).join("\n")}\n`);
  return findSynonyms(table).flatMap((synonyms) => synonyms.groups);
};

describe("findSynonyms", () => {
  test.each([
    [["Bi-Weekly", "Fortnightly", "Weekly"], [["Bi-Weekly", "Fortnightly"]]],
    [["Quarterly", "Every 3 Months", "every three months"], [["Quarterly", "Every 3 Months", "every three months"]]],
    [["Hàng quý", "3 tháng một lần", "Hàng tháng"], [["Hàng quý", "3 tháng một lần"]]],
    [["T-shirt", "T Shirt", "tshirt", "Shirt"], [["T-shirt", "T Shirt", "tshirt"]]],
    [["male", "Male", "M", "Female"], [["male", "Male", "M"]]],
  ])("%j", (labels, expected) => {
    expect(groups(labels)).toEqual(expected);
  });

  test.each([[["A+", "A-", "A"]], [["1-2", "12", "3"]], [["Nam", "Năm", "x"]], [["Annually", "Semi-annually", "Monthly"]]])(
    "%j are different",
    (labels) => {
      expect(groups(labels)).toEqual([]);
    },
  );

  test("the commonest label leads, counts follow", () => {
    const { table } = read("a\nQuarterly\nEvery 3 Months\nEvery 3 Months\nWeekly\n");
    expect(findSynonyms(table)).toEqual([{ column: "a", groups: [["Every 3 Months", "Quarterly"]], counts: [[2, 1]] }]);
  });
});

test("merging rewrites labels and leaves rows, missing values and other columns as they are", () => {
  const { table } = read("a,b\nQuarterly,1\n,2\nWeekly,3\nEvery 3 Months,4\nEvery 3 Months,5\n");
  const merged = mergeSynonyms(table, findSynonyms(table));
  expect(texts(merged, "a")).toEqual(["Every 3 Months", "", "Weekly", "Every 3 Months", "Every 3 Months"]);
  expect(merged.columns[0]).toMatchObject({ levels: ["Every 3 Months", "Weekly"] });
  expect(merged.columns[1]).toBe(table.columns[1]);
  expect(findSynonyms(merged)).toEqual([]);
});
