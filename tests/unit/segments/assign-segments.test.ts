import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { assignSegments } from "../../../src/segments/assign-segments.ts";
import { findSegments } from "../../../src/segments/find-segments.ts";
import { addSegmentColumn, ownClusters } from "../../../src/segments/segment-column.ts";
import { readDefinition } from "../../../src/segments/segment-definition.params.ts";
import type { SegmentSettings } from "../../../src/segments/segments-report.ts";
import type { Role } from "../../../src/table/table.ts";
import { tableOf } from "../support/load-table.ts";
import { blobs } from "./points.ts";

const settings: SegmentSettings = {
  method: "k-means",
  preset: "none",
  columns: [],
  scale: "standard",
  k: 0,
  seed: 42,
  quick: true,
};
const isFeature = (): Role => "feature";
const centres = [
  [20, 20],
  [40, 40],
  [20, 60],
];
const table = tableOf(
  ["x", "Amount", "Colour"],
  blobs(centres, 40, createRandom(1)).map(([x, y], row) => [
    x.toFixed(3),
    y.toFixed(3),
    row < 40 ? "red" : row < 80 ? "blue" : "grey",
  ]),
);
const definitions = ["Low: Amount < 30", "High: Amount >= 30"]
  .map((line) => readDefinition(line))
  .filter((rule) => rule !== null);

const CASES: Readonly<Record<string, Partial<SegmentSettings>>> = {
  "k-means": { columns: ["x", "Amount"] },
  "k-prototypes": { method: "k-prototypes" },
  "a full mixture": { method: "gaussian-mixture", covariance: "full", k: 3 },
  "a diagonal mixture": { method: "gaussian-mixture", k: 3 },
  rules: { method: "rules", definitions },
  combinations: { preset: "legal-cells", columns: ["Colour"] },
  "scores of frequency and money": { method: "rfm", rfm: { recency: "", frequency: "x", money: "Amount" } },
};

describe("assignSegments", () => {
  for (const [name, change] of Object.entries(CASES)) {
    test(`gives the table's own rows the segments that ${name} gave them`, () => {
      const report = finish(findSegments(table, isFeature, { ...settings, ...change }));
      const model = structuredClone(report.model);
      const assigned = finish(assignSegments(table, model, report.k));
      expect([...assigned.labels]).toEqual([...report.labels]);
      expect(assigned).toMatchObject({ nRows: 120, sizes: report.sizes, nUnassigned: 0, unknown: [], nMissing: 0 });
      if (assigned.shareFarAway !== null) expect(assigned.shareFarAway).toBeLessThanOrEqual(0.01);
    });
  }

  test("tells values that were not there, cells without a value, and rows far from everything", () => {
    const report = finish(findSegments(table, isFeature, { ...settings, method: "k-prototypes", k: 3 }));
    const second = tableOf(
      ["Colour", "x", "Amount", "More"],
      [
        ["red", "20", "20", "a"],
        ["pink", "", "40", "b"],
        ["grey", "20", "900", "c"],
      ],
    );
    const assigned = finish(assignSegments(second, report.model, report.k));
    expect(assigned.unknown).toEqual([{ column: "Colour", values: ["pink"], nRows: 1 }]);
    expect(assigned.nMissing).toBe(1);
    expect(assigned.shareFarAway).toBeGreaterThan(0.3);
    expect(assigned.labels[0]).toBe(report.labels[0]);
  });

  test("leaves a combination that never occurred without a segment, and asks for the columns it needs", () => {
    const { model } = finish(findSegments(table, isFeature, { ...settings, ...CASES.combinations }));
    const assigned = finish(assignSegments(tableOf(["Colour"], [["red"], ["green"]]), model, 3));
    expect(assigned).toMatchObject({ nUnassigned: 1, labels: Uint8Array.from([0, 255]) });
    expect(() => finish(assignSegments(tableOf(["Color2"], [["red"]]), model, 3))).toThrow(
      expect.objectContaining({ code: "segment-columns-missing" }),
    );
  });
});

describe("segments as a column", () => {
  const column = { name: "Colour", labels: new Uint8Array(120).fill(1, 60), names: ["a", "b"], from: ["x", "Amount"] };
  test("stand last under a name of their own", () => {
    const extended = addSegmentColumn(table, column);
    expect(extended.columns.map(({ name }) => name)).toEqual(["x", "Amount", "Colour", "Colour (2)"]);
    expect(extended.columns[3]).toMatchObject({ kind: "categorical", levels: ["a", "b"] });
  });

  test("warn where they are predicted from what made them", () => {
    expect(ownClusters(column, "segment", "segment", ["x", "Colour"])).toEqual({ column: "segment", from: ["x"] });
    expect(ownClusters(column, "segment", "segment", ["Colour"])).toBeNull();
    expect(ownClusters(column, "segment", "x", ["Amount", "segment"])).toBeNull();
  });
});
