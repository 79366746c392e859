import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { regressionMetrics } from "../../../src/metrics/regression.ts";
import { type Column, takeColumn } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import type { Tree } from "../../../src/trees/tree.ts";
import { categorical, numeric, table, trainRows } from "../support/make-table.ts";

interface GoldenNode {
  leaf?: number;
  feature?: number;
  gain?: number;
  cover: number;
  yes?: GoldenNode;
  no?: GoldenNode;
}
interface GoldenCase {
  name: string;
  columns: (number | string | null)[][];
  label: number[];
  params: { objective: string; min_child_weight: number };
  /** (nRows × nMargins). */
  margins: number[][];
  trees: GoldenNode[];
}

const golden: { rounds: number; cases: GoldenCase[] } = JSON.parse(
  readFileSync(new URL("../../golden/trees-xgboost.json", import.meta.url), "utf8"),
);

function goldenTable(sample: GoldenCase): { columns: Column[]; task: Task } {
  const features = sample.columns.map((cells, at) =>
    typeof cells[0] === "string" ? categorical(`f${at}`, cells as string[]) : numeric(`f${at}`, cells as (number | null)[]),
  );
  const names = features.map((feature) => feature.name);
  if (sample.params.objective === "reg:squarederror") {
    return { columns: [...features, numeric("y", sample.label)], task: { kind: "regression", target: "y", features: names } };
  }
  const classes = [...new Set(sample.label)].sort().map(String);
  const target = categorical("y", sample.label.map(String), classes);
  return { columns: [...features, target], task: { kind: "classification", target: "y", features: names, classes } };
}

type Node = { feature: number; gain: number; cover: number; leaf: number };

/** Inner nodes by cover and gain, then leaves by cover and value: the same list for a tree and its mirror image. */
function sortNodes(nodes: Node[]): Node[] {
  return nodes.sort((a, b) => Number(a.feature < 0) - Number(b.feature < 0) || a.gain - b.gain || a.leaf - b.leaf);
}

function goldenNodes(node: GoldenNode): Node[] {
  const own = { feature: node.feature ?? -1, gain: node.gain ?? 0, cover: node.cover, leaf: node.leaf ?? 0 };
  return [own, ...(node.yes ? goldenNodes(node.yes) : []), ...(node.no ? goldenNodes(node.no) : [])];
}

function ourNodes(tree: Tree): Node[] {
  return [...tree.feature].map((feature, node) => ({
    feature,
    gain: tree.gain[node],
    cover: tree.weight[node],
    leaf: feature < 0 ? tree.values[tree.left[node]] : 0,
  }));
}

describe("trees equal those of XGBoost leaf for leaf", () => {
  test.each(golden.cases)("$name", (sample) => {
    const { columns, task } = goldenTable(sample);
    const minChildWeight = sample.params.min_child_weight;
    const params = { nRounds: golden.rounds, maxDepth: 3, learningRate: 0.3, lambda: 1, minChildWeight, earlyStoppingRounds: 0 };
    const model = finish(fitGradientBoosting(trainRows(...columns), task, params, createRandom(1)));
    const trees = model.rounds.flat();
    expect(trees.length).toBe(sample.trees.length);
    for (const [at, tree] of trees.entries()) {
      const expected = sortNodes(goldenNodes(sample.trees[at]));
      const got = sortNodes(ourNodes(tree));
      expect(got.map((node) => node.feature)).toEqual(expected.map((node) => node.feature));
      for (const [i, node] of got.entries()) {
        expect(Math.abs(node.leaf - expected[i].leaf)).toBeLessThan(2e-6);
        expect(Math.abs(node.gain - expected[i].gain)).toBeLessThan(2e-5 * (1 + expected[i].gain));
        expect(Math.abs(node.cover - expected[i].cover)).toBeLessThan(1e-5 * (1 + expected[i].cover));
      }
    }
    const predicted = predictGradientBoosting(model, table(...columns));
    expect(predicted.every((value, at) => Math.abs(value - linked(sample)[at]) < 1e-5)).toBe(true);
  });

  /** XGBoost's margins as values or probabilities, (nRows × nOutputs) flat. */
  function linked(sample: GoldenCase): number[] {
    return sample.margins.flatMap((margins) => {
      if (sample.params.objective === "reg:squarederror") return margins;
      const weights = (margins.length === 1 ? [0, ...margins] : margins).map(Math.exp);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => weight / total);
    });
  }
});

describe("a known function", () => {
  function planted(seed: number, nRows: number): Column[] {
    const random = createRandom(seed);
    const x = Array.from({ length: nRows }, () => random.next());
    const c = Array.from({ length: nRows }, () => "pqrstu"[random.integer(6)]);
    const y = x.map((value, row) => (value > 0.5 ? 3 : 0) + ("prt".includes(c[row]) ? value : -1));
    return [numeric("x", x), categorical("c", c), numeric("y", y)];
  }
  const task: Task = { kind: "regression", target: "y", features: ["x", "c"] };

  test("is recovered on fresh rows", () => {
    const params = { earlyStoppingRounds: 0 };
    const model = finish(fitGradientBoosting(trainRows(...planted(1, 2000)), task, params, createRandom(1)));
    const fresh = planted(2, 500);
    const actual = (fresh[2] as { values: Float64Array }).values;
    expect(regressionMetrics(actual, predictGradientBoosting(model, table(...fresh))).r2).toBeGreaterThan(0.995);
  });

  test("drawing rows and features still recovers it, and depends on the seed alone", () => {
    const fit = (seed: number) => {
      const params = { subsample: 0.5, colsampleByTree: 0.5, nRounds: 150 };
      return predictGradientBoosting(
        finish(fitGradientBoosting(trainRows(...planted(1, 1000)), task, params, createRandom(seed))),
        table(...planted(2, 500)),
      );
    };
    const first = fit(5);
    expect(fit(5)).toEqual(first);
    expect(fit(6)).not.toEqual(first);
    expect(regressionMetrics((planted(2, 500)[2] as { values: Float64Array }).values, first).r2).toBeGreaterThan(0.97);
  });

  test("a level unseen in training and missing cells get finite predictions", () => {
    const model = finish(fitGradientBoosting(trainRows(...planted(1, 200)), task, {}, createRandom(1)));
    const odd = table(numeric("x", [0.2, null, null]), categorical("c", ["new", null, "p"]), numeric("y", [0, 0, 0]));
    expect([...predictGradientBoosting(model, odd)].every(Number.isFinite)).toBe(true);
  });
});

