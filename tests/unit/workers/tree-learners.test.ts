import { expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitFold } from "../../../src/evaluate/fit-fold.ts";
import type { FoldRequest, LearnerParams } from "../../../src/evaluate/fold-result.ts";
import type { LearnerId } from "../../../src/evaluate/learner.ts";
import type { Table } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { treeLearner } from "../../../src/workers/tree-learners.ts";
import { plant, plantedTask } from "../evaluate/planted.ts";
import { numeric, table as tableOf } from "../support/make-table.ts";

const planted = plant(3000, 0.4, createRandom(1), undefined, 6);
const random = createRandom(2);
const x = Array.from({ length: 300 }, () => random.normal());
const line = tableOf(
  numeric("x", x),
  numeric(
    "y",
    x.map((value) => 3 * value + random.normal()),
  ),
);
const lineTask: Task = { kind: "regression", target: "y", features: ["x"] };

function fit(learner: LearnerId, params: LearnerParams, table: Table = planted, task: Task = plantedTask) {
  const request: FoldRequest = {
    learner,
    params,
    fold: 0,
    nFolds: 3,
    seed: 1,
    quick: false,
    mode: "real-only",
    synthetic: { train: null, test: null },
  };
  return finishAsync(fitFold({ table, task, learner: treeLearner(learner, params), request, now: () => 0 }));
}

test("settings reach the trees, and a fold tells how many were kept and how they do on rows they did not see", async () => {
  const { facts, real } = await fit("random-forest", { nTrees: 200 });
  expect(facts.trees).toBe(200);
  expect(Math.abs(facts.outOfBagAccuracy - real.accuracy)).toBeLessThan(0.1);
  expect(Math.abs(facts.outOfBagLogLoss - real.logLoss)).toBeLessThan(0.2);
  const numbers = await fit("random-forest", { nTrees: 200 }, line, lineTask);
  expect(Math.abs(numbers.facts.outOfBagR2 - numbers.real.r2)).toBeLessThan(0.1);
});

test("boosting tells the rounds that early stopping kept, and the loss that stopped it", async () => {
  const { facts, real } = await fit("xgboost", { nRounds: 400, learningRate: 0.3 });
  expect(facts.rounds).toBeGreaterThan(3);
  expect(facts.rounds).toBeLessThan(200);
  expect(Math.abs(facts.validationLoss - real.logLoss)).toBeLessThan(0.2);
  const all = await fit("xgboost", { nRounds: 12, earlyStoppingRounds: 0 });
  expect(all.facts).toEqual({ rounds: 12 });
});

test("the reference forest has nothing to tell, and networks are not made here", async () => {
  expect((await fit("ml-random-forest", { nTrees: 1 })).facts).toEqual({});
  expect(() => treeLearner("neural")).toThrow("neural");
});
