import { describe, expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { type AuditFigures, auditHalves, auditRows } from "../../../src/evaluate/audit.ts";
import type { Learner } from "../../../src/evaluate/learner.ts";
import { fitBlockSampler } from "../../../src/samplers/blocks.ts";
import { fitShuffler } from "../../../src/samplers/shuffler.ts";
import { type Table, takeRows } from "../../../src/table/table.ts";
import { makeTask } from "../../../src/table/task.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import { loadTable } from "../support/load-table.ts";

const boosting: Learner = {
  id: "xgboost",
  device: { name: "cpu", reason: "trees-on-cpu" },
  *fit(train, task, random) {
    const model = yield* fitGradientBoosting(train, task, {}, random);
    return { predict: (table) => predictGradientBoosting(model, table) };
  },
};

const without = (table: Table, name: string): Table => ({
  ...table,
  columns: table.columns.filter((column) => column.name !== name),
});

/** Shapes, pairs, signal pairs, two-sample AUC: as measured with SDMetrics and XGBoost on other halves. */
const TABLES = [
  {
    file: "shopping_trends.csv",
    identifier: "Customer ID",
    target: "Frequency of Purchases",
    expected: {
      ceiling: [0.969, 0.904, 0.975, 0.52],
      floor: [0.964, 0.884, 0.648, 0.913],
      blocks: [0.963, 0.899, 0.961, 0.53],
      copier: [0.962, 0.883, 0.97, 0.74],
    },
  },
  {
    file: "telco_churn.csv",
    identifier: "customerID",
    target: "Churn",
    expected: {
      ceiling: [0.988, 0.976, 0.975, 0.5],
      floor: [0.985, 0.858, 0.735, 0.999],
      copier: [0.984, 0.968, 0.966, 0.65],
    },
  },
] as const;

describe.each(TABLES)("$file", ({ file, identifier, target, expected }) => {
  const whole = loadTable(`../shared/data/${file}`);
  const table = whole && without(whole, identifier);

  async function audit(kind: string): Promise<AuditFigures> {
    if (!table) throw new Error("skipped");
    const task = makeTask(table, target, () => "feature", 2);
    const random = createRandom(1);
    const halves = auditHalves(table, task, random);
    const { nRows } = halves.a.table;
    const draw = random.split("draws");
    const made: Record<string, () => Table | Promise<Table>> = {
      ceiling: () => halves.a.table,
      floor: async () => (await fitShuffler(halves.a).sample(nRows, [], draw)).table,
      blocks: async () => (await fitBlockSampler(halves.a).sample(nRows, [], draw)).table,
      copier: () =>
        takeRows(
          halves.a.table,
          Int32Array.from({ length: nRows }, () => draw.integer(nRows)),
        ),
    };
    return finishAsync(auditRows(await made[kind](), halves, task, boosting, random));
  }

  test.skipIf(!table).each(Object.entries(expected))("%s", async (kind, [shapes, pairs, signal, auc]) => {
    const figures = await audit(kind);
    expect(Math.abs(figures.columnShapes - shapes)).toBeLessThan(0.015);
    expect(Math.abs(figures.pairTrends - pairs)).toBeLessThan(0.015);
    expect(Math.abs(figures.pairTrendsSignal - signal)).toBeLessThan(0.015);
    expect(Math.abs(figures.twoSampleAuc - auc)).toBeLessThan(0.04);
    if (kind === "floor") expect(figures.brokenRows).toBeGreaterThan(0.5);
    else expect(figures.brokenRows).toBe(0);
  });
});

test.skipIf(!loadTable("../shared/data/telco_churn.csv"))("real rows train as well as real rows do", async () => {
  const table = without(loadTable("../shared/data/telco_churn.csv") as Table, "customerID");
  const task = makeTask(table, "Churn", () => "feature", 2);
  const halves = auditHalves(table, task, createRandom(1));
  const { trainSyntheticTestReal } = await finishAsync(auditRows(halves.a.table, halves, task, boosting, createRandom(1)));
  expect(Math.abs((trainSyntheticTestReal ?? 0) - 0.842)).toBeLessThan(0.015);
});
