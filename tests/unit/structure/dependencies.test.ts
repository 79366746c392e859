import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { findDependencies, findIdentical, tells } from "../../../src/structure/dependencies.ts";
import { read } from "../table/reading.ts";

const random = createRandom(3);
const rowsOf = (n: number, row: (i: number) => string) => Array.from({ length: n }, (_, i) => row(i)).join("\n");
const columnsOf = (header: string, body: string) => read(`${header}\n${body}\n`).table.columns;
const found = (header: string, body: string) => {
  const columns = columnsOf(header, body);
  return findDependencies(columns, findIdentical(columns)).map(({ from, to }) => `${from}→${to}`);
};

describe("findDependencies", () => {
  test("a chain is told by its links", () => {
    expect(
      found(
        "city,state,land",
        rowsOf(300, () => {
          const city = random.integer(12);
          return `c${city},s${city >> 1},l${city >> 2}`;
        }),
      ),
    ).toEqual(["city→state", "state→land"]);
  });

  test("one column in two spellings tells both ways", () => {
    expect(
      found(
        "name,code,group",
        rowsOf(300, () => {
          const i = random.integer(6);
          return `n${i},${10 + i},g${i % 2}`;
        }),
      ),
    ).toEqual(["name→code", "name→group", "code→name", "code→group"]);
  });

  test("one exception is none", () => {
    const body = rowsOf(300, (i) => `a${i % 10},b${i === 299 ? "x" : (i % 10) >> 1}`);
    expect(found("a,b", body)).toEqual([]);
  });

  test("numbers tell age groups; near-unique ones tell nothing", () => {
    const ages = () => 18 + random.integer(50);
    expect(
      found(
        "age,group",
        rowsOf(600, () => {
          const age = ages();
          return `${age},${age < 40 ? "young" : "old"}`;
        }),
      ),
    ).toEqual(["age→group"]);
    expect(
      found(
        "amount,group",
        rowsOf(300, (i) => `${i * 1.5},${i % 2 ? "x" : "y"}`),
      ),
    ).toEqual([]);
  });

  test("a nearly constant column is told by chance, so it is no rule", () => {
    expect(
      found(
        "a,rare",
        rowsOf(300, (i) => `a${i % 30},${i === 7 || i === 37 ? "y" : "n"}`),
      ),
    ).toEqual([]);
    const few = rowsOf(60, (i) => `a${i % 12},${i % 12 === 7 ? "y" : "n"}`);
    expect(tells(columnsOf("a,rare", few)[0], columnsOf("a,rare", few)[1])).toBe(true);
  });
});

test("identical means the same text in every row, missing included", () => {
  const columns = columnsOf(
    "a,b,c,d,m,n",
    rowsOf(
      30,
      (i) => `${i % 2 ? "x" : "y"},${i % 2 ? "x" : "y"},${i % 2 ? "x" : "y"},${i % 2 ? "y" : "x"},${i % 5 || ""},${i % 5 || ""}`,
    ),
  );
  expect(findIdentical(columns)).toEqual([
    ["a", "b"],
    ["a", "c"],
    ["m", "n"],
  ]);
});
