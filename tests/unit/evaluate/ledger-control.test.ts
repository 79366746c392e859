import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import type { Learner } from "../../../src/evaluate/learner.ts";
import { settleLedger } from "../../../src/evaluate/ledger.ts";
import { treeLearner } from "../../../src/workers/tree-learners.ts";
import { type ArmPlan, plant, plantedTask, runArms } from "./planted.ts";

const N_FOLDS = 5;
/** Leaves so large that no class gets a probability of 0, whose loss would drown all else in so small tables. */
const LEARNERS = [
  treeLearner("random-forest", { nTrees: 40, minLeafRows: 15 }),
  treeLearner("xgboost", { nRounds: 20, maxDepth: 3, learningRate: 0.3 }),
];

/** Steps over both features, which trees can find and for which these tables are too small. */
const stepsOf = (a: number, b: number): number => (Math.floor(a / 4) + Math.floor(b / 4)) % 3;

/** The verdict on an oracle arm: fresh rows from the process that the table itself comes from. */
async function judgeOracle(learner: Learner, nRows: number, strength: number, seed: number): Promise<string> {
  const fresh = (n: number, random: Random) => plant(n, strength, random, stepsOf);
  const table = fresh(nRows, createRandom(seed).split("table"));
  const arms = [0, 1].flatMap((repeat): ArmPlan[] => [
    { mode: "real-only", repeat },
    { mode: "augment", repeat, synthetic: fresh },
  ]);
  const results = await runArms(table, plantedTask, learner, N_FOLDS, seed, arms);
  const ledger = finish(settleLedger({ table, task: plantedTask, results, leftOut: [], nFolds: N_FOLDS, seed }));
  return ledger.entries.find(({ primary }) => primary)!.verdict!;
}

async function countHelped(learner: Learner, nRows: number, strength: number, seeds: readonly number[]): Promise<number> {
  let nHelped = 0;
  for (const seed of seeds) if ((await judgeOracle(learner, nRows, strength, seed)) === "helped") nHelped++;
  return nHelped;
}

const seeds = (from: number, n: number) => Array.from({ length: n }, (_, i) => from + i);

describe.each(LEARNERS.map((learner) => [learner.id, learner] as const))("%s", (_, learner) => {
  test("fresh rows from the planting process help, in at least 16 of 20 tables", { timeout: 120_000 }, async () => {
    expect(await countHelped(learner, 600, 0.85, seeds(3000, 20))).toBeGreaterThanOrEqual(16);
  });

  test("where nothing is planted they help in at most 2 of 100 tables", { timeout: 120_000 }, async () => {
    expect(await countHelped(learner, 150, 0, seeds(2000, 100))).toBeLessThanOrEqual(2);
  });
});
