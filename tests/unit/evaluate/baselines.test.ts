import { describe, expect, test } from "vitest";
import { log } from "../../../src/core/exp-log.ts";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { scoreBaselines } from "../../../src/evaluate/baselines.ts";
import { fitSingleColumnRule } from "../../../src/evaluate/single-column-rule.ts";
import { onlySynthetic, trainOnAll } from "../../../src/table/split-rows.ts";
import { allRows, type Column, type Table, takeRows } from "../../../src/table/table.ts";
import { makeTask, type Task } from "../../../src/table/task.ts";
import { loadTable } from "../support/load-table.ts";
import { plant, plantedTask } from "./planted.ts";

const numeric = (name: string, values: number[]): Column => ({
  kind: "numeric",
  name,
  type: "numeric",
  values: Float64Array.from(values),
  step: 0,
});
const random = createRandom(4);
const x = Array.from({ length: 200 }, () => random.next());
const noise = Array.from({ length: 200 }, () => random.next());
const numbers: Table = {
  nRows: 200,
  columns: [
    numeric("noise", noise),
    numeric("x", x),
    numeric(
      "y",
      x.map((value) => 10 * Math.floor(2 * value)),
    ),
  ],
};
const numberTask: Task = { kind: "regression", target: "y", features: ["noise", "x"] };

describe("scoreBaselines", () => {
  test("on a table without signal: the prior's loss is the entropy, the majority its share", () => {
    const table = plant(900, 0, createRandom(5));
    const [majority, prior, rule] = finish(scoreBaselines({ table, task: plantedTask }, 5, 1));
    expect([majority.name, prior.name, rule.name]).toEqual(["majority", "prior", "best-rule"]);
    expect(prior.metrics.logLoss.mean).toBeCloseTo(log(3), 2);
    expect(prior.metrics.auc.mean).toBeCloseTo(0.5, 12);
    expect(majority.metrics.balancedAccuracy.mean).toBeCloseTo(1 / 3, 12);
    expect(majority.metrics.logLoss).toBeUndefined();
    expect(rule.metrics.logLoss.mean).toBeGreaterThan(prior.metrics.logLoss.mean - 0.01);
    expect(majority.metrics.accuracy.folds).toHaveLength(5);
  });

  test("finds the column that tells the target, in deciles where it is a number", () => {
    const [mean, rule] = finish(scoreBaselines({ table: numbers, task: numberTask }, 5, 1));
    expect(mean).toMatchObject({ name: "mean", column: null });
    expect(mean.metrics.r2.mean).toBeLessThan(0.01);
    expect(rule).toMatchObject({ name: "best-rule", column: "x" });
    expect(rule.metrics.r2.mean).toBeGreaterThan(0.85);
  });
});

describe("fitSingleColumnRule", () => {
  test("its loss is that of leaving each row out and fitting again", () => {
    const table = plant(40, 0.8, createRandom(6));
    for (const [source, task, name] of [
      [table, plantedTask, "a"],
      [takeRows(numbers, allRows(40)), numberTask, "noise"],
    ] as const) {
      const rule = fitSingleColumnRule(trainOnAll(source), task, name);
      let loss = 0;
      for (let row = 0; row < 40; row++) {
        const rest = fitSingleColumnRule(
          onlySynthetic(
            takeRows(
              source,
              allRows(40).filter((other) => other !== row),
            ),
          ),
          task,
          name,
        );
        const own = rest.predict(takeRows(source, Int32Array.of(row)));
        const target = source.columns[2];
        loss += target.kind === "numeric" ? (target.values[row] - own[0]) ** 2 / 40 : -log(own[target.codes[row]]) / 40;
      }
      expect(Math.abs(rule.loss / loss - 1)).toBeLessThan(0.1);
    }
  });

  test("gives unknown and missing values the prior, or what missing ones had", () => {
    const known: Column = {
      kind: "categorical",
      name: "c",
      type: "categorical",
      codes: Int32Array.of(0, 0, 1, 1),
      levels: ["u", "v"],
    };
    const target: Column = {
      kind: "categorical",
      name: "y",
      type: "categorical",
      codes: Int32Array.of(0, 0, 0, 1),
      levels: ["n", "m"],
    };
    const task: Task = { kind: "classification", target: "y", features: ["c"], classes: ["n", "m"] };
    const rule = fitSingleColumnRule(trainOnAll({ nRows: 4, columns: [known, target] }), task, "c");
    const fresh: Column = { ...known, codes: Int32Array.of(0, 2, -1), levels: ["u", "v", "w"] };
    const predictions = rule.predict({ nRows: 3, columns: [fresh] });
    expect([...predictions.slice(0, 2)]).toEqual([2.75 / 3, 0.25 / 3]);
    expect([...predictions.slice(2)]).toEqual([0.75, 0.25, 0.75, 0.25]);
  });
});

const shopping = loadTable("../shared/data/shopping_trends.csv");

describe.skipIf(!shopping)("baselines of the shopping table", () => {
  const roleOf = (name: string) => (name === "Customer ID" ? "identifier" : "feature");

  test("Frequency: always the commonest is 15.0 % right, the prior's loss is 1.9455", () => {
    const task = makeTask(shopping!, "Frequency of Purchases", roleOf, 5);
    const [majority, prior, rule] = finish(scoreBaselines({ table: shopping!, task }, 5, 42));
    expect(majority.metrics.accuracy.mean).toBeCloseTo(0.1497, 3);
    expect(prior.metrics.logLoss.mean).toBeCloseTo(1.9455, 3);
    expect(rule.metrics.logLoss.mean).toBeGreaterThan(1.94);
  });

  test("Promo Code is Discount, Category is the item, and Subscription follows Discount", () => {
    const ruleFor = (target: string) =>
      finish(scoreBaselines({ table: shopping!, task: makeTask(shopping!, target, roleOf, 5) }, 5, 42))[2];
    expect(ruleFor("Promo Code Used")).toMatchObject({ column: "Discount Applied", metrics: { accuracy: { mean: 1 } } });
    expect(ruleFor("Category")).toMatchObject({ column: "Item Purchased", metrics: { accuracy: { mean: 1 } } });
    const subscription = ruleFor("Subscription Status");
    expect(subscription.metrics.accuracy.mean).toBeCloseTo(0.84, 3);
    expect(subscription.metrics.auc.mean).toBeCloseTo(0.89, 2);
  });
});
