import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { findColumnGroups, fitBlockSampler } from "../../../src/samplers/blocks.ts";
import { resampleGroups } from "../../../src/samplers/resample-groups.ts";
import { fitShuffler } from "../../../src/samplers/shuffler.ts";
import { cellText, getColumn, type Table } from "../../../src/table/table.ts";
import { categorical, numeric, trainRows } from "../support/make-table.ts";

const N = 400;
const index = Array.from({ length: N }, (_, i) => i);
const random = createRandom(5).split("values");
/** Shop tells size; colour and price are of their own. */
const train = trainRows(
  categorical(
    "shop",
    index.map((i) => "abcd"[i % 4]),
  ),
  categorical(
    "size",
    index.map((i) => "wxyz"[i % 4]),
  ),
  categorical(
    "colour",
    index.map(() => ["red", "blue", null][random.integer(3)]),
  ),
  numeric(
    "price",
    index.map(() => random.integer(50)),
  ),
);

const pairsOf = (table: Table, a: string, b: string) =>
  new Set(
    Array.from({ length: table.nRows }, (_, row) => cellText(getColumn(table, a), row) + cellText(getColumn(table, b), row)),
  );

test("linked columns form one group, the others stand alone", () => {
  expect(findColumnGroups(train)).toEqual([["shop", "size"], ["colour"], ["price"]]);
});

test("the block sampler keeps what is linked together, the shuffler does not", () => {
  const blocks = fitBlockSampler(train).sample(1000, [], createRandom(1));
  const shuffled = fitShuffler(train).sample(1000, [], createRandom(1));
  expect("table" in blocks && pairsOf(blocks.table, "shop", "size").size).toBe(4);
  expect("table" in shuffled && pairsOf(shuffled.table, "shop", "size").size).toBe(16);
});

test("columns keep their order, missing values and share", async () => {
  const { table, effectiveSampleSize } = await fitShuffler(train).sample(6000, [], createRandom(2));
  expect(table.columns.map(({ name }) => name)).toEqual(["shop", "size", "colour", "price"]);
  const colour = getColumn(table, "colour");
  const nMissing = colour.kind === "categorical" ? colour.codes.filter((code) => code < 0).length : 0;
  expect(Math.abs(nMissing / 6000 - 1 / 3)).toBeLessThan(0.06);
  expect(effectiveSampleSize).toBe(6000);
});

test("all rows meet conditions on several columns; one never seen is refused", async () => {
  const sampler = fitBlockSampler(train);
  const conditions = [
    { column: "shop", value: "b" },
    { column: "colour", value: "red" },
  ];
  const { table } = await sampler.sample(300, conditions, createRandom(3));
  expect(pairsOf(table, "shop", "colour")).toEqual(new Set(["bred"]));
  expect(pairsOf(table, "shop", "size")).toEqual(new Set(["bx"]));
  const refused = [
    [
      { column: "shop", value: "b" },
      { column: "size", value: "w" },
    ],
    [{ column: "price", value: "77.5" }],
    [{ column: "nowhere", value: "1" }],
  ];
  for (const impossible of refused)
    expect(() => sampler.sample(1, impossible, createRandom(1))).toThrow(
      expect.objectContaining({ code: "condition-impossible" }),
    );
});

test("the same seed gives the same rows", async () => {
  const draw = () => resampleGroups(train, [["shop", "price"], ["size"], ["colour"]]).sample(50, [], createRandom(9));
  expect(await draw()).toEqual(await draw());
});
