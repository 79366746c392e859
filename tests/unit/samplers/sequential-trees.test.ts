import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { columnShapes, pairSimilarities, prepareReference } from "../../../src/metrics/fidelity.ts";
import { brokenRowShare, findEmptyCells } from "../../../src/metrics/legal-cells.ts";
import { twoSampleAuc } from "../../../src/metrics/two-sample.ts";
import type { SampleResult, Sampler } from "../../../src/samplers/sampler.ts";
import { fitSequentialTrees } from "../../../src/samplers/sequential-trees.ts";
import { splitFold } from "../../../src/table/split-rows.ts";
import { cellText, concatTables, getColumn, type Table } from "../../../src/table/table.ts";
import { loadTable } from "../support/load-table.ts";
import { categorical, numeric, table, trainRows } from "../support/make-table.ts";

const sampleOf = (sampler: Sampler, nRows: number, conditions: { column: string; value: string }[], seed: number): Table =>
  (sampler.sample(nRows, conditions, createRandom(seed)) as SampleResult).table;

/** Town tells region; spending follows age and is missing for every tenth; mood is noise. */
function shoppers(nRows: number) {
  const random = createRandom(4).split("shoppers");
  const towns = Array.from({ length: nRows }, () => random.integer(12));
  const ages = towns.map(() => 20 + random.integer(50));
  return {
    town: categorical(
      "town",
      towns.map((town) => `t${town}`),
    ),
    region: categorical(
      "region",
      towns.map((town) => "nsw"[town % 3]),
    ),
    age: numeric("age", ages),
    spent: numeric(
      "spent",
      ages.map((age, i) => (i % 10 === 0 ? null : Math.round(3 * age + 4 * random.normal()))),
    ),
    mood: categorical(
      "mood",
      towns.map(() => "abc"[random.integer(3)]),
    ),
  };
}

describe("sequential trees", () => {
  const { town, region, age, spent, mood } = shoppers(1500);
  const train = trainRows(town, region, age, spent, mood);
  const sampler = finish(fitSequentialTrees(train, createRandom(1)));

  test("rows keep what one column tells of another, and missing values", () => {
    const made = sampleOf(sampler, 1500, [], 2);
    const similar = pairSimilarities(prepareReference(train.table), made);
    expect(Math.min(...similar)).toBeGreaterThan(0.85);
    const regions = new Set(
      Array.from({ length: 1500 }, (_, row) => cellText(getColumn(made, "town"), row) + cellText(getColumn(made, "region"), row)),
    );
    expect(regions.size).toBe(12);
    const values = getColumn(made, "spent");
    const nMissing = values.kind === "numeric" ? values.values.filter(Number.isNaN).length : 0;
    expect(Math.abs(nMissing - 150)).toBeLessThan(50);
  });

  test("what is noise is drawn from all rows: no leaf lends the mood of a few", () => {
    const { columns } = train.table;
    const noise = finish(fitSequentialTrees(trainRows(columns[0], columns[4]), createRandom(1)));
    const made = sampleOf(noise, 3000, [{ column: "town", value: "t3" }], 5);
    const whole = columnShapes(prepareReference(table(columns[4])), made);
    expect(whole[0]).toBeGreaterThan(0.95);
  });

  test("conditions on two columns hold in every row; one never seen is refused", () => {
    const made = sampleOf(
      sampler,
      200,
      [
        { column: "region", value: "s" },
        { column: "mood", value: "b" },
      ],
      3,
    );
    expect(made.columns.map(({ name }) => name)).toEqual(["town", "region", "age", "spent", "mood"]);
    for (let row = 0; row < 200; row++) {
      expect(cellText(getColumn(made, "region"), row) + cellText(getColumn(made, "mood"), row)).toBe("sb");
      expect(Number(cellText(getColumn(made, "town"), row).slice(1)) % 3).toBe(1);
    }
    const never = [
      { column: "town", value: "t0" },
      { column: "region", value: "w" },
    ];
    expect(() => sampleOf(sampler, 5, never, 3)).toThrow(expect.objectContaining({ code: "condition-impossible" }));
  });

  test("the same seed gives the same rows", () => {
    const again = finish(fitSequentialTrees(train, createRandom(1)));
    expect(sampleOf(again, 100, [], 7)).toEqual(sampleOf(sampler, 100, [], 7));
  });
});

describe.each([
  { file: "telco_churn.csv", identifier: "customerID", target: "Churn", maxDistance: 0.1 },
  { file: "shopping_trends.csv", identifier: "Customer ID", target: "Frequency of Purchases", maxDistance: 0.08 },
])("$file", ({ file, identifier, target, maxDistance }) => {
  const whole = loadTable(`../shared/data/${file}`);

  test.skipIf(!whole).each([1, 3, 6])("held-out rows hardly tell generated ones from their own, halves %i", (seed) => {
    if (!whole) return;
    const rows: Table = { ...whole, columns: whole.columns.filter(({ name }) => name !== identifier) };
    const halves = splitFold(rows, target, 2, 0, createRandom(seed).split("audit halves"));
    const { nRows } = halves.train.table;
    const made = sampleOf(finish(fitSequentialTrees(halves.train, createRandom(seed))), nRows, [], seed + 50);
    const reference = prepareReference(halves.test.table, concatTables(halves.train.table, halves.test.table));
    const signal = pairSimilarities(reference, made, "signal");
    expect(signal.reduce((sum, value) => sum + value, 0) / signal.length).toBeGreaterThanOrEqual(0.95);
    expect(Math.abs(finish(twoSampleAuc(halves.test.table, made, createRandom(seed))) - 0.5)).toBeLessThanOrEqual(maxDistance);
    expect(brokenRowShare(findEmptyCells(rows), made)).toBe(0);
  });
});
