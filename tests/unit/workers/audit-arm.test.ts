import { expect, test } from "vitest";
import { finishAsync, type Progress } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { cellText, getColumn, type Table } from "../../../src/table/table.ts";
import { makeTask } from "../../../src/table/task.ts";
import { auditArm } from "../../../src/workers/audit-arm.ts";
import { sampleRows } from "../../../src/workers/fit-sampler.ts";
import type { SamplerName } from "../../../src/workers/learn.jobs.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const random = createRandom(6).split("customers");
const N = 400;
const plans = Array.from({ length: N }, () => "abc"[random.integer(3)]);
const customers: Table = table(
  categorical("plan", plans),
  categorical(
    "perk",
    plans.map((plan) => (plan === "a" ? "none" : "free")),
  ),
  numeric(
    "spent",
    plans.map((plan) => 10 * "abc".indexOf(plan) + random.integer(20)),
  ),
);
const learning = { table: customers, task: makeTask(customers, "plan", () => "feature", 2) };
const choice = { seed: 3, nFolds: null };
const audit = (arm: Parameters<typeof auditArm>[1]["arm"], quick = false, rows: Table | null = null) =>
  finishAsync(auditArm(learning, { choice, arm, rows, quick }, "xgboost"));

test("arms stand between floor and ceiling, and the copier is exposed", async () => {
  const [floor, blocks, ceiling, copier] = await Promise.all(
    (["floor", "blocks", "ceiling", "copier"] as const).map((arm) => audit(arm)),
  );
  expect([floor.nA + floor.nB, floor.utilityMetric]).toEqual([N, "auc"]);
  expect(floor.arm.figures.brokenRows).toBeGreaterThan(0.2);
  expect(blocks.arm.figures.brokenRows).toBe(0);
  expect(blocks.arm.figures.pairTrendsSignal).toBeGreaterThan(floor.arm.figures.pairTrendsSignal + 0.1);
  expect(floor.arm.figures.twoSampleAuc).toBeGreaterThan(ceiling.arm.figures.twoSampleAuc + 0.1);
  expect(ceiling.arm.privacy).toBeNull();
  expect(copier.arm.privacy?.copyShare).toBe(1);
});

test("rows made elsewhere are measured as they are; a quick run measures privacy of what is handed out", async () => {
  const given = await audit("gan", true, customers);
  expect(given.arm.figures.brokenRows).toBe(0);
  expect(given.arm.privacy).not.toBeNull();
  expect((await audit("floor", true)).arm.privacy).toBeNull();
  expect((await audit("ganMatching", false, customers)).arm.privacy).toBeNull();
  await expect(audit("gan")).rejects.toThrow("made elsewhere");
});

test("an arm does not depend on the worker that audits it, and its progress never passes the end", async () => {
  const first = await audit("sequentialTrees");
  await audit("blocks");
  const events: Progress[] = [];
  const work = auditArm(learning, { choice, arm: "sequentialTrees", rows: null, quick: false }, "xgboost");
  let step = await work.next();
  for (; !step.done; step = await work.next()) events.push(step.value);
  expect(step.value).toEqual(first);
  expect(new Set(events.map(({ stage }) => stage))).toEqual(new Set(["audit"]));
  expect(Math.max(...events.map(({ done, total }) => done / total))).toBeLessThanOrEqual(1);
});

test.each<SamplerName>(["sequentialTrees", "blocks", "floor"])("rows of %s to hand out meet the conditions", async (sampler) => {
  const conditions = [{ column: "plan", value: "b" }];
  const made = await finishAsync(sampleRows(learning, { sampler, fold: 0, nFolds: 3, seed: 1, nRows: 37, conditions }));
  expect(made.nRows).toBe(37);
  expect(made.columns.map(({ name }) => name)).toEqual(["plan", "perk", "spent"]);
  for (let row = 0; row < 37; row++) expect(cellText(getColumn(made, "plan"), row)).toBe("b");
});
