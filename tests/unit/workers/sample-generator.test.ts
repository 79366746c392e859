import { describe, expect, it } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { wasmEngineFactory } from "../../../src/gan/engine-wasm.ts";
import { DEFAULT_GAN_SETTINGS } from "../../../src/gan/gan.params.ts";
import { summarise } from "../../../src/gan/generator-data.ts";
import { writeGenerator } from "../../../src/gan/generator-text.ts";
import { trainGan } from "../../../src/gan/train.ts";
import { labelOrigin } from "../../../src/table/extend-table.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import { writeCsv } from "../../../src/table/write-csv.ts";
import type { SampledRows } from "../../../src/workers/generator.jobs.ts";
import { openGenerator, sampleGenerator } from "../../../src/workers/sample-generator.ts";
import { plantedTable } from "../gan/tables.ts";

const { sampler, describe: describeIt } = await finishAsync(
  trainGan({
    train: trainOnAll(plantedTable(300)),
    test: null,
    keepUntrained: false,
    target: "plan",
    settings: { ...DEFAULT_GAN_SETTINGS, nSteps: 10, batchSize: 20, hidden: 8, latentDim: 4 },
    engine: { engine: "wasm-exact", why: "asked-for", candidates: [] },
    createEngine: wasmEngineFactory(true),
    random: createRandom(3),
    now: () => 0,
  }),
);
const generator = await describeIt({ seed: 3, stream: "generator 0" });

async function collect(nRows: number, conditions: readonly { column: string; value: string }[]) {
  const work = sampleGenerator(generator, { nRows, conditions });
  const events: SampledRows[] = [];
  for (;;) {
    const next = await work.next();
    if (next.done) return { events, output: next.value, text: await new Blob(events.map(({ piece }) => piece)).text() };
    events.push(next.value);
  }
}

describe("sampleGenerator", () => {
  it("gives pieces of one CSV: the rows of the run that trained it, and more", async () => {
    const { events, output, text } = await collect(9000, []);
    expect(events.map(({ done, total }) => [done, total])).toEqual([
      [4000, 9000],
      [8000, 9000],
      [9000, 9000],
    ]);
    const trained = await sampler.sample(9000, [], createRandom(3).split("generator 0").split("rows"));
    expect(text).toBe(
      new TextDecoder().decode(finish(writeCsv(labelOrigin(trained.table, { origin: "synthetic", real: null })))),
    );
    expect(output).toMatchObject({ nRows: 9000, effectiveSampleSize: 9000 });
    expect(output.preview.rows).toHaveLength(5);
  });

  it("meets conditions, and refuses those that nothing meets before it gives a row", async () => {
    const { text } = await collect(50, [{ column: "plan", value: "gold" }]);
    const rows = text.trimEnd().split("\r\n").slice(1);
    expect(rows).toHaveLength(50);
    expect(rows.every((row) => row.startsWith("synthetic,gold,"))).toBe(true);
    await expect(collect(5, [{ column: "plan", value: "none such" }])).rejects.toMatchObject({ code: "condition-impossible" });
  });
});

describe("openGenerator", () => {
  const file = new Blob([writeGenerator(generator)]);
  const { columns } = summarise(generator);

  it("takes a generator of just the open table's columns, in whatever order", async () => {
    expect(await openGenerator({ file, expected: [...columns].reverse() })).toEqual(generator);
  });

  it.each([
    ["one more column", [...columns, { name: "colour", kind: "categorical" as const }], "colour"],
    ["one column fewer", columns.filter(({ name }) => name !== "city"), "city"],
    ["a column of another kind", columns.map((c) => (c.name === "age" ? { ...c, kind: "categorical" as const } : c)), "age"],
  ])("refuses it for a table with %s, and names that column", async (_, expected, named) => {
    await expect(openGenerator({ file, expected })).rejects.toMatchObject({
      code: "generator-other-table",
      details: { columns: named },
    });
  });
});
