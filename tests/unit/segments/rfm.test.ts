import { describe, expect, test } from "vitest";
import { findRfmColumns, fitRfm, labelRfm, rfmSegment, scoreColumn, scoreRows } from "../../../src/segments/rfm.ts";
import { tableOf } from "../support/load-table.ts";

const nobody = { recency: "", frequency: "", money: "" };
const customers = tableOf(
  ["Days since last purchase", "Orders", "Total spent"],
  Array.from({ length: 10 }, (_, row) => [String(10 * row + 5), String(1 + Math.floor(row / 2)), String(100 - row)]),
);

describe("findRfmColumns", () => {
  test("knows them by their headings, and takes those that are named", () => {
    const found = findRfmColumns(customers, nobody);
    expect([found.recency?.name, found.frequency.name, found.money.name]).toEqual([
      "Days since last purchase",
      "Orders",
      "Total spent",
    ]);
    expect(findRfmColumns(customers, { ...nobody, money: "Orders" }).money.name).toBe("Orders");
  });

  test("may lack recency, never money or frequency", () => {
    const some = tableOf(["Orders", "Amount"], [["1", "2"]]);
    expect(findRfmColumns(some, nobody).recency).toBeNull();
    for (const named of [
      { ...nobody, money: "Nothing" },
      { ...nobody, recency: "Nothing" },
    ])
      expect(() => findRfmColumns(some, named)).toThrow(expect.objectContaining({ code: "segment-columns-missing" }));
    expect(() => findRfmColumns(tableOf(["a"], [["1"]]), nobody)).toThrow(
      expect.objectContaining({ code: "segment-columns-missing" }),
    );
  });
});

describe("scores", () => {
  test("lie at quintiles, fewer days and more money being better", () => {
    const [recency, frequency, money] = fitRfm(findRfmColumns(customers, nobody));
    expect([...scoreColumn(customers.columns[0], recency)]).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
    expect([...scoreColumn(customers.columns[1], frequency)]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect([...scoreColumn(customers.columns[2], money)]).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
  });

  test("a later date is better, equal values score alike, a missing one in the middle", () => {
    const read = tableOf(
      ["Orders", "Amount"],
      [0, 1, 2, 3, 4].map((i) => [i < 4 ? "1" : "9", i === 0 ? "" : String(i)]),
    );
    const days = Float64Array.from({ length: 5 }, (_, i) => Date.UTC(2024, 0, 1 + i));
    const lastOrder = { kind: "numeric", name: "Last order", type: "date", values: days, step: 86_400_000 } as const;
    const table = { ...read, columns: [lastOrder, ...read.columns] };
    const [recency, frequency, money] = fitRfm(findRfmColumns(table, nobody));
    expect([...scoreColumn(table.columns[0], recency)]).toEqual([1, 2, 3, 4, 5]);
    expect([...scoreColumn(table.columns[1], frequency)]).toEqual([1, 1, 1, 1, 5]);
    expect(scoreColumn(table.columns[2], money)[0]).toBe(3);
  });
});

describe("RFM segments", () => {
  test("follow the grid of recency and the mean of frequency and money", () => {
    expect(rfmSegment(5, 5, 5)).toBe("champions");
    expect(rfmSegment(4, 3, 2)).toBe("promising");
    expect(rfmSegment(5, 1, 1)).toBe("new-customers");
    expect(rfmSegment(3, 4, 4)).toBe("loyal");
    expect(rfmSegment(2, 5, 4)).toBe("at-risk");
    expect(rfmSegment(1, 1, 2)).toBe("lost");
    expect(rfmSegment(0, 4, 5)).toBe("frequent-high");
    expect(rfmSegment(0, 1, 2)).toBe("rare-low");
  });

  test("of a table: labels in the order of the grid, cells that add up", () => {
    const { segments, cells } = scoreRows(customers, fitRfm(findRfmColumns(customers, nobody)));
    const { labels, names } = labelRfm(segments);
    expect(names).toEqual(["promising", "needs-attention", "hibernating"]);
    expect([...labels]).toEqual([0, 0, 0, 0, 1, 1, 2, 2, 2, 2]);
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    expect(cells[0]).toEqual({ recency: 5, frequency: 1, money: 5, count: 2 });
  });
});
