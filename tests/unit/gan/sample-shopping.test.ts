import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { DEFAULT_GAN_SETTINGS } from "../../../src/gan/gan.params.ts";
import type { GanSampler } from "../../../src/gan/sample.ts";
import { trainGan } from "../../../src/gan/train.ts";
import { brokenRowShare, findEmptyCells } from "../../../src/metrics/legal-cells.ts";
import { splitRange } from "../../../src/samplers/condition.params.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { cellText, getColumn, type Table } from "../../../src/table/table.ts";
import { hasData, readData } from "./tables.ts";

const FILE = "shopping_trends.csv";

const texts = (table: Table, name: string) =>
  new Set(Array.from({ length: table.nRows }, (_, row) => cellText(getColumn(table, name), row)));

const keeps = (made: Table, column: string, value: string) => {
  const { from, to } = splitRange(value) ?? { from: value, to: value };
  return [...texts(made, column)].every((text) => (from === to ? text === from : isBetween(Number(text), from, to)));
};
const isBetween = (number: number, from: string, to: string) =>
  number >= Number(from === "" ? -1e9 : from) && number <= Number(to === "" ? 1e9 : to);

describe.skipIf(!hasData(FILE))("rows like those of the shopping table", () => {
  let table: Table;
  let sampler: GanSampler;

  beforeAll(async () => {
    table = readData(FILE, ["Customer ID"]);
    const work = trainGan({
      train: trainOnAll(table),
      test: null,
      keepUntrained: false,
      target: "Frequency of Purchases",
      settings: { ...DEFAULT_GAN_SETTINGS, nSteps: 60, hidden: 64 },
      engine: { engine: "wasm", why: "asked-for", candidates: [] },
      createEngine: wasmEngineFactory(true),
      random: createRandom(3),
      now: () => 0,
    });
    sampler = (await finishAsync(work)).sampler;
  });
  afterAll(() => sampler?.dispose());

  it("break none of its rules, in 100,000", async () => {
    const rules = findEmptyCells(table);
    expect(rules.length).toBeGreaterThan(5);
    let nRows = 0;
    for await (const { table: part } of sampler.chunks(100_000, [], createRandom(4))) {
      expect(brokenRowShare(rules, part)).toBe(0);
      nRows += part.nRows;
    }
    expect(nRows).toBe(100_000);
  });

  it.each([
    [{ Gender: "Female", Season: "Winter" }],
    [{ "Item Purchased": "Sandals", Location: "Ohio" }],
    [{ Age: "40", "Frequency of Purchases": "Weekly" }],
    [{ Age: "30..45", Category: "Footwear" }],
    [{ "Purchase Amount (USD)": "80..", Gender: "Male", Age: "..25" }],
  ])("all carry %j, 500 of them", async (asked) => {
    const conditions = Object.entries(asked).map(([column, value]) => ({ column, value }));
    const { table: made, effectiveSampleSize } = await sampler.sample(500, conditions, createRandom(5));
    expect(made.nRows).toBe(500);
    for (const { column, value } of conditions) expect(keeps(made, column, value)).toBe(true);
    expect(brokenRowShare(findEmptyCells(table), made)).toBe(0);
    expect(effectiveSampleSize).toBeGreaterThan(100);
  });

  it("are refused where the table's rules leave none", async () => {
    const conditions = [
      { column: "Item Purchased", value: "Sandals" },
      { column: "Category", value: "Clothing" },
    ];
    await expect(sampler.sample(5, conditions, createRandom(5))).rejects.toMatchObject({ code: "condition-impossible" });
  });
});
