import { expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { measurePrivacy, type PrivacyFigures } from "../../../src/metrics/privacy.ts";
import { twoSampleAuc } from "../../../src/metrics/two-sample.ts";
import { allRows, type Table, takeRows } from "../../../src/table/table.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

/** Customers whose spending follows age and kind, with noise. */
function customers(nRows: number): Table {
  const random = createRandom(3).split("customers");
  const ages = Array.from({ length: nRows }, () => 18 + random.integer(53));
  const kinds = ages.map((age) => "pqr"[Math.min(2, Math.floor(age / 30) + random.integer(2))]);
  return table(
    numeric("age", ages),
    categorical("kind", kinds, ["p", "q", "r"]),
    numeric(
      "spent",
      ages.map((age) => Math.round(age + 10 * random.normal())),
    ),
    categorical(
      "town",
      ages.map(() => `town ${random.integer(20)}`),
    ),
  );
}

const real = customers(2400);
const third = (part: number) =>
  takeRows(
    real,
    allRows(real.nRows).filter((row) => row % 3 === part),
  );
const [trained, fresh, others] = [third(0), third(1), third(2)];
const measure = (made: Table): PrivacyFigures => finish(measurePrivacy(trained, fresh, made, createRandom(1)));

test("fresh rows pass", () => {
  const { nearerToTraining, membership, neighbourRatio, neighbourRatioFresh, attributes, copyShare } = measure(others);
  expect(nearerToTraining.low).toBeLessThan(0.5);
  expect(nearerToTraining.high).toBeGreaterThan(0.5);
  expect(membership.low).toBeLessThan(0.5);
  expect(membership.high).toBeGreaterThan(0.5);
  expect(Math.abs(neighbourRatio - neighbourRatioFresh)).toBeLessThan(0.1);
  expect(copyShare).toBeLessThan(0.02);
  for (const { fromMade, fromFresh } of attributes) expect(Math.abs(fromMade - fromFresh)).toBeLessThan(0.1);
});

test("a copier is exposed by every figure", () => {
  const random = createRandom(8);
  const { copyShare, nearerToTraining, membership, neighbourRatio, attributes, distances } = measure(
    takeRows(
      trained,
      Int32Array.from({ length: trained.nRows }, () => random.integer(trained.nRows)),
    ),
  );
  expect(copyShare).toBe(1);
  expect(nearerToTraining.low).toBeGreaterThan(0.9);
  expect(membership.low).toBeGreaterThan(0.6);
  expect(neighbourRatio).toBe(0);
  expect(Math.max(...distances)).toBe(0);
  const town = attributes.find(({ column }) => column === "town");
  expect(town && town.fromMade - town.fromFresh).toBeGreaterThan(0.4);
});

test("the same seed gives the same figures", () => {
  expect(measure(others)).toEqual(measure(others));
});

test("two samples of one table cannot be told apart, nor can shuffled columns hide", () => {
  const auc = (made: Table) => finish(twoSampleAuc(fresh, made, createRandom(4)));
  expect(Math.abs(auc(others) - 0.5)).toBeLessThan(0.06);
  const random = createRandom(2);
  const shuffled = {
    ...others,
    columns: others.columns.map(
      (column) => takeRows({ nRows: others.nRows, columns: [column] }, random.shuffle(allRows(others.nRows))).columns[0],
    ),
  };
  expect(auc(shuffled)).toBeGreaterThan(0.75);
});
