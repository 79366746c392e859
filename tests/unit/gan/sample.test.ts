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
import { splitRange } from "../../../src/samplers/condition.params.ts";
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

  it.each([
    [{ plan: "gold", months: "7..12" }],
    [{ fee: "60..70" }],
    [{ fee: "..30", extra: "no" }],
    [{ total: "500..900", plan: "plus" }],
    [{ total: "500.5..", months: "..20", fee: "55..150" }],
    [{ months: "3..9", total: "200..260", extra: "yes" }],
    [{ months: "7", total: "100..1200" }],
  ])("makes 500 rows that all lie in the ranges of %j", async (asked) => {
    const conditions = Object.entries(asked).map(([column, value]) => ({ column, value }));
    const { table, effectiveSampleSize } = await untrained(derivedTable(600)).sample(500, conditions, createRandom(8));
    expect(table.nRows).toBe(500);
    for (const { column, value } of conditions) {
      const range = splitRange(value);
      const found = texts(table, column);
      if (!range) expect(new Set(found)).toEqual(new Set([value]));
      else {
        for (const text of found) expect(Number(text)).toBeGreaterThanOrEqual(range.from === "" ? 0 : Number(range.from));
        for (const text of found) expect(Number(text)).toBeLessThanOrEqual(range.to === "" ? 1e9 : Number(range.to));
        expect(new Set(found).size).toBeGreaterThan(3);
      }
    }
    expect(effectiveSampleSize).toBeGreaterThan(50);
    expect(effectiveSampleSize).toBeLessThanOrEqual(500);
  });

  it("keeps the rules under a range and a category, of bins of numbers too", async () => {
    const table = plantedTable(600);
    const conditions = [
      { column: "perk", value: "lounge" },
      { column: "spend", value: "150.5..190.25" },
    ];
    const { table: made } = await untrained(table).sample(500, conditions, createRandom(8));
    expect(brokenRowShare(findEmptyCells(table), made)).toBe(0);
    expect(new Set(texts(made, "plan"))).toEqual(new Set(["gold"]));
    const spends = [...values(made, "spend")];
    expect(Math.min(...spends)).toBeGreaterThanOrEqual(150.5);
    expect(Math.max(...spends)).toBeLessThanOrEqual(190.25);
    for (const spend of spends) expect(Math.round(spend * 100) / 100).toBe(spend);
  });

  it.each([
    ["a number of its own", { spend: "101.5..118.25" }, "spend", plantedTable(1500), "perk"],
    ["a derived one", { total: "300..420" }, "total", derivedTable(1500), "extra"],
  ])("draws the rest under a range of %s as unconditional rows in it are", async (_, asked, ranged, table, other) => {
    const sampler = untrained(table);
    const [[column, value]] = Object.entries(asked);
    const { from, to } = splitRange(value) ?? { from: "", to: "" };
    const { table: all } = await sampler.sample(80_000, [], createRandom(9));
    const inside = (made: Table) =>
      [...values(made, ranged).keys()].filter((row) => {
        const number = values(made, ranged)[row];
        return Number(from) <= number && number <= Number(to);
      });
    const { table: made, effectiveSampleSize } = await sampler.sample(4000, [{ column, value }], createRandom(10));
    expect(inside(made)).toHaveLength(4000);
    const nAll = inside(all).length;
    expect(nAll).toBeGreaterThan(1000);
    const share = (of: Table, isMet: (row: number) => boolean) => inside(of).filter(isMet).length / inside(of).length;
    const middle = (Number(from) + Number(to)) / 2;
    const [level] = texts(all, other);
    for (const isMet of [
      (of: Table) => (row: number) => values(of, ranged)[row] < middle,
      (of: Table) => (row: number) => cellText(getColumn(of, other), row) === level,
    ]) {
      const expected = share(all, isMet(all));
      expect(expected).toBeGreaterThan(0.02);
      expect(expected).toBeLessThan(0.98);
      const deviation = Math.sqrt(expected * (1 - expected) * (1 / nAll + 1 / effectiveSampleSize));
      expect(Math.abs(share(made, isMet(made)) - expected)).toBeLessThan(4 * deviation);
    }
  });

  it.each([
    ["no training row", { months: "31..40" }],
    ["no number between two neighbours", { months: "7.2..7.8" }],
    ["the wrong way round", { months: "9..3" }],
    ["too few training rows", { total: "999.5..1000.5" }],
    ["too few rows of a derived number", { fee: "100..105" }],
    ["those alone that lie beyond the protected range", { total: "6000.." }],
  ])("refuses a range that holds %s", async (_, asked) => {
    const conditions = Object.entries(asked).map(([column, value]) => ({ column, value }));
    const work = untrained(derivedTable(600)).sample(10, conditions, createRandom(12));
    await expect(work).rejects.toMatchObject({ code: "condition-too-rare" });
  });

  it("takes ranges of one column together, and a value inside one as that value", async () => {
    const sampler = untrained(derivedTable(600));
    const both = [
      { column: "months", value: "3..9" },
      { column: "months", value: "8..20" },
    ];
    const { table } = await sampler.sample(200, both, createRandom(13));
    expect(new Set(texts(table, "months"))).toEqual(new Set(["8", "9"]));
    const one = await sampler.sample(50, [...both, { column: "months", value: "8" }], createRandom(13));
    expect(new Set(texts(one.table, "months"))).toEqual(new Set(["8"]));
    const outside = sampler.sample(50, [...both, { column: "months", value: "5" }], createRandom(13));
    await expect(outside).rejects.toMatchObject({ code: "condition-impossible" });
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
