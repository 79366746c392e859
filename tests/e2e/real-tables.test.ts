import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../../scripts/setup.mjs";

/** Test data that stands beside the project and is never part of it. */
const DATA = join(root, "..", "shared", "data");
const SHOPPING = join(DATA, "shopping_trends.csv");
const TELCO = join(DATA, "telco_churn.csv");
const PLANTED = join(root, "public", "samples", "shopping-planted.csv");
const out = mkdtempSync(join(tmpdir(), "trendloom-real-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

function isAbsent(file: string): boolean {
  const absent = !existsSync(file);
  if (absent) console.warn(`skipped: ${basename(file)} is not there`);
  return absent;
}

function analyze(file: string, ...flags: string[]) {
  const main = join(root, "scripts", "analyze", "main.ts");
  const folder = join(out, basename(file));
  const run = spawnSync(join(root, "node_modules", ".bin", "tsx"), [main, file, "--out", folder, "--quick", ...flags], {
    encoding: "utf8",
  });
  expect({ status: run.status, end: run.stderr.split("\n").slice(-3) }).toMatchObject({ status: 0 });
  return JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
}

test.skipIf(isAbsent(SHOPPING))("the shopping table, from the file to the verdict", () => {
  const report = analyze(SHOPPING, "--segment-preset", "seed-tiers");
  expect(report.data).toMatchObject({ nRows: 3900, nColumns: 19 });
  expect(report.structure.identifiers).toEqual(["Customer ID"]);
  expect(report.structure.identical).toEqual([["Discount Applied", "Promo Code Used"]]);
  expect(report.structure.dependencies).toEqual([{ from: ["Item Purchased"], to: "Category" }]);
  expect(report.structure.combinations[0].cells.map((cell: { count: number }) => cell.count)).toEqual([1248, 1053, 975, 624]);
  expect(report.structure.synonyms[0].groups).toEqual([
    ["Bi-Weekly", "Fortnightly"],
    ["Every 3 Months", "Quarterly"],
  ]);
  expect(report.segments.inertia).toBeLessThanOrEqual(445_673);
  [945, 998, 999, 958].forEach((size, i) => {
    expect(Math.abs(report.segments.sizes[i] - size)).toBeLessThanOrEqual(8);
  });
  expect(report.segments.verdict).toBe("cut");
  expect(report.signal).toMatchObject({ verdict: "none", nPermutations: 1999 });
  expect(report.signal.pValue).toBeGreaterThan(0.05);
  const others = new Map(report.signal.otherTargets.map((other: { name: string }) => [other.name, other]));
  for (const name of ["Size", "Season", "Color"]) expect(others.get(name)).toMatchObject({ verdict: "none", rule: null });
  expect(others.get("Category")).toMatchObject({ rule: { columns: ["Item Purchased"], kind: "equal" } });
  expect(others.get("Promo Code Used")).toMatchObject({ rule: { columns: ["Discount Applied"], kind: "equal" } });
  expect(others.get("Subscription Status")).toMatchObject({ verdict: "predictable", rule: { isUnbeaten: true } });
  expect(report.models).toHaveLength(5);
  for (const { learner, metrics } of report.models) {
    expect({ learner, isAtChance: Math.abs(metrics.accuracy.mean - 0.143) <= 0.03 }).toEqual({ learner, isAtChance: true });
  }
  expect(report.gan.heldOut.gan.brokenRows).toBe(0);
  expect(report.ledger.length).toBeGreaterThan(0);
  for (const arm of report.ledger) expect(arm.verdict).not.toBe("helped");
  const [duplicates, notebook] = report.leakReplay;
  expect(duplicates).toMatchObject({ mistake: "duplicates-before-split" });
  expect(duplicates.reported).toBeGreaterThanOrEqual(0.95);
  expect(notebook.reported).toBeGreaterThan(0.6);
  for (const { honest } of report.leakReplay) expect(Math.abs(honest - 0.143)).toBeLessThanOrEqual(0.03);
  expect(report.network).toMatchObject({ foreignOrigin: 0, nonGet: 0, withQueryOrBody: 0 });
});

test.skipIf(isAbsent(TELCO))("the churn table, unchanged", () => {
  const report = analyze(TELCO, "--target", "Churn");
  expect(report.data).toMatchObject({ nRows: 7043, nColumns: 21 });
  expect(report.signal.verdict).toBe("predictable");
  const boosting = report.models.find((model: { learner: string }) => model.learner === "xgboost");
  expect(boosting.metrics.auc.mean).toBeGreaterThan(0.82);
  expect(report.gan.heldOut.gan.brokenRows).toBe(0);
  expect(report.fidelity.sequentialTrees.pairTrendsSignal).toBeGreaterThanOrEqual(0.95);
  expect(Math.abs(report.fidelity.sequentialTrees.twoSampleAuc - 0.5)).toBeLessThanOrEqual(0.1);
  expect(report.network).toMatchObject({ foreignOrigin: 0, nonGet: 0, withQueryOrBody: 0 });
});

test("the sample with planted behaviour can be predicted", () => {
  const report = analyze(PLANTED, "--steps", "data,structure,predict", "--learners", "random-forest,xgboost,softmax");
  expect(report.signal).toMatchObject({ verdict: "predictable", pValue: 0.0005 });
  expect(report.signal.score).toBeGreaterThan(report.signal.chance + 0.05);
});

const INTERNET_SERVICES = ["OnlineSecurity", "OnlineBackup", "DeviceProtection", "TechSupport", "StreamingTV", "StreamingMovies"];

test.skipIf(isAbsent(TELCO))("what the churn table is made of", () => {
  const { data, structure } = analyze(TELCO, "--target", "Churn", "--steps", "data,structure");
  const column = (name: string) => data.columns.find((each: { name: string }) => each.name === name);
  expect(column("customerID")).toMatchObject({ type: "identifier", role: "identifier" });
  expect(column("TotalCharges")).toMatchObject({ type: "numeric", role: "feature", nMissing: 11 });
  expect(structure.identifiers).toEqual(["customerID"]);
  const [combination] = structure.combinations as { columns: string[]; cells: { values: string[] }[] }[];
  expect(combination.columns).toEqual(expect.arrayContaining(["InternetService", ...INTERNET_SERVICES]));
  // Who has no internet has none of its services: the columns say so together or not at all.
  for (const { values } of combination.cells) {
    const isWithout = values[combination.columns.indexOf("InternetService")] === "No";
    for (const service of INTERNET_SERVICES)
      expect(values[combination.columns.indexOf(service)] === "No internet service").toBe(isWithout);
  }
});
