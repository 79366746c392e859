import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../../scripts/setup.mjs";

/** Test data that stands beside the project and is never part of it. */
const DATA = join(root, "..", "shared", "data");
const out = mkdtempSync(join(tmpdir(), "trendloom-real-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

function isAbsent(name: string): boolean {
  const absent = !existsSync(join(DATA, name));
  if (absent) console.warn(`skipped: ${name} is not there`);
  return absent;
}

function analyze(name: string, ...flags: string[]) {
  const main = join(root, "scripts", "analyze", "main.ts");
  const folder = join(out, name);
  const run = spawnSync(
    join(root, "node_modules", ".bin", "tsx"),
    [main, join(DATA, name), "--out", folder, "--quick", ...flags],
    {
      encoding: "utf8",
    },
  );
  expect({ status: run.status, end: run.stderr.split("\n").slice(-3) }).toMatchObject({ status: 0 });
  return JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
}

test.skipIf(isAbsent("shopping_trends.csv"))("the shopping table, from the file to the verdict", () => {
  const report = analyze("shopping_trends.csv", "--segment-preset", "seed-tiers");
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
  expect(report.signal.verdict).toBe("none");
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
  expect(notebook.reported).toBeGreaterThan(notebook.honest + 0.1);
  for (const { honest } of report.leakReplay) expect(Math.abs(honest - 0.143)).toBeLessThanOrEqual(0.03);
  expect(report.network).toMatchObject({ foreignOrigin: 0, nonGet: 0, withQueryOrBody: 0 });
});

test.skipIf(isAbsent("telco_churn.csv"))("the churn table, unchanged", () => {
  const report = analyze("telco_churn.csv", "--target", "Churn");
  expect(report.data).toMatchObject({ nRows: 7043, nColumns: 21 });
  expect(report.signal.verdict).toBe("predictable");
  const boosting = report.models.find((model: { learner: string }) => model.learner === "xgboost");
  expect(boosting.metrics.auc.mean).toBeGreaterThan(0.82);
  expect(report.gan.heldOut.gan.brokenRows).toBe(0);
  expect(report.network).toMatchObject({ foreignOrigin: 0, nonGet: 0, withQueryOrBody: 0 });
});

const INTERNET_SERVICES = ["OnlineSecurity", "OnlineBackup", "DeviceProtection", "TechSupport", "StreamingTV", "StreamingMovies"];

test.skipIf(isAbsent("telco_churn.csv"))("what the churn table is made of", () => {
  const { data, structure } = analyze("telco_churn.csv", "--target", "Churn", "--steps", "data,structure");
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
