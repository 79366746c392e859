import { expect, test } from "vitest";
import { binTable, fitBinMapper } from "../../../src/trees/bin-mapper.ts";
import { orderCategories, principalScores } from "../../../src/trees/category-order.ts";
import { forestTarget } from "../../../src/trees/forest-target.ts";
import { categorical, numeric, table, trainRows } from "../support/make-table.ts";

const ranks = (scores: Float64Array) => [...scores.keys()].sort((a, b) => scores[a] - scores[b]);

test("with two classes the order is that of their shares", () => {
  const shares = [0.9, 0.1, 0.5, 0.7];
  const means = Float64Array.from(shares.flatMap((share) => [1 - share, share]));
  const order = ranks(principalScores(means, Float64Array.of(5, 4, 9, 2), 2));
  expect([order, order.toReversed()]).toContainEqual([1, 2, 3, 0]);
});

test("with more classes the order follows the direction in which shares differ most", () => {
  // Bins lie on a line from (1, 0, 0) to (0, 1, 0); the third class hardly differs.
  const means = Float64Array.of(0.5, 0.48, 0.02, 0.9, 0.1, 0, 0.1, 0.88, 0.02, 0.7, 0.3, 0);
  const scores = principalScores(means, new Float64Array(4).fill(10), 3);
  const order = ranks(scores);
  expect([order, order.toReversed()]).toContainEqual([2, 0, 3, 1]);
  const weighted = [0, 1, 2, 3].reduce((sum, bin) => sum + scores[bin], 0);
  expect(weighted).toBeCloseTo(0, 12);
});

test("bins without differences are left in order", () => {
  expect([...principalScores(Float64Array.of(0.5, 0.5, 0.5, 0.5), Float64Array.of(1, 3), 2)]).toEqual([0, 0]);
});

test("levels, unseen levels and missing cells follow the new numbers; numeric features stay", () => {
  const c = categorical("c", ["high", "low", "middle", null, "high"]);
  const train = trainRows(c, numeric("x", [1, 2, 3, 4, 5]), numeric("y", [9, 1, 5, 5, 9]));
  const mapper = fitBinMapper(train, ["c", "x"]);
  const target = forestTarget(train.table, { kind: "regression", target: "y", features: ["c", "x"] });
  const ordered = orderCategories(mapper, binTable(mapper, train.table), target);
  const asked = table(categorical("c", ["low", "middle", "high", null, "new"]), numeric("x", [5, 4, 3, 2, 1]));
  const bins = binTable(ordered.mapper, asked).bins;
  const ofC = [0, 1, 2, 3, 4].map((row) => bins[2 * row]);
  expect([ofC, [2, 1, 0, 3, 3]]).toContainEqual(ofC[0] === 0 ? [0, 1, 2, 3, 3] : [2, 1, 0, 3, 3]);
  expect([0, 1, 2, 3, 4].map((row) => bins[2 * row + 1])).toEqual([4, 3, 2, 1, 0]);
  expect(binTable(ordered.mapper, train.table).bins).toEqual(ordered.binned.bins);
});
