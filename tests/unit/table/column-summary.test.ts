import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeColumns, summarizeNumbers } from "../../../src/table/column-summary.ts";
import { resolveRoles } from "../../../src/table/roles.ts";
import type { NumericColumn, Role, Table } from "../../../src/table/table.ts";
import { read } from "./reading.ts";

const numeric = (values: readonly number[], type: NumericColumn["type"] = "numeric"): NumericColumn => ({
  kind: "numeric",
  name: "x",
  type,
  values: Float64Array.from(values),
  step: 1,
});
const table = (text: string): Table => read(text).table;
const rows = (n: number, row: (i: number) => string) => Array.from({ length: n }, (_, i) => row(i)).join("\n");
const target = (text: string) => describeColumns(table(text)).suggestedTarget;

describe("summarizeNumbers", () => {
  test("small case by hand", () => {
    expect(summarizeNumbers(numeric([4, Number.NaN, 1, 3], "integer"))).toEqual({
      kind: "numeric",
      min: 1,
      max: 4,
      mean: 8 / 3,
      sd: Math.sqrt(7 / 3),
      median: 3,
      edges: [1, 2, 3, 4, 5],
      counts: [1, 0, 1, 1],
    });
    expect(summarizeNumbers(numeric([7]))).toMatchObject({ sd: 0, median: 7, edges: [7, 7], counts: [1] });
  });

  test("every value is counted in the bin whose edges hold it", () => {
    const values = fc.array(fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.float({ noNaN: true, noDefaultInfinity: true })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(values, fc.boolean(), (given, isInteger) => {
        const used = isInteger ? given.map(Math.round) : given;
        const { edges, counts } = summarizeNumbers(numeric(used, isInteger ? "integer" : "numeric"));
        expect(edges).toHaveLength(counts.length + 1);
        const last = counts.length - 1;
        const naive = counts.map(
          (_, i) => used.filter((x) => x >= edges[i] && (x < edges[i + 1] || (i === last && x <= edges[i + 1]))).length,
        );
        expect(counts).toEqual(naive);
        expect(counts.reduce((sum, count) => sum + count)).toBe(used.length);
      }),
    );
  });
});

test("levels stand commonest first, at most 60, missing ones apart", () => {
  const { columns } = describeColumns(table(`a,b\n${rows(200, (i) => `v${i % 70},${i % 4 ? "x" : ""}`)}`));
  expect(columns[0]).toMatchObject({ type: "categorical", nDistinct: 70, nMissing: 0 });
  expect(columns[0].summary).toMatchObject({ levels: { length: 60 } });
  expect(columns[1]).toMatchObject({
    nDistinct: 1,
    nMissing: 50,
    role: "ignore",
    summary: { levels: [{ value: "x", count: 150 }] },
  });
});

describe("suggested target and roles", () => {
  test("frequency of purchases in any spelling, else the last category, else the last number", () => {
    expect(target("frequency_of_purchases,z\nWeekly,a\nMonthly,b\n")).toBe("frequency_of_purchases");
    expect(target("Tần suất mua hàng,z\nHàng tuần,a\nHàng tháng,b\n")).toBe("Tần suất mua hàng");
    expect(target("a,b,n\nx,p,1\ny,q,2\n")).toBe("b");
    expect(target("m,n\n1,5\n2,6\n")).toBe("n");
    expect(target("a,b\nx,k\ny,k\n")).toBe("a");
    expect(target("a\nx\n")).toBe("a");
  });

  test("identifiers, constants and text are no features; a category of too many levels is no target", () => {
    const source = `key,const,note,many,n,yes\n${rows(200, (i) => `K${i}X,1,some note ${i},m${i % 60},${i % 7},${i % 2 ? "Yes" : "No"}`)}`;
    expect(describeColumns(table(source)).columns.map(({ role }) => role)).toEqual([
      "identifier",
      "ignore",
      "ignore",
      "feature",
      "feature",
      "target",
    ]);
    expect(target(`many,n\n${rows(200, (i) => `m${i % 60},${i % 7}`)}`)).toBe("n");
  });

  test("given roles win, only one column is the target, and names of Object's parts are no trap", () => {
    const given: Record<string, Role> = Object.assign(Object.create(null), { b: "ignore", c: "target" });
    const roleOf = resolveRoles(table("a,b,c,__proto__,constructor\nx,1,p,3,u\ny,2,q,4,v\n"), "a", given);
    expect(["a", "b", "c", "__proto__", "constructor", "absent"].map(roleOf)).toEqual([
      "target",
      "ignore",
      "feature",
      "feature",
      "feature",
      "ignore",
    ]);
  });
});
