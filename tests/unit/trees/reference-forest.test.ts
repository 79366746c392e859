import { expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitReferenceForest, predictReferenceForest } from "../../../src/trees/reference-forest.ts";
import { categorical, numeric, table, trainRows } from "../support/make-table.ts";

const x = Array.from({ length: 60 }, (_, row) => row);
const c = x.map((value) => (value % 2 === 0 ? "even" : "odd"));

test("votes of all trees are counted, the first one's too", () => {
  const train = trainRows(
    numeric("x", x),
    categorical("c", c),
    categorical(
      "y",
      x.map((v) => (v < 30 ? "low" : "high")),
    ),
  );
  const classes = ["low", "high"];
  const task = { kind: "classification", target: "y", features: ["x", "c"], classes } as const;
  const model = finish(fitReferenceForest(train, task, { nTrees: 4 }, createRandom(3)));
  const asked = table(numeric("x", [2, 57, null]), categorical("c", ["odd", "even", "new"]));
  const probabilities = predictReferenceForest(model, asked);
  expect(probabilities.length).toBe(6);
  for (const row of [0, 1, 2]) expect(probabilities[2 * row] + probabilities[2 * row + 1]).toBe(1);
  const votes = model.trees.map((tree) => tree.predict([[2, 1]])[0]);
  expect(probabilities[0]).toBe(votes.filter((vote) => vote === 0).length / 4);
  expect(predictReferenceForest(finish(fitReferenceForest(train, task, { nTrees: 4 }, createRandom(3))), asked)).toEqual(
    probabilities,
  );
});

test("numbers are averaged over the trees", () => {
  const train = trainRows(
    numeric("x", x),
    numeric(
      "y",
      x.map((value) => 3 * value),
    ),
  );
  const work = fitReferenceForest(train, { kind: "regression", target: "y", features: ["x"] }, { nTrees: 3 }, createRandom(1));
  const model = finish(work);
  const predicted = predictReferenceForest(model, table(numeric("x", [10, 45])));
  const ofTrees = model.trees.map((tree) => tree.predict([[10]])[0]);
  expect(predicted[0]).toBeCloseTo((ofTrees[0] + ofTrees[1] + ofTrees[2]) / 3, 9);
  expect(Math.abs(predicted[0] - 30)).toBeLessThan(6);
  expect(Math.abs(predicted[1] - 135)).toBeLessThan(6);
});
