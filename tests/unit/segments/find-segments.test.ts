import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { findSegments } from "../../../src/segments/find-segments.ts";
import type { SegmentSettings } from "../../../src/segments/segments-report.ts";
import type { Role, Table } from "../../../src/table/table.ts";
import { loadTable, tableOf } from "../support/load-table.ts";
import { blobs } from "./points.ts";

const settings: SegmentSettings = { method: "k-means", preset: "none", columns: [], scale: "standard", k: 0, seed: 42 };
const isFeature = (): Role => "feature";
const segments = (table: Table, change: Partial<SegmentSettings> = {}, roleOf: (name: string) => Role = isFeature) =>
  finish(findSegments(table, roleOf, { ...settings, ...change }));

const planted = tableOf(
  ["x", "y", "Amount", "Discount Applied"],
  blobs(
    [
      [20, 20],
      [40, 40],
      [20, 60],
    ],
    50,
    createRandom(1),
  ).map(([x, y], row) => [x.toFixed(3), y.toFixed(3), String(row < 50 ? 10 : 100), row >= 100 && row % 5 !== 0 ? "Yes" : "No"]),
);

describe("findSegments", () => {
  test("finds planted groups by itself, calls them natural and describes each", () => {
    const report = segments(planted, { columns: ["x", "y"] });
    expect(report).toMatchObject({ k: 3, kChosenBy: "silhouette", elbow: 3, verdict: "natural", sizes: [50, 50, 50] });
    expect(report.choices.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(report.choices.map(({ nullSilhouettes }) => nullSilhouettes.length)).toEqual([8, 20, 8, 8, 8, 8, 8]);
    expect(report.map).toMatchObject({ kind: "columns", xName: "x", yName: "y" });
    for (const card of report.segments) expect(card.ruleAccuracy).toBeGreaterThan(0.98);
    const ofRow = (row: number) => report.segments[report.labels[row]];
    expect(ofRow(0)).toMatchObject({ averageOrder: 10, action: "newsletter" });
    expect(ofRow(50)).toMatchObject({ averageOrder: 100, action: "loyalty" });
    expect(ofRow(100).action).toBe("smaller-discounts");
    expect(report.segments.reduce((sum, card) => sum + (card.shareOfRevenue ?? 0), 0)).toBeCloseTo(1, 12);
  });

  test("uses numeric features unless told otherwise, and the k that it is told", () => {
    const roleOf = (name: string): Role => (name === "y" ? "ignore" : "feature");
    const report = segments(planted, { k: 4 }, roleOf);
    expect(report).toMatchObject({ columns: ["x", "Amount"], k: 4, kChosenBy: "user" });
    expect(report.labels).toEqual(segments(planted, { k: 4 }, roleOf).labels);
  });

  test("makes segments of given categories by their combinations", () => {
    const rows = Array.from({ length: 40 }, (_, row) => (row < 20 ? ["F", "No"] : row < 32 ? ["M", "Yes"] : ["M", "No"]));
    const report = segments(tableOf(["sex", "Card"], rows), { preset: "legal-cells", columns: ["sex", "Card"] });
    expect(report).toMatchObject({
      method: "combinations",
      k: 3,
      sizes: [20, 12, 8],
      silhouette: 1,
      inertia: 0,
      verdict: "natural",
    });
    expect(report.segments[0].rule).toEqual([{ column: "sex", low: null, high: null, values: ["F"] }]);
  });

  test("a quick run does less and says so", () => {
    const report = segments(planted, { columns: ["x", "y"], quick: true });
    expect(report.stability.nBootstraps).toBe(15);
    expect(report.facts.nShuffles).toBe(10);
    expect(report).toMatchObject({ k: 3, verdict: "natural" });
    expect(report.stability.jaccard.every((jaccard) => jaccard > 0.98)).toBe(true);
    expect(report.samples).toEqual({ curve: 150, silhouette: 150, bootstrap: 150, rules: 150 });
    expect(report.tree.accuracy).toBeGreaterThan(0.95);
    expect(report.tree.baseline).toBeLessThan(0.5);
  });

  test("a mixture takes the k of the smallest BIC", () => {
    const report = segments(planted, { columns: ["x", "y"], method: "gaussian-mixture", covariance: "full", quick: true });
    expect(report).toMatchObject({ k: 3, kChosenBy: "bic", verdict: "natural", suggested: { bic: 3 }, algorithm: null });
    expect(report.mixture?.covariance).toBe("full");
  });

  test("k-prototypes uses categories too, and says how heavy a mismatch was", () => {
    const report = segments(planted, { method: "k-prototypes", quick: true });
    expect(report.columns).toEqual(["x", "y", "Amount", "Discount Applied"]);
    expect(report.gamma).toBe(0.5);
    expect(segments(planted, { method: "k-prototypes", gammaPercent: 130, quick: true }).gamma).toBe(1.3);
    expect(report.map.kind).toBe("mixed-components");
  });

  test("segments by rule keep the user's names; they are judged by what k-means would find", () => {
    const definitions = [{ name: "East", conditions: [{ column: "x", operator: ">=" as const, value: "30" }] }];
    const report = segments(planted, { method: "rules", definitions, quick: true });
    expect(report).toMatchObject({ k: 2, kChosenBy: "rules", sizes: [50, 100], verdict: "cut" });
    expect(report.segments[0]).toMatchObject({ name: "East", isOwnName: true });
    expect(report.segments[1]).toMatchObject({ name: "others" });
    expect(report.segments[1].isOwnName).toBeUndefined();
  });

  test("one column alone is never called natural: nothing can be shuffled away", () => {
    const report = segments(planted, { columns: ["Amount"], k: 2, quick: true });
    expect(report).toMatchObject({ verdict: "cut", facts: { isSingleColumn: true, isStable: true } });
  });

  test("counts whole tasks and yields between them, so that it can be cancelled", () => {
    const events = [...findSegments(planted, isFeature, { ...settings, columns: ["x", "y"], quick: true })];
    expect(events.every(({ stage, done, total }) => stage === "segments" && done <= total)).toBe(true);
    expect(events.length).toBeGreaterThan(200);
  });

  test("refuses what it cannot do, by name", () => {
    expect(() => segments(planted, { preset: "seed-tiers" })).toThrow(
      expect.objectContaining({ code: "segment-columns-missing" }),
    );
    expect(() => segments(planted, { columns: ["z"] })).toThrow(expect.objectContaining({ code: "segment-columns-missing" }));
    expect(() => segments(planted, { k: 1 })).toThrow(expect.objectContaining({ code: "parameter-invalid" }));
    expect(() => segments(tableOf(["a"], [["1"], ["2"]]))).toThrow(expect.objectContaining({ code: "too-few-rows" }));
    const two = tableOf(
      ["a"],
      Array.from({ length: 30 }, (_, row) => [String(row % 2)]),
    );
    expect(() => segments(two, { k: 3 })).toThrow(expect.objectContaining({ code: "parameter-invalid" }));
  });
});

const shopping = loadTable("../shared/data/shopping_trends.csv");
const roleInShopping = (name: string): Role =>
  name === "Customer ID" ? "identifier" : name === "Frequency of Purchases" ? "target" : "feature";

/** The same table with headings as other files have them. */
const snakeCase = (table: Table): Table => ({
  ...table,
  columns: table.columns.map((column) => ({ ...column, name: column.name.toLowerCase().replace(/\W+/g, "_") })),
});

describe.skipIf(!shopping)("findSegments on the shopping table", () => {
  test("seed-tiers reaches the published partition and calls it a cut", () => {
    const report = segments(shopping!, { preset: "seed-tiers" }, roleInShopping);
    expect(report.inertia).toBeLessThanOrEqual(445_673);
    expect(report.segments.map(({ name }) => name)).toEqual(["diamond", "gold", "silver", "bronze"]);
    [945, 998, 999, 958].forEach((size, i) => {
      expect(Math.abs(report.sizes[i] - size)).toBeLessThanOrEqual(8);
    });
    expect(Math.abs(report.silhouette - 0.3945)).toBeLessThanOrEqual(0.005);
    expect(Math.abs(report.nullSilhouette - 0.395)).toBeLessThanOrEqual(0.005);
    expect(report.facts).toMatchObject({ isSeparated: false, isStable: true });
    expect(report.tree.accuracy).toBeGreaterThan(0.98);
    expect(report).toMatchObject({ verdict: "cut", kChosenBy: "preset", scale: "none" });
    expect(report.map).toMatchObject({ kind: "columns", xName: "Age", yName: "Previous Purchases" });
    for (const card of report.segments) {
      expect(card.rule.map(({ column }) => column)).toEqual(["Age", "Previous Purchases"]);
      expect(card.ruleAccuracy).toBeGreaterThan(0.99);
      expect(card.shareOfRevenue).toBeCloseTo(card.shareOfCustomers, 2);
    }
    expect(report.segments.map(({ action }) => action)).toEqual(["loyalty", "loyalty", "onboarding", "onboarding"]);
  });

  test("legal-cells are the four natural groups, under other headings too", () => {
    const report = segments(snakeCase(shopping!), { preset: "legal-cells" });
    expect(report).toMatchObject({ sizes: [1248, 1053, 975, 624], silhouette: 1, verdict: "natural" });
    expect(report.segments.map(({ ruleAccuracy }) => ruleAccuracy)).toEqual([1, 1, 1, 1]);
    expect(report.stability.jaccard).toEqual([1, 1, 1, 1]);
    expect(report.tree).toMatchObject({ accuracy: 1, depth: 3 });
    expect(report.segments[1].action).toBe("smaller-discounts");
  });
});
