import { describe, expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { classificationMetrics } from "../../../src/metrics/classification.ts";
import { regressionMetrics } from "../../../src/metrics/regression.ts";
import { type CategoricalColumn, type Column, type NumericColumn, takeRows } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { binTable, fitBinMapper } from "../../../src/trees/bin-mapper.ts";
import { ForestGrower } from "../../../src/trees/forest-grower.ts";
import { fitRandomForestOver } from "../../../src/trees/forest-over-shards.ts";
import { type ForestPlan, planForest } from "../../../src/trees/forest-plan.ts";
import { growTrees } from "../../../src/trees/forest-shard.ts";
import { forestTarget } from "../../../src/trees/forest-target.ts";
import { assembleForest, fitRandomForest, predictRandomForest } from "../../../src/trees/random-forest.ts";
import type { Tree } from "../../../src/trees/tree.ts";
import { categorical, numeric, table, trainRows } from "../support/make-table.ts";

/** Two numbers whose signs make three classes, a category that decides a fourth of them, a column of noise. */
function planted(seed: number, nRows: number): Column[] {
  const random = createRandom(seed);
  const draw = () => Array.from({ length: nRows }, () => random.normal());
  const [a, b, noise] = [draw(), draw(), draw()];
  const c = Array.from({ length: nRows }, () => "pqrstuvw"[random.integer(8)]);
  const classes = a.map((value, row) => {
    if ("qt".includes(c[row])) return "three";
    return value * b[row] > 0 ? "one" : "two";
  });
  const y = a.map((value, row) => 100 + (value > 0 ? 4 : 0) + ("prt".includes(c[row]) ? b[row] : 0));
  return [
    numeric(
      "a",
      a.map((value, row) => (row % 17 === 3 ? null : value)),
    ),
    numeric("b", b),
    categorical("c", c),
    numeric("noise", noise),
    categorical("class", classes, ["one", "two", "three"]),
    numeric("y", y),
  ];
}
const features = ["a", "b", "c", "noise"];
const classTask: Task = { kind: "classification", target: "class", features, classes: ["one", "two", "three"] };
const numberTask: Task = { kind: "regression", target: "y", features };

describe("a known function is recovered on fresh rows", () => {
  test("classes, where no single column tells the first two", () => {
    const model = finish(fitRandomForest(trainRows(...planted(1, 3000)), classTask, {}, createRandom(1)));
    const fresh = planted(2, 1000);
    const probabilities = predictRandomForest(model, table(...fresh));
    const scores = classificationMetrics((fresh[4] as CategoricalColumn).codes, probabilities, 3);
    expect(scores.accuracy).toBeGreaterThan(0.93);
    expect(scores.auc).toBeGreaterThan(0.98);
    for (let row = 0; row < 1000; row++) {
      expect(probabilities[3 * row] + probabilities[3 * row + 1] + probabilities[3 * row + 2]).toBeCloseTo(1, 9);
    }
  });

  test("numbers", () => {
    const params = { nFeaturesPerSplit: 3 };
    const model = finish(fitRandomForest(trainRows(...planted(1, 3000)), numberTask, params, createRandom(1)));
    const fresh = planted(2, 1000);
    const predicted = predictRandomForest(model, table(...fresh));
    expect(regressionMetrics((fresh[5] as NumericColumn).values, predicted).r2).toBeGreaterThan(0.9);
  });
});

test("the seed alone decides the model, and each tree has its own stream", () => {
  const train = trainRows(...planted(1, 300));
  const fit = (seed: number, nTrees: number) => finish(fitRandomForest(train, classTask, { nTrees }, createRandom(seed))).trees;
  const five = fit(4, 5);
  expect(fit(4, 5)).toEqual(five);
  expect(fit(4, 3)).toEqual(five.slice(0, 3));
  expect(fit(5, 3)).not.toEqual(five.slice(0, 3));
  expect(five[1]).not.toEqual(five[0]);
});

test("levels unseen in training and missing cells get probabilities", () => {
  const model = finish(fitRandomForest(trainRows(...planted(1, 300)), classTask, { nTrees: 10 }, createRandom(1)));
  const odd = table(
    numeric("a", [null, 1]),
    numeric("b", [null, null]),
    categorical("c", ["new", null]),
    numeric("noise", [0, null]),
  );
  const probabilities = predictRandomForest(model, odd);
  for (const row of [0, 1]) {
    expect(probabilities[3 * row] + probabilities[3 * row + 1] + probabilities[3 * row + 2]).toBeCloseTo(1, 9);
  }
});

test("a class absent from the training rows gets probability 0", () => {
  const train = trainRows(numeric("x", [1, 2, 3, 4]), categorical("y", ["a", "a", "c", "c"], ["a", "b", "c"]));
  const task: Task = { kind: "classification", target: "y", features: ["x"], classes: ["a", "b", "c"] };
  const model = finish(fitRandomForest(train, task, { minLeafRows: 1 }, createRandom(1)));
  expect(predictRandomForest(model, table(numeric("x", [2])))[1]).toBe(0);
});

test("yields before every tree", () => {
  const work = fitRandomForest(trainRows(...planted(1, 100)), classTask, { nTrees: 3 }, createRandom(1));
  const events = [...work];
  expect(events.map((event) => event.done)).toEqual([0, 1, 2]);
  expect(events[0]).toEqual({ stage: "forest", done: 0, total: 3, unit: "tree" });
});

describe("any number of shards gives the same bytes", () => {
  const train = trainRows(...planted(6, 500));
  test.each([
    ["classes", classTask, { nTrees: 11, balanceClasses: 1 }],
    ["numbers", numberTask, { nTrees: 11 }],
  ] as const)("%s", (_, task, params) => {
    const whole = finish(fitRandomForest(train, task, params, createRandom(9)));
    for (const ends of [[11], [4, 11], [3, 6, 7, 11]]) {
      const { mapper, plan } = planForest(train, task, params, createRandom(9));
      const shards = ends.map((end, at) => finish(growTrees(structuredClone(plan), ends[at - 1] ?? 0, end)));
      expect(assembleForest(mapper, plan, shards.toReversed())).toEqual(whole);
    }
  });

  test("this thread and two others", async () => {
    const whole = finish(fitRandomForest(train, classTask, { nTrees: 10 }, createRandom(9)));
    const remote = async (plan: ForestPlan, from: number, to: number) => finish(growTrees(structuredClone(plan), from, to));
    const work = fitRandomForestOver([remote, remote], train, classTask, { nTrees: 10 }, createRandom(9));
    expect(await finishAsync(work)).toEqual(whole);
  });

  test("a thread that fails fails the fit", async () => {
    const remote = () => Promise.reject(new Error("gone"));
    const work = fitRandomForestOver([remote], train, classTask, { nTrees: 4 }, createRandom(9));
    await expect(finishAsync(work)).rejects.toThrow("gone");
  });
});

describe("the out-of-bag score", () => {
  const train = trainRows(...planted(1, 3000));
  const fresh = planted(2, 3000);

  test("tells the accuracy and the log loss on fresh rows", () => {
    const model = finish(fitRandomForest(train, classTask, { nTrees: 100 }, createRandom(1)));
    const probabilities = predictRandomForest(model, table(...fresh));
    const scores = classificationMetrics((fresh[4] as CategoricalColumn).codes, probabilities, 3);
    const score = model.outOfBag;
    if (score?.kind !== "classification") throw new Error("classes are scored as such");
    expect(score.nRows).toBe(3000);
    expect(Math.abs(score.accuracy - scores.accuracy)).toBeLessThan(0.015);
    expect(Math.abs(score.logLoss - scores.logLoss)).toBeLessThan(0.02);
  });

  test("tells R² on fresh rows", () => {
    const model = finish(fitRandomForest(train, numberTask, { nTrees: 100, nFeaturesPerSplit: 3 }, createRandom(1)));
    const predicted = predictRandomForest(model, table(...fresh));
    const { r2 } = regressionMetrics((fresh[5] as NumericColumn).values, predicted);
    if (model.outOfBag?.kind !== "regression") throw new Error("numbers are scored as such");
    expect(Math.abs(model.outOfBag.r2 - r2)).toBeLessThan(0.02);
  });

  test("is absent where every tree saw every row", () => {
    const model = finish(fitRandomForest(train, classTask, { nTrees: 2, bootstrap: 0 }, createRandom(1)));
    expect(model.outOfBag).toBeNull();
  });
});

test("balanced classes: a rare class is found more often, at the price of false alarms", () => {
  const random = createRandom(12);
  const x = Array.from({ length: 2000 }, () => random.normal());
  const isRare = x.map((value) => value + 2 * random.normal() > 4);
  const y = categorical(
    "y",
    isRare.map((rare) => (rare ? "rare" : "common")),
    ["common", "rare"],
  );
  const train = trainRows(numeric("x", x), y);
  const task: Task = { kind: "classification", target: "y", features: ["x"], classes: ["common", "rare"] };
  const mean = (balanceClasses: number) => {
    const model = finish(fitRandomForest(train, task, { nTrees: 30, minLeafRows: 50, balanceClasses }, createRandom(1)));
    const probabilities = predictRandomForest(model, train.table);
    return x.reduce((sum, _, row) => sum + probabilities[2 * row + 1], 0) / x.length;
  };
  expect(mean(0)).toBeCloseTo(isRare.filter(Boolean).length / 2000, 1);
  expect(mean(1)).toBeGreaterThan(4 * mean(0));
});

describe("growth", () => {
  const train = trainRows(...planted(3, 400));
  const mapper = fitBinMapper(train, features);

  function grow(rows: Int32Array, rowCounts: Uint16Array, changed: Partial<ForestPlan> = {}): Tree {
    const part = takeRows(train.table, rows);
    const grower = new ForestGrower({
      binned: binTable(mapper, part),
      target: forestTarget(part, classTask),
      criterion: "gini",
      channelWeights: Float64Array.of(1, 1, 1),
      maxDepth: 64,
      minLeafRows: 1,
      nFeaturesPerSplit: 4,
      rowCounts,
      treeSeeds: Uint32Array.of(1, 2, 3, 4),
      ...changed,
    });
    try {
      return grower.grow(0);
    } finally {
      grower.close();
    }
  }
  const everyRow = Int32Array.from({ length: 400 }, (_, row) => row);
  const ones = (n: number) => new Uint16Array(n).fill(1);
  const kinds: [string, Partial<ForestPlan>][] = [
    ["Gini", {}],
    ["entropy", { criterion: "entropy" }],
    ["weighted Gini", { channelWeights: Float64Array.of(0.7, 1.1, 2.3) }],
  ];

  test.each(kinds)("%s: the order of rows is irrelevant", (_, changed) => {
    const straight = grow(everyRow, ones(400), changed);
    expect(grow(createRandom(2).shuffle(everyRow.slice()), ones(400), changed)).toEqual(straight);
  });

  test.each(kinds)("%s: a row taken twice is the row twice, and one taken never is not there", (_, changed) => {
    const counts = ones(400).map((_, row) => row % 3);
    const rows = Int32Array.from([...everyRow].flatMap((row) => new Array<number>(row % 3).fill(row)));
    expect(grow(rows, ones(rows.length), changed)).toEqual(grow(everyRow, counts, changed));
  });

  test("a full tree knows its training rows by heart; a limited one keeps its limits", () => {
    const full = grow(everyRow, ones(400));
    expect([...full.values].every((share) => share === 0 || share === 1)).toBe(true);
    const limited = grow(everyRow, ones(400), { minLeafRows: 7 });
    const leaves = [...limited.feature.keys()].filter((node) => limited.feature[node] < 0);
    expect(Math.min(...leaves.map((node) => limited.weight[node]))).toBeGreaterThanOrEqual(7);
    const stump = grow(everyRow, ones(400), { maxDepth: 1 });
    expect(stump.feature.length).toBe(3);
  });

  test.each(kinds)("%s: no split raises the impurity, and children weigh what their parent weighs", (_, changed) => {
    const tree = grow(everyRow, ones(400), changed);
    for (const [node, feature] of tree.feature.entries()) {
      if (feature < 0) continue;
      expect(tree.gain[node]).toBeGreaterThan(-1e-9);
      expect(tree.weight[tree.left[node]] + tree.weight[tree.left[node] + 1]).toBeCloseTo(tree.weight[node], 9);
    }
  });
});