test("yields before every tree, so that cancelling answers within one", () => {
  const columns = [numeric("x", [1, 2, 3, 4, 5, 6]), categorical("y", ["a", "b", "c", "a", "b", "c"])];
  const task: Task = { kind: "classification", target: "y", features: ["x"], classes: ["a", "b", "c"] };
  const events = [...fitGradientBoosting(trainRows(...columns), task, { nRounds: 2 }, createRandom(1))];
  expect(events.map((event) => event.done)).toEqual([0, 0, 0, 1, 1, 1]);
  expect(events[0]).toEqual({ stage: "boosting", done: 0, total: 2, unit: "round" });
});

test("a parameter out of bounds is refused", () => {
  const columns = [numeric("x", [1, 2]), numeric("y", [1, 2])];
  const work = fitGradientBoosting(
    trainRows(...columns),
    { kind: "regression", target: "y", features: ["x"] },
    { learningRate: 2 },
    createRandom(1),
  );
  expect(() => finish(work)).toThrow("learningRate must be a number in [0.0001, 1], got 2");
});

describe("early stopping", () => {
  const random = createRandom(12);
  const nRows = 600;
  const x = Array.from({ length: nRows }, () => random.normal());
  const classes = ["no", "yes"];
  const noisy = x.map((value) => classes[value + 2 * random.normal() > 0 ? 1 : 0]);
  const columns = [
    numeric("x", x),
    numeric(
      "z",
      x.map(() => random.normal()),
    ),
    categorical("y", noisy, classes),
  ];
  const task: Task = { kind: "classification", target: "y", features: ["x", "z"], classes };
  const params = { learningRate: 0.3, earlyStoppingRounds: 4 };
  const fit = (overrides: object) =>
    finish(fitGradientBoosting(trainRows(...columns), task, { ...params, ...overrides }, createRandom(1)));

  test("keeps the rounds up to the least loss on rows that no tree saw, and says what that loss was", () => {
    const { rounds, validation } = fit({});
    if (!validation) throw new Error("rows were held back");
    expect(validation.nRows).toBe(86);
    expect(validation.losses[validation.nBestRounds - 1]).toBe(Math.min(...validation.losses));
    expect(validation.losses.length).toBe(validation.nBestRounds + 4);
    expect(rounds.length).toBe(validation.nBestRounds);
    expect(rounds.length).toBeLessThan(40);
    expect(rounds[0][0].weight[0]).toBeLessThan((nRows - 86) / 4 + 1e-9);
  });

  test("progress tells the loss after each round", () => {
    const work = fitGradientBoosting(trainRows(...columns), task, { ...params, nRounds: 3 }, createRandom(1));
    const losses = [...work].map((event) => event.validationLoss);
    expect(losses[0]).toBeUndefined();
    expect(losses.slice(1)).toEqual(fit({ nRounds: 3 }).validation?.losses.slice(0, 2));
  });

  test("is off at 0 and where too few rows could be held back", () => {
    expect(fit({ earlyStoppingRounds: 0 })).toMatchObject({ validation: null, rounds: { length: 100 } });
    const few = columns.map((column) =>
      takeColumn(
        column,
        Int32Array.from({ length: 100 }, (_, row) => row),
      ),
    );
    expect(finish(fitGradientBoosting(trainRows(...few), task, { nRounds: 9 }, createRandom(1))).validation).toBeNull();
  });
});

test("balanced classes are predicted as often as each other, whatever their sizes", () => {
  const random = createRandom(13);
  const classes = ["rare", "common"];
  const target = Array.from({ length: 1000 }, (_, row) => classes[row % 10 === 0 ? 0 : 1]);
  const x = target.map((name) => random.normal() + (name === "rare" ? 1.5 : 0));
  const columns = [numeric("x", x), categorical("y", target, classes)];
  const task: Task = { kind: "classification", target: "y", features: ["x"], classes };
  const sureOfRare = (balanceClasses: number) => {
    const model = finish(fitGradientBoosting(trainRows(...columns), task, { balanceClasses, maxDepth: 2 }, createRandom(1)));
    const probabilities = predictGradientBoosting(model, table(...columns));
    const isRare = target.map((name, row) => name === "rare" && probabilities[2 * row] > 0.5);
    return isRare.filter(Boolean).length / 100;
  };
  expect(sureOfRare(0)).toBeLessThan(0.4);
  expect(sureOfRare(1)).toBeGreaterThan(0.65);
});
