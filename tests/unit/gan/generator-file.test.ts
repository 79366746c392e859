import { describe, expect, it } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { DEFAULT_GAN_SETTINGS } from "../../../src/gan/gan.params.ts";
import type { GeneratorData } from "../../../src/gan/generator.types.ts";
import { restoreSampler } from "../../../src/gan/generator-data.ts";
import { readGenerator, writeGenerator } from "../../../src/gan/generator-text.ts";
import { trainGan } from "../../../src/gan/train.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { cellText, type Table } from "../../../src/table/table.ts";
import { derivedTable, plantedTable } from "./tables.ts";

const createEngine = wasmEngineFactory(true);

async function train(table: Table, target: string) {
  let clock = 0;
  const { sampler, describe: describeIt } = await finishAsync(
    trainGan({
      train: trainOnAll(table),
      test: null,
      keepUntrained: false,
      target,
      settings: { ...DEFAULT_GAN_SETTINGS, nSteps: 40, batchSize: 40, hidden: 16, latentDim: 6 },
      engine: { engine: "wasm-exact", why: "asked-for", candidates: [] },
      createEngine,
      random: createRandom(3),
      now: () => ++clock,
    }),
  );
  return { sampler, data: await describeIt({ seed: 3, stream: "generator 0" }) };
}

const planted = await train(plantedTable(600), "plan");
const derived = await train(derivedTable(600), "plan");
const text = writeGenerator(planted.data);

/** Rows as the CSV has them. */
const rowsOf = ({ nRows, columns }: Table) =>
  Array.from({ length: nRows }, (_, row) => columns.map((column) => `${column.name}: ${cellText(column, row)}`).join(", "));

/** The bins of the spends. */
function binsOf(generator: Record<string, unknown>): { sizes: number[] } {
  const columns = generator.columns as { name: string; codes: { sizes: number[] } }[];
  return columns.filter(({ name }) => name === "spend")[0].codes;
}

/** The file with something else in its generator, and the checksum of that. */
async function forged(change: (generator: Record<string, unknown>) => void): Promise<string> {
  const generator = structuredClone(planted.data) as unknown as Record<string, unknown>;
  change(generator);
  return writeGenerator(generator as unknown as GeneratorData);
}

