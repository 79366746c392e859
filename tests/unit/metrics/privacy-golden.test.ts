import { expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { measurePrivacy } from "../../../src/metrics/privacy.ts";
import { twoSampleAuc } from "../../../src/metrics/two-sample.ts";
import type { Table } from "../../../src/table/table.ts";
import golden from "../../golden/privacy.json";
import { categorical, numeric, table } from "../support/make-table.ts";

const toTable = (rows: readonly (readonly string[])[]): Table =>
  table(
    ...golden.columns.map((name, c) => {
      const cells = rows.map((row) => row[c]);
      return c < 2 ? numeric(name, cells.map(Number)) : categorical(name, cells);
    }),
  );

const [trained, fresh, made] = [golden.trained, golden.fresh, golden.made].map(toTable);

test("privacy figures agree with NumPy and SciPy", () => {
  const figures = finish(measurePrivacy(trained, fresh, made, createRandom(1)));
  expect(figures.copyShare).toBe(golden.copyShare);
  expect(figures.copyShareFresh).toBe(golden.copyShareFresh);
  expect(figures.neighbourRatio).toBeCloseTo(golden.neighbourRatio, 9);
  expect(figures.neighbourRatioFresh).toBeCloseTo(golden.neighbourRatioFresh, 9);
  const mean = figures.distances.reduce((sum, distance) => sum + distance, 0) / figures.distances.length;
  expect(mean).toBeCloseTo(golden.meanNearest, 9);
  expect(figures.nearerToTraining.value).toBeCloseTo(golden.nearerShare, 9);
});

test("the two-sample AUC agrees with XGBoost's on its own folds", () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const aucs = seeds.map((seed) => finish(twoSampleAuc(fresh, made, createRandom(seed))));
  const mean = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
  expect(Math.abs(mean - golden.twoSampleAuc)).toBeLessThan(0.03);
});
