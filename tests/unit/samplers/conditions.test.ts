import { describe, expect, it } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitBlockSampler } from "../../../src/samplers/blocks.ts";
import { splitRange, writeRange } from "../../../src/samplers/condition.params.ts";
import { rangeOf, rowCondition, rowsMeeting } from "../../../src/samplers/conditions.ts";
import type { Condition, SampleResult, Sampler } from "../../../src/samplers/sampler.ts";
import { fitSequentialTrees } from "../../../src/samplers/sequential-trees.ts";
import { fitShuffler } from "../../../src/samplers/shuffler.ts";
import { allRows, cellText, getColumn, type NumericColumn, type Table } from "../../../src/table/table.ts";
import { categorical, numeric, trainRows } from "../support/make-table.ts";

const numbers = (step: number, ...values: number[]): NumericColumn => ({
  kind: "numeric",
  name: "n",
  type: "numeric",
  values: Float64Array.from(values),
  step,
});
const DAY_MS = 86_400_000;
const dates = (step: number): NumericColumn => ({ ...numbers(step), type: "date" });
const at = (text: string) => Date.parse(`${text}Z`);

describe("a range as text", () => {
  it.each([
    ["18..65", "18", "65"],
    ["-5..-1.5", "-5", "-1.5"],
    ["1.5..2.5", "1.5", "2.5"],
    ["18..", "18", ""],
    ["..1e6", "", "1e6"],
    ["2024-01-31..2024-03-01", "2024-01-31", "2024-03-01"],
    ["2024-01-31T08:30:00..", "2024-01-31T08:30:00", ""],
  ])("%s is one", (text, from, to) => {
    expect(splitRange(text)).toEqual({ from, to });
    expect(writeRange({ from, to })).toBe(text);
  });

  it.each(["", "..", "18", "1.5", "2024-01-31", "and so on..", "A..B", "3 . . 4", "NaN..5"])("%j is none", (text) => {
    expect(splitRange(text)).toBeNull();
  });

  it("is one value where both ends are the same", () => {
    expect(writeRange({ from: "40", to: "40" })).toBe("40");
  });
});

describe("rangeOf", () => {
  it("draws the ends in to the numbers that the column can hold", () => {
    expect(rangeOf(numbers(1), "17.2..20.9")).toEqual({ low: 18, high: 20 });
    expect(rangeOf(numbers(0.01), "0.3..0.305")).toEqual({ low: 0.3, high: 0.3 });
    expect(rangeOf(numbers(1), "..20")).toEqual({ low: Number.NEGATIVE_INFINITY, high: 20 });
    expect(rangeOf(numbers(1), "40")).toBeNull();
  });

  it("holds no number where the ends are the wrong way round, between two neighbours, or of another kind", () => {
    for (const text of ["20..18", "18.2..18.8", "2024-01-01..2024-01-02"]) {
      const { low, high } = rangeOf(numbers(1), text) ?? { low: 0, high: 0 };
      expect(low).toBeGreaterThan(high);
    }
  });

  it("takes days whole", () => {
    const [low, high] = [at("2024-01-31T00:00:00"), at("2024-02-01T00:00:00")];
    expect(rangeOf(dates(DAY_MS), "2024-01-31..2024-02-01")).toEqual({ low, high });
    expect(rangeOf(dates(1000), "2024-01-31..2024-02-01")).toEqual({ low, high: high + DAY_MS - 1000 });
    expect(rangeOf(dates(1000), "..2024-02-01T08:30:00")).toMatchObject({ high: at("2024-02-01T08:30:00") });
  });
});

describe("rowsMeeting", () => {
  const column = numbers(1, 1, 2, 3, 4, 5, 6, 7, Number.NaN);
  const meeting = (value: string) => [...rowsMeeting(allRows(8), [rowCondition(column, value)], [{ column: "n", value }])];

  it("finds rows in a range, ends included, and never one whose number is missing", () => {
    expect(meeting("2..6")).toEqual([1, 2, 3, 4, 5]);
    expect(meeting("..9")).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("refuses a range that fewer than five rows meet, and a value that none has", () => {
    expect(() => meeting("2..5")).toThrow(
      expect.objectContaining({ code: "condition-too-rare", details: { conditions: "n = 2..5", expected: 5 } }),
    );
    expect(() => meeting("8")).toThrow(expect.objectContaining({ code: "condition-impossible" }));
    expect(meeting("3")).toEqual([2]);
  });
});

const random = createRandom(5).split("values");
const index = Array.from({ length: 600 }, (_, i) => i);
/** Price follows the shop; age is 18 to 67, but for two people of 90 and 91. */
const train = trainRows(
  categorical(
    "shop",
    index.map((i) => "abc"[i % 3]),
  ),
  numeric(
    "price",
    index.map((i) => 100 * (i % 3) + random.integer(50)),
  ),
  numeric(
    "age",
    index.map((i) => (i < 2 ? 90 + i : 18 + random.integer(50))),
  ),
);
const samplers: [string, Sampler][] = [
  ["sequential trees", finish(fitSequentialTrees(train, createRandom(1)))],
  ["the block sampler", fitBlockSampler(train)],
  ["the shuffler", fitShuffler(train)],
];

describe.each(samplers)("%s under a range", (name, sampler) => {
  const sample = (conditions: readonly Condition[]): Table =>
    (sampler.sample(500, conditions, createRandom(2)) as SampleResult).table;
  const texts = (table: Table, column: string) => index.slice(0, 500).map((row) => cellText(getColumn(table, column), row));

  it("makes 500 rows that lie in it and have the category that is asked for too", () => {
    const made = sample([
      { column: "age", value: "30..39" },
      { column: "shop", value: "b" },
    ]);
    const ages = new Set(texts(made, "age"));
    expect(ages.size).toBe(10);
    for (const age of ages) expect(Math.floor(Number(age) / 10)).toBe(3);
    expect(new Set(texts(made, "shop"))).toEqual(new Set(["b"]));
    if (name !== "the shuffler") for (const price of texts(made, "price")) expect(Math.floor(Number(price) / 100)).toBe(1);
  });

  it("refuses one that fewer than five training rows meet", () => {
    expect(() => sample([{ column: "age", value: "80..89" }])).toThrow(expect.objectContaining({ code: "condition-too-rare" }));
    expect(() => sample([{ column: "age", value: "68.." }])).toThrow(expect.objectContaining({ code: "condition-too-rare" }));
  });
});
