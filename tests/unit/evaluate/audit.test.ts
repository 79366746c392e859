import { describe, expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { auditHalves, auditRows, auditSides } from "../../../src/evaluate/audit.ts";
import type { AuditFigures } from "../../../src/evaluate/audit-report.ts";
import { foldOf } from "../../../src/evaluate/fold-of.ts";
import type { Learner } from "../../../src/evaluate/learner.ts";
import { measurePrivacy } from "../../../src/metrics/privacy.ts";
import { fitBlockSampler } from "../../../src/samplers/blocks.ts";
import { fitShuffler } from "../../../src/samplers/shuffler.ts";
import { innerFolds, trainOnAll } from "../../../src/table/split-rows.ts";
import { allRows, type Table, takeRows } from "../../../src/table/table.ts";
import { makeTask } from "../../../src/table/task.ts";
import { fitGradientBoosting, predictGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import { loadTable } from "../support/load-table.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

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

/** Shapes, pairs, signal pairs, two-sample AUC, and where there is something to learn the AUC of training on them: as measured with SDMetrics and XGBoost on other halves. */
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
      ceiling: [0.988, 0.976, 0.975, 0.5, 0.842],
      floor: [0.985, 0.858, 0.735, 0.999, 0.512],
      copier: [0.984, 0.968, 0.966, 0.65, 0.839],
    },
  },
] as const;

describe.each(TABLES)("$file", ({ file, identifier, target, expected }) => {
  const whole = loadTable(`../shared/data/${file}`);
  const rows = whole && without(whole, identifier);

  async function audit(kind: string): Promise<AuditFigures> {
    if (!rows) throw new Error("skipped");
    const task = makeTask(rows, target, () => "feature", 2);
    const random = createRandom(1);
    const halves = auditHalves(rows, task, random);
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

  test.skipIf(!rows).each(Object.entries(expected))("%s", async (kind, [shapes, pairs, signal, auc, utility]) => {
    const figures = await audit(kind);
    expect(Math.abs(figures.columnShapes - shapes)).toBeLessThan(0.015);
    expect(Math.abs(figures.pairTrends - pairs)).toBeLessThan(0.015);
    expect(Math.abs(figures.pairTrendsSignal - signal)).toBeLessThan(0.015);
    expect(Math.abs(figures.twoSampleAuc - auc)).toBeLessThan(0.04);
    // Trained on shuffled columns, a model ranks by chance: its AUC varies more than one that has learnt something.
    const allowed = kind === "floor" ? 0.04 : 0.015;
    if (utility !== undefined) expect(Math.abs((figures.trainSyntheticTestReal ?? 0) - utility)).toBeLessThan(allowed);
    if (kind === "floor") expect(figures.brokenRows).toBeGreaterThan(0.5);
    else expect(figures.brokenRows).toBe(0);
  });
});

describe.each(TABLES)("privacy of $file", ({ file, identifier, target }) => {
  const whole = loadTable(`../shared/data/${file}`);

  test.skipIf(!whole)("exposes a copier and passes fresh real rows", () => {
    if (!whole) return;
    // Three parts, so that there are real rows which neither side of the comparison holds.
    const rows = without(whole, identifier);
    const [a, b, fresh] = innerFolds(trainOnAll(rows), target, 3, createRandom(1)).map((fold) => fold.test.table);
    const random = createRandom(2);
    const copies = Int32Array.from({ length: a.nRows }, () => random.integer(a.nRows));
    const limits = { made: 700, references: 2400 };
    const passed = finish(measurePrivacy(a, b, fresh, createRandom(3), limits));
    const exposed = finish(measurePrivacy(a, b, takeRows(a, copies), createRandom(3), limits));
    expect(exposed.copyShare).toBe(1);
    expect(exposed.nearerToTraining.low).toBeGreaterThan(0.9);
    expect(exposed.neighbourRatio).toBe(0);
    expect(exposed.membership.low).toBeGreaterThan(0.55);
    expect(Math.abs(passed.copyShare - passed.copyShareFresh)).toBeLessThan(0.01);
    expect(passed.nearerToTraining.low).toBeLessThan(0.5);
    expect(passed.nearerToTraining.high).toBeGreaterThan(0.5);
    expect(Math.abs(passed.neighbourRatio - passed.neighbourRatioFresh)).toBeLessThan(0.06);
    expect(passed.membership.low).toBeLessThan(0.5);
    expect(passed.membership.high).toBeGreaterThan(0.5);
  });
});

test("one answer alone trains nothing, and the sides of a quick audit are the first fold's", async () => {
  const rows = table(
    categorical("answer", [..."aabb".repeat(30)]),
    numeric(
      "age",
      Array.from({ length: 120 }, (_, i) => 20 + (i % 7)),
    ),
  );
  const task = makeTask(rows, "answer", () => "feature", 3);
  const halves = auditSides({ table: rows, task }, { seed: 4, nFolds: 3 });
  const { train, test: held } = foldOf({ table: rows, task }, { fold: 0, nFolds: 3, seed: 4 });
  expect([halves.a.table, halves.b.table]).toEqual([train.table, held.table]);
  const first = takeRows(
    rows,
    allRows(120).filter((row) => row % 4 < 2),
  );
  const figures = await finishAsync(auditRows(first, halves, task, boosting, createRandom(1)));
  expect(figures.trainSyntheticTestReal).toBeNull();
});
