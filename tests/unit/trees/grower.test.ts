import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { allRows, takeRows } from "../../../src/table/table.ts";
import { binTable, fitBinMapper } from "../../../src/trees/bin-mapper.ts";
import { BoostingShard } from "../../../src/trees/boosting-shard.ts";
import { GRADIENT_BOOSTING_PARAMS, type GradientBoostingParams } from "../../../src/trees/gradient-boosting.params.ts";
import { resolveParams } from "../../../src/trees/number-param.ts";
import type { Tree } from "../../../src/trees/tree.ts";
import { categorical, numeric, trainRows } from "../support/make-table.ts";

const random = createRandom(3);
const N_ROWS = 200;
const draw = () => Array.from({ length: N_ROWS }, () => random.normal());
const train = trainRows(
  numeric("a", draw()),
  numeric("b", draw()),
  categorical(
    "c",
    draw().map((v) => `${Math.round(v * 2)}`),
  ),
);
const mapper = fitBinMapper(train, ["a", "b", "c"]);
// Multiples of 1/64 add up exactly in any order.
const targets = Float64Array.from(draw(), (value) => Math.round(64 * value) / 64);
const everyRow = allRows(N_ROWS);

function shardOf(rows: Int32Array, weights: Float64Array | null, params: Partial<GradientBoostingParams>): BoostingShard {
  const { bins, nBins } = binTable(mapper, takeRows(train.table, rows));
  return new BoostingShard({
    nRows: rows.length,
    nTrainRows: rows.length,
    features: mapper.features.map(({ kind }, feature) => ({
      feature,
      nBins: nBins[feature],
      isCategorical: kind === "categorical",
    })),
    bins,
    loss: { kind: "squared-error", targets: Float64Array.from(rows, (row) => targets[row]), weights, baseMargins: [0] },
    limits: resolveParams(GRADIENT_BOOSTING_PARAMS, params),
  });
}

function grow(rows: Int32Array, weights: Float64Array | null = null, params: Partial<GradientBoostingParams> = {}): Tree {
  const shard = shardOf(rows, weights, params);
  shard.margins.derive();
  return shard.grow({ margin: 0, rows: null, featuresByDepth: null });
}

const depthOf = (tree: Tree, node: number): number =>
  tree.feature[node] < 0 ? 0 : 1 + Math.max(depthOf(tree, tree.left[node]), depthOf(tree, tree.left[node] + 1));
const countLeaves = (tree: Tree): number => tree.feature.filter((feature) => feature < 0).length;
const totalGain = (tree: Tree): number => tree.gain.reduce((sum, gain) => sum + gain, 0);

test("the order of rows is irrelevant where sums are exact", () => {
  expect(grow(createRandom(9).shuffle(everyRow.slice()))).toEqual(grow(everyRow));
});

test("a row of weight 2 is the row twice", () => {
  const twice = Int32Array.from([...everyRow, ...everyRow.filter((row) => row % 3 === 0)]);
  const weights = Float64Array.from(everyRow, (row) => (row % 3 === 0 ? 2 : 1));
  expect(grow(twice)).toEqual(grow(everyRow, weights));
});

test("memory kept from tree to tree leaves no trace", () => {
  const plan = { margin: 0, rows: null, featuresByDepth: null };
  const used = shardOf(everyRow, null, { maxDepth: 6 });
  used.margins.derive();
  used.grow({ ...plan, rows: everyRow.slice(0, 50) });
  // The first tree changed the margins, not the pairs.
  expect(used.grow(plan)).toEqual(grow(everyRow, null, { maxDepth: 6 }));
});

test("children weigh what their parent weighs, and no path is longer than allowed", () => {
  const tree = grow(everyRow);
  expect(depthOf(tree, 0)).toBe(GRADIENT_BOOSTING_PARAMS.maxDepth.default);
  for (const [node, feature] of tree.feature.entries()) {
    if (feature >= 0) expect(tree.weight[tree.left[node]] + tree.weight[tree.left[node] + 1]).toBe(tree.weight[node]);
  }
});

test("leaf by leaf, as many leaves grow as allowed, and they win at least what levels of as many leaves do", () => {
  const byLevel = grow(everyRow, null, { maxDepth: 3 });
  const byLeaf = grow(everyRow, null, { maxDepth: 16, maxLeaves: countLeaves(byLevel) });
  expect(countLeaves(byLeaf)).toBe(countLeaves(byLevel));
  expect(depthOf(byLeaf, 0)).toBeGreaterThan(3);
  expect(totalGain(byLeaf)).toBeGreaterThan(totalGain(byLevel));
});

test("leaf by leaf without a bound that bites is the same tree", () => {
  expect(grow(everyRow, null, { maxDepth: 5, maxLeaves: 10_000 })).toEqual(grow(everyRow, null, { maxDepth: 5 }));
});

test("only drawn features are asked at each level", () => {
  const shard = shardOf(everyRow, null, { maxDepth: 2 });
  shard.margins.derive();
  const tree = shard.grow({ margin: 0, rows: null, featuresByDepth: [Int32Array.of(1), Int32Array.of(0, 2)] });
  expect(tree.feature[0]).toBe(1);
  for (const child of [tree.left[0], tree.left[0] + 1]) expect([0, 2]).toContain(tree.feature[child]);
});

test("leaf values reach the margins of rows that were not drawn", () => {
  const shard = shardOf(everyRow, null, {});
  shard.margins.derive();
  const drawn = everyRow.filter((row) => row % 2 === 0);
  const tree = shard.grow({ margin: 0, rows: drawn, featuresByDepth: null });
  const margins = [...shard.margins.values(0)];
  expect(tree.weight[0]).toBe(drawn.length);
  expect(margins.every((value) => tree.values.includes(value))).toBe(true);
});
