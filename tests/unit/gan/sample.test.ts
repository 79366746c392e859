import { afterAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { useEngine } from "../../../src/gan/backend.ts";
import { fitBlocks } from "../../../src/gan/blocks-encoding.ts";
import { LOSS_WEIGHTS } from "../../../src/gan/engine.ts";
import { createTfjsEngine } from "../../../src/gan/engine-tfjs.ts";
import { planNetwork } from "../../../src/gan/network-plan.ts";
import { criticShapes, generatorShapes, startParameters } from "../../../src/gan/parameters.ts";
import { GanSampler } from "../../../src/gan/sample.ts";
import { brokenRowShare, findEmptyCells } from "../../../src/metrics/legal-cells.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { cellText, getColumn, type NumericColumn, type Table } from "../../../src/table/table.ts";
import { derivedTable, plantedTable, tableOf } from "./tables.ts";
import { WASM_PATHS } from "./wasm-paths.ts";

await useEngine("wasm", WASM_PATHS);

const SHAPE = { batchSize: 10, hidden: 12, latentDim: 4 };
const samplers: GanSampler[] = [];

/** A generator of random weights: large ones, so that blocks hang together through z. */
function untrained(table: Table): GanSampler {
  const { encoding, codes } = fitBlocks(trainOnAll(table), createRandom(1));
  const plan = planNetwork(encoding, codes);
  const generator = startParameters(generatorShapes(plan, SHAPE), createRandom(2));
  const nTrunk = SHAPE.latentDim * SHAPE.hidden + 4 * SHAPE.hidden + SHAPE.hidden ** 2;
  for (let i = nTrunk; i < nTrunk + SHAPE.hidden * plan.nScores; i++) generator[i] *= 30;
  const critic = startParameters(criticShapes(plan, SHAPE), createRandom(3));
  const engine = createTfjsEngine(plan, SHAPE, LOSS_WEIGHTS.matched, { generator, average: generator, critic });
  const sampler = new GanSampler(engine, encoding, plan, SHAPE.latentDim);
  samplers.push(sampler);
  return sampler;
}

afterAll(() => {
  for (const sampler of samplers) sampler.dispose();
});

const values = (table: Table, name: string) => (getColumn(table, name) as NumericColumn).values;
const texts = (table: Table, name: string) =>
  Array.from({ length: table.nRows }, (_, row) => cellText(getColumn(table, name), row));

describe("GanSampler", () => {
  it("breaks no rule in 100,000 rows, those between blocks that were not joined included", async () => {
    // 60 × 60 levels in 2,400 rows are too many combinations for one block; some cells never occur.
    const random = createRandom(5);
    const large = tableOf(
      ["shop", "goods", "size"],
      Array.from({ length: 2400 }, () => {
        const shop = Math.floor(60 * random.next() ** 3);
        const goods = Math.floor(60 * random.next() ** 3);
        const isBanned = shop < 3 && goods === 1;
        return [`shop ${shop}`, `goods ${isBanned ? 0 : goods}`, random.next() < 0.5 ? "S" : "L"];
      }),
    );
    const rules = findEmptyCells(large);
    expect(rules).toHaveLength(1);
    const { table } = await untrained(large).sample(100_000, [], createRandom(6));
    expect(table.nRows).toBe(100_000);
    expect(brokenRowShare(rules, table)).toBe(0);
    const joined = plantedTable(600);
    const { table: made } = await untrained(joined).sample(20_000, [], createRandom(6));
    expect(brokenRowShare(findEmptyCells(joined), made)).toBe(0);
  });

  it("gives the same rows whole and in chunks", async () => {
    const sampler = untrained(derivedTable(600));
    const { table } = await sampler.sample(9_000, [], createRandom(7));
    const plans: string[] = [];
    const sizes: number[] = [];
    for await (const chunk of sampler.chunks(9_000, [], createRandom(7))) {
      plans.push(...texts(chunk.table, "plan"));
      sizes.push(chunk.table.nRows);
    }
    expect(sizes).toEqual([4000, 4000, 1000]);
    expect(plans).toEqual(texts(table, "plan"));
  });

  it.each([
    [{ plan: "gold", extra: "yes" }],
    [{ plan: "gold", months: "7" }],
    [{ extra: "no", fee: "63" }],
    [{ fee: "63", months: "1" }],
    [{ plan: "plus", extra: "no", months: "12" }],
  ])("makes 500 rows that all carry %j", async (asked) => {
    const conditions = Object.entries(asked).map(([column, value]) => ({ column, value }));
    const { table, effectiveSampleSize } = await untrained(derivedTable(600)).sample(500, conditions, createRandom(8));
    expect(table.nRows).toBe(500);
    for (const { column, value } of conditions) expect(new Set(texts(table, column))).toEqual(new Set([value]));
    expect(effectiveSampleSize).toBeGreaterThan(50);
    expect(effectiveSampleSize).toBeLessThanOrEqual(500);
  });

  it("draws the other columns under a derived number as often as unconditional rows with that number have them", async () => {
    const sampler = untrained(derivedTable(1500));
    const { table: all } = await sampler.sample(60_000, [], createRandom(9));
    const fees = values(all, "fee");
    const extras = texts(all, "extra").filter((_, row) => fees[row] === 62);
    expect(extras.length).toBeGreaterThan(400);
    const expected = extras.filter((extra) => extra === "yes").length / extras.length;
    const { table, effectiveSampleSize } = await sampler.sample(3000, [{ column: "fee", value: "62" }], createRandom(10));
    const found = texts(table, "extra").filter((extra) => extra === "yes").length / 3000;
    expect(expected).toBeGreaterThan(0.1);
    expect(expected).toBeLessThan(0.9);
    const deviation = Math.sqrt(expected * (1 - expected) * (1 / extras.length + 1 / effectiveSampleSize));
    expect(Math.abs(found - expected)).toBeLessThan(4 * deviation);
    expect(new Set(texts(table, "plan"))).toEqual(new Set(["plus"]));
  });

  it("keeps what determines a number: the first month's total is the fee, a later one lies near fee · months", async () => {
    const { table } = await untrained(derivedTable(600)).sample(2000, [], createRandom(11));
    const [fee, months, total] = ["fee", "months", "total"].map((name) => values(table, name));
    const residuals = total.map((value, row) => (value - fee[row] * months[row]) / Math.sqrt(Math.max(1, months[row] - 1)));
    const first = residuals.filter((_, row) => months[row] === 1);
    expect(first.length).toBeGreaterThan(5);
    const [low, high] = [Math.min(...total), Math.max(...total)];
    residuals.forEach((residual, row) => {
      if (total[row] === low || total[row] === high) return;
      expect(Math.abs(residual)).toBeLessThan(months[row] === 1 ? 0.006 : 60);
    });
  });

  it.each([
    [{ fee: "100000" }],
    [{ fee: "61.5" }],
    [{ fee: "sixty" }],
    [{ plan: "gold", fee: "20" }],
    [{ months: "31" }],
    [{ months: "1", total: "100.37" }],
  ])("refuses %j, which no row can carry", async (asked) => {
    const conditions = Object.entries(asked).map(([column, value]) => ({ column, value: String(value) }));
    const work = untrained(derivedTable(600)).sample(10, conditions, createRandom(12));
    await expect(work).rejects.toMatchObject({ code: "condition-impossible" });
  });
});
