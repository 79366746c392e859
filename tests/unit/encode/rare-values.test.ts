import { expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { protectRareValues } from "../../../src/encode/rare-values.ts";
import { fitBlocks } from "../../../src/gan/blocks-encoding.ts";
import { fitBlockSampler } from "../../../src/samplers/blocks.ts";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { fitSequentialTrees } from "../../../src/samplers/sequential-trees.ts";
import { fitShuffler } from "../../../src/samplers/shuffler.ts";
import { cellText, getColumn } from "../../../src/table/table.ts";
import { categorical, numeric, trainRows } from "../support/make-table.ts";

const N = 300;
const index = Array.from({ length: N }, (_, i) => i);
/** Four live in "lone", five in "few", three give no town; wages end in four of a million; a note is each row's own. */
const train = trainRows(
  categorical(
    "town",
    index.map((i) => (i < 4 ? "lone" : i < 9 ? "few" : i < 12 ? null : `t${i % 3}`)),
  ),
  categorical(
    "region",
    index.map((i) => (i < 4 ? "island" : i < 12 ? "north" : "south")),
  ),
  numeric(
    "wage",
    index.map((i) => (i < 4 ? 1e6 + i : i < 8 ? null : 100 + i)),
  ),
  categorical(
    "note",
    index.map((i) => `note ${i}`),
  ),
);

const samplers: [string, Sampler][] = [
  ["shuffler", fitShuffler(train)],
  ["block sampler", fitBlockSampler(train)],
  ["sequential trees", finish(fitSequentialTrees(train, createRandom(1)))],
];

test.each(samplers)("%s: no rare value is handed out, extremes are clipped", async (_name, sampler) => {
  const { table } = await sampler.sample(4000, [], createRandom(2));
  const seen = (name: string) => new Set(Array.from({ length: 4000 }, (_, row) => cellText(getColumn(table, name), row)));
  expect([...seen("town")].sort()).toEqual(["few", "t0", "t1", "t2"]);
  expect([...seen("region")].sort()).toEqual(["north", "south"]);
  expect(seen("note")).toEqual(new Set([""]));
  const wages = [...seen("wage")].map(Number);
  expect(Math.max(...wages)).toBe(100 + N - 1);
  expect(Math.min(...wages)).toBe(112);
});

test.each(samplers)("%s: a condition on a rare value is refused", (_name, sampler) => {
  for (const condition of [
    { column: "town", value: "lone" },
    { column: "wage", value: "1000003" },
  ])
    expect(() => sampler.sample(5, [condition], createRandom(1))).toThrow(
      expect.objectContaining({ code: "condition-impossible" }),
    );
});

test("the generative network protects the same values", () => {
  const { columns } = fitBlocks(train, createRandom(1)).encoding;
  const town = columns[0].column;
  const kept = Array.from(columns[0].levels ?? [], (level) => (town.kind === "categorical" ? town.levels[level] : ""));
  expect(kept.sort()).toEqual(["few", "t0", "t1", "t2"]);
  expect(columns[3].nCodes).toBe(1);
});

test("rows with a rare value are marked, and nothing else", () => {
  const { isRare, table } = protectRareValues(train.table);
  expect(isRare.map((marks) => marks?.reduce((sum, mark) => sum + mark, 0) ?? 0)).toEqual([7, 4, 4, 0]);
  expect(table.columns[1]).toBe(train.table.columns[1]);
});