describe("a saved generator", () => {
  it.each([
    ["blocks, rare values and missing numbers", planted],
    ["numbers that follow from others", derived],
  ])("draws the same rows once it is loaded: %s", async (_, { sampler, data }) => {
    const loaded = restoreSampler(readGenerator(writeGenerator(data)), createEngine);
    const [before, after] = [sampler, loaded].map((of) => of.sample(5000, [], createRandom(7)));
    expect(rowsOf((await after).table)).toEqual(rowsOf((await before).table));
  });

  it("meets the same conditions", async () => {
    const loaded = restoreSampler(readGenerator(text), createEngine);
    const conditions = [
      { column: "plan", value: "gold" },
      { column: "city", value: "Hue" },
    ];
    const made = await Promise.all([planted.sampler, loaded].map((of) => of.sample(300, conditions, createRandom(8))));
    expect(rowsOf(made[1].table)).toEqual(rowsOf(made[0].table));
    expect(made[1].effectiveSampleSize).toBe(made[0].effectiveSampleSize);
    await expect(loaded.sample(1, [{ column: "city", value: "Rareville" }], createRandom(8))).rejects.toMatchObject({
      code: "condition-impossible",
    });
  });

  it.each([
    ["a bin's numbers", planted, { spend: "150..190" }],
    ["numbers that follow from others", derived, { total: "500..900", fee: "..150" }],
  ])("makes the same rows in the same ranges, of %s", async (_, { sampler, data }, asked) => {
    const loaded = restoreSampler(readGenerator(writeGenerator(data)), createEngine);
    const conditions = Object.entries(asked).map(([column, value]) => ({ column, value }));
    const made = await Promise.all([sampler, loaded].map((of) => of.sample(300, conditions, createRandom(8))));
    expect(rowsOf(made[1].table)).toEqual(rowsOf(made[0].table));
    const rare = [{ column: conditions[0].column, value: "-50..1" }];
    for (const of of [sampler, loaded])
      await expect(of.sample(1, rare, createRandom(8))).rejects.toMatchObject({ code: "condition-too-rare" });
  });

  it("draws from files that tell less of their numbers, but makes no rows in a range that it cannot count", async () => {
    const older = structuredClone(derived.data) as unknown as {
      columns: { codes?: { sizes?: unknown } | null }[];
      formulas: { codes?: unknown }[];
    };
    for (const { codes } of older.columns) if (codes) delete codes.sizes;
    for (const formula of older.formulas) delete formula.codes;
    const loaded = restoreSampler(readGenerator(writeGenerator(older as unknown as GeneratorData)), createEngine);
    const sample = (column: string, value: string) => loaded.sample(50, [{ column, value }], createRandom(8));
    expect((await sample("months", "3..9")).table.nRows).toBe(50);
    expect((await sample("fee", "60")).table.nRows).toBe(50);
    await expect(sample("fee", "50..70")).rejects.toMatchObject({ code: "condition-too-rare" });
  });

  it("holds neither rows nor values that fewer than five of them have", () => {
    expect(text).not.toContain("Rareville");
    expect(text).not.toContain("550");
    expect(text).toContain("Hanoi");
    for (const block of planted.data.blocks) expect(block.frequencies.length).toBeLessThan(100);
    // Spends are as good as distinct: of each bin of 18 rows or so its numbers are kept, and those beyond the fifth are not.
    const spend = planted.data.columns.find(({ name }) => name === "spend");
    if (spend?.kind !== "numeric" || spend.codes?.kind !== "bins") throw new Error("spend is cut into bins");
    const numbers = Array.from({ length: 600 }, (_, row) => Number(cellText(plantedTable(600).columns[4], row) || Number.NaN));
    const sorted = numbers.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    const kept = spend.codes.knots.flat();
    expect(Math.min(...kept)).toBeGreaterThanOrEqual(sorted[4]);
    expect(Math.max(...kept)).toBeLessThanOrEqual(sorted[sorted.length - 5]);
  });

  it("is refused when a single character was changed, or the end is missing", () => {
    for (const at of [100, Math.floor(text.length / 2), text.length - 100]) {
      const other = text[at] === "a" ? "b" : "a";
      const damaged = text.slice(0, at) + other + text.slice(at + 1);
      expect(() => readGenerator(damaged)).toThrow(expect.objectContaining({ code: "generator-damaged" }));
    }
    for (const wrong of [
      text.slice(0, -50),
      "",
      "null",
      "{}",
      "age,plan\n1,gold\n",
      '{"format":"trendloom-generator","version":1}',
    ])
      expect(() => readGenerator(wrong)).toThrow(expect.objectContaining({ code: "generator-damaged" }));
  });

  it("is refused with its version when a later page made it", () => {
    const newer = text.replace('"version":1', '"version":2');
    expect(() => readGenerator(newer)).toThrow(
      expect.objectContaining({ code: "generator-newer", details: { got: 2, expected: 1 } }),
    );
  });

  it.each<[string, (generator: Record<string, unknown>) => void]>([
    ["columns are missing", (g) => delete g.columns],
    ["a block names a column that is not there", (g) => (g.blocks as { members: number[] }[])[0].members.push(99)],
    ["a combination holds a code that is not there", (g) => (g.blocks as { combinations: number[] }[])[0].combinations.fill(400)],
    ["a share is negative", (g) => (g.blocks as { frequencies: number[] }[])[0].frequencies.fill(-1)],
    ["weights are too few", (g) => (g.average = (g.average as Float32Array).slice(1))],
    ["a weight is no number", (g) => ((g.average as Float32Array)[3] = Number.NaN)],
    ["the network is beyond all bounds", (g) => (g.hidden = 1e9)],
    ["a bin has no size", (g) => binsOf(g).sizes.pop()],
    ["a rule has no pairs", (g) => (g.guards = [{ blockA: 0, memberA: 0, blockB: 1, memberB: 0, banned: 3 }])],
    ["there is no origin", (g) => delete g.origin],
  ])("is refused, whatever its checksum says, when %s", async (_, change) => {
    const wrong = await forged(change);
    expect(() => readGenerator(wrong)).toThrow(expect.objectContaining({ code: "generator-damaged" }));
  });
});
