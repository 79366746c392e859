import { expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { testColumns } from "../../../src/evaluate/column-signal.ts";
import { falseDiscoveryRates } from "../../../src/metrics/false-discovery.ts";
import { makeTask } from "../../../src/table/task.ts";
import { loadTable } from "../support/load-table.ts";
import { categorical, numeric, table } from "../support/make-table.ts";

const random = createRandom(11).split("rows");
const N = 600;
const kinds = Array.from({ length: N }, () => random.integer(3));
const rows = table(
  categorical(
    "kind",
    kinds.map((kind) => "abc"[kind]),
  ),
  categorical(
    "near",
    kinds.map((kind) => "pqr"[random.next() < 0.6 ? kind : random.integer(3)]),
  ),
  categorical(
    "noise",
    kinds.map(() => "xy"[random.integer(2)]),
  ),
  numeric(
    "level",
    kinds.map((kind) => (random.next() < 0.1 ? null : kind + random.normal())),
  ),
  numeric(
    "blur",
    kinds.map(() => random.normal()),
  ),
);
const signals = (target: string) => {
  const found = finish(testColumns({ table: rows, task: makeTask(rows, target, () => "feature", 2) }, createRandom(1)));
  return Object.fromEntries(found.map((signal) => [signal.name, signal]));
};

test("what was planted is found, noise is not, whatever the kinds of the two columns", () => {
  const ofKind = signals("kind");
  expect([ofKind.near.measure, ofKind.level.measure]).toEqual(["cramers-v", "correlation-ratio"]);
  for (const name of ["near", "level"]) expect(ofKind[name].pValue).toBe(1 / 2000);
  for (const name of ["noise", "blur"]) expect(ofKind[name].qValue).toBeGreaterThan(0.05);
  const ofLevel = signals("level");
  expect([ofLevel.kind.measure, ofLevel.blur.measure]).toEqual(["correlation-ratio", "correlation"]);
  expect(ofLevel.kind.pValue).toBe(1 / 2000);
  expect(ofLevel.blur.qValue).toBeGreaterThan(0.05);
});

test("the correlation ratio is the same from both sides, rows without the number left out", () => {
  expect(signals("kind").level.value).toBeCloseTo(signals("level").kind.value, 12);
});

test("without any link, p-values are spread evenly", () => {
  const features = Array.from({ length: 60 }, (_, i) =>
    categorical(
      `f${i}`,
      kinds.map(() => "uvw"[random.integer(3)]),
    ),
  );
  const noise = table(
    categorical(
      "target",
      kinds.map(() => "ab"[random.integer(2)]),
    ),
    ...features,
  );
  const found = finish(testColumns({ table: noise, task: makeTask(noise, "target", () => "feature", 2) }, createRandom(2)));
  const mean = found.reduce((sum, { pValue }) => sum + pValue, 0) / found.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.12);
  expect(found.filter(({ pValue }) => pValue < 0.05).length).toBeLessThan(10);
});

test("false discovery rates are those of Benjamini and Hochberg", () => {
  // scipy 1.10: false_discovery_control([0.01, 0.04, 0.03, 0.5]) by hand: 0.04, 0.0533…, 0.0533…, 0.5.
  expect(falseDiscoveryRates([0.01, 0.04, 0.03, 0.5]).map((q) => Number(q.toFixed(4)))).toEqual([0.04, 0.0533, 0.0533, 0.5]);
});

const shopping = loadTable("../shared/data/shopping_trends.csv");

test.skipIf(!shopping)(
  "no column of the shopping table knows of the purchase frequency; the discount tells the promo code",
  () => {
    if (!shopping) return;
    const customers = { ...shopping, columns: shopping.columns.filter(({ name }) => name !== "Customer ID") };
    const of = (target: string) =>
      finish(testColumns({ table: customers, task: makeTask(customers, target, () => "feature", 2) }, createRandom(3)));
    const frequency = of("Frequency of Purchases");
    expect(Math.min(...frequency.map(({ qValue }) => qValue))).toBeGreaterThan(0.05);
    expect(Math.max(...frequency.filter(({ measure }) => measure === "cramers-v").map(({ value }) => value))).toBeLessThan(0.03);
    expect(of("Promo Code Used")[0]).toMatchObject({ name: "Discount Applied", pValue: 1 / 2000 });
    expect(of("Promo Code Used")[0].value).toBeCloseTo(1, 3);
  },
);
