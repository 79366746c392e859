import { expect, test } from "vitest";
import { chooseArms, drawPlan } from "../../../../src/app/state/ledger-arms.ts";
import type { LedgerArm } from "../../../../src/workers/learn.jobs.ts";

const learners = ["random-forest", "xgboost", "neural"] as const;
const distinct = (arms: readonly LedgerArm[], by: (arm: LedgerArm) => unknown): number => new Set(arms.map(by)).size;

test("a full run has every sampler in every mode for every learner", () => {
  const { run, leftOut } = chooseArms(learners, "classification", false);
  expect(run).toHaveLength(3 * (1 + 4 * 4));
  expect(distinct(run, (arm) => JSON.stringify(arm))).toBe(run.length);
  expect(leftOut).toEqual([]);
});

test("a quick run keeps each sampler, each mode, and the arm that decides; it names what it leaves out", () => {
  const full = chooseArms(learners, "classification", false).run;
  const { run, leftOut } = chooseArms(learners, "classification", true);
  expect(run.length).toBeLessThan(full.length / 3);
  expect(run.length + leftOut.length).toBe(full.length);
  expect(distinct(run, ({ sampler }) => sampler)).toBe(4);
  expect(distinct(run, ({ mode, multiple }) => `${mode} ${multiple}`)).toBe(5);
  for (const learner of learners) {
    const own = run.filter((arm) => arm.learner === learner);
    expect(own).toContainEqual({ sampler: "gan", mode: "real-only", multiple: 0, learner });
    expect(own).toContainEqual({ sampler: "gan", mode: "augment", multiple: 1, learner });
  }
});

test("numbers cannot be balanced", () => {
  const { run, leftOut } = chooseArms(learners, "regression", true);
  expect([...run, ...leftOut].filter(({ mode }) => mode === "balanced")).toEqual([]);
});

test("draws hold what the sampler's arms need", () => {
  const { run } = chooseArms(learners, "classification", true);
  expect(drawPlan(run, "gan", 1)).toEqual({ nDraws: 1, isTripleNeeded: true, isBalanceNeeded: true });
  expect(drawPlan(run, "shuffler", 1)).toEqual({ nDraws: 1, isTripleNeeded: false, isBalanceNeeded: false });
});
