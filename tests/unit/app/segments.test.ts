import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isQuiet } from "../../../src/app/screens/segments/compare-words.ts";
import { spreadSteps } from "../../../src/app/screens/segments/map-spread.ts";
import { atMost, boundsOf } from "../../../src/app/screens/segments/range-bounds.ts";
import { movedBy, readDefinitions, writeDefinitions } from "../../../src/app/screens/segments/rules-form.ts";
import { inOrder, segmentViews, withSegments } from "../../../src/app/screens/segments/segment-views.ts";
import { topTraitWords } from "../../../src/app/screens/segments/segments-words.ts";
import { encodeLink } from "../../../src/app/state/link.ts";
import { displayOrder } from "../../../src/app/state/segment-edits.ts";
import { freeName, targetedAt } from "../../../src/app/state/segment-use.ts";
import { SETTINGS } from "../../../src/app/state/settings.ts";
import { defaultValues } from "../../../src/core/params.ts";
import type { SegmentCard, SegmentsReport } from "../../../src/segments/segments-report.ts";
import type { ColumnDifference } from "../../../src/workers/data.jobs.ts";

const card = (name: string): SegmentCard => ({
  name,
  size: 10,
  shareOfCustomers: 0.25,
  shareOfRevenue: null,
  averageOrder: null,
  rule: [],
  ruleAccuracy: 1,
  traits: [],
  action: "none",
});
const report = { segments: ["diamond", "gold", "silver"].map(card) } as unknown as SegmentsReport;
const edits = { segmentNames: [], segmentColors: {}, segmentOrder: [] };

describe("segments as they are shown", () => {
  test("have their own names until they are given others, and never two of one name", () => {
    expect(segmentViews(report, edits).map((view) => view.name)).toEqual(["Diamond", "Gold", "Silver"]);
    const named = segmentViews(report, { ...edits, segmentNames: ["", "Diamond"], segmentColors: { "2": "cat-3" } });
    expect(named.map((view) => view.name)).toEqual(["Diamond", "Diamond 2", "Silver"]);
    expect(named[2].color).toBe("var(--cat-3)");
    expect(inOrder(named, { ...edits, segmentOrder: ["2", "0"] }).map((view) => view.segment)).toEqual([2, 0, 1]);
  });

  test("stand in an order that holds each of them once, whatever a link says", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.nat(9).map(String)), fc.integer({ min: 1, max: 8 }), (words, digits, k) => {
        const order = displayOrder({ segmentOrder: [...words, ...digits] }, k);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: k }, (_, i) => i));
      }),
    );
  });

  test("fit into a link with a dozen long names, colours and rules", async () => {
    const segmentNames = Array.from({ length: 12 }, (_, i) => `Customers whom we call number ${i} of all!`);
    const segmentRules = Array.from({ length: 12 }, (_, i) => `Group ${i}: "Previous Purchases" >= ${i} & Age < ${70 - i}`);
    const settings = { ...defaultValues(SETTINGS), segmentNames, segmentRules, segmentOrder: ["3", "1", "2"] };
    const link = await encodeLink({ source: null, step: "segments", language: "vi", run: ["segments"], settings });
    expect(link.length).toBeLessThan(2000);
  });
});

test("the traits that stand out are the three farthest from 100, noise left out", () => {
  const trait = (column: string, index: number, half: number) => ({
    column,
    value: null,
    index,
    low: index - half,
    high: index + half,
  });
  const traits = [trait("a", 101, 5), trait("b", 50, 5), trait("c", 130, 5), trait("d", 110, 2), trait("e", 108, 2)];
  const labels = { column: (name: string) => name, value: (_: string, value: string) => value };
  expect(topTraitWords({ ...card("gold"), traits }, labels)).toBe("b 50, c 130, d 110");
  expect(topTraitWords({ ...card("gold"), traits: traits.slice(0, 1) }, labels)).toBe("nothing beyond noise");
});

describe("own rules", () => {
  const definitions = [{ name: "Big: spenders", conditions: [{ column: "A & B", operator: ">=", value: "80" }] }] as const;

  test("are written as lines and read again", () => {
    const lines = writeDefinitions(definitions);
    expect(readDefinitions(lines ?? [])).toEqual(definitions);
    expect(writeDefinitions([{ ...definitions[0], name: "x".repeat(200) }])).toBeNull();
  });

  test("change places with their neighbours only", () => {
    expect(movedBy(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(movedBy(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  });
});

test("a range of whole numbers is drawn round their strewn dots, and read back as it was typed", () => {
  const whole = [18, 70] as const;
  fc.assert(
    fc.property(fc.integer({ min: 18, max: 70 }), fc.integer({ min: 18, max: 70 }), (a, b) => {
      const typed = [Math.min(a, b), Math.max(a, b)] as const;
      expect(boundsOf(atMost(typed, 1), 1, whole, true)).toEqual(typed);
    }),
  );
  expect(atMost([40, 30], 1)).toEqual([29.5, 40.5]);
});

test("dots of few places are strewn as far as no two patches overlap, others not at all", () => {
  const square = [0, 1, 0, 1];
  const of = (places: readonly number[]) => Array.from({ length: 80 }, (_, i) => places[i % places.length]);
  expect(spreadSteps(of(square), of([0, 0, 4, 4]))).toEqual({ x: 0.25, y: 1 });
  const near = spreadSteps(of([0, 0.1, 1]), of([0, 0, 1]));
  expect(near.x).toBeCloseTo(0.09);
  expect(near.y).toBeCloseTo(0.09);
  const many = Array.from({ length: 500 }, (_, i) => i / 7);
  expect(spreadSteps(many, many)).toEqual({ x: 0, y: 0 });
  expect(spreadSteps(of([3]), of([2]))).toEqual({ x: 0, y: 0 });
});

test("a difference is quiet where the interval of its effect holds 0, or the effect is next to none", () => {
  const number = { measure: "cohens-d", size: "small", low: -1, high: 2, effectLow: null } as ColumnDifference;
  expect(isQuiet(number)).toBe(true);
  expect(isQuiet({ ...number, low: 0.1 })).toBe(false);
  expect(isQuiet({ ...number, measure: "cramers-v", low: 0.1, effectLow: 0 })).toBe(true);
  expect(isQuiet({ ...number, measure: "cramers-v", effectLow: 0.03 })).toBe(false);
  expect(isQuiet({ ...number, size: "none", measure: "cramers-v", effectLow: 0.03 })).toBe(true);
});

test("segments as a column have a name of their own, and are called as on their screen", () => {
  expect([freeName("segment", []), freeName("segment", ["segment", "segment'"])]).toEqual(["segment", "segment''"]);
  const table = { target: "a", roles: { a: "target", b: "feature" }, mergeSynonyms: false } as const;
  expect(targetedAt(table, "segment")).toEqual({ ...table, target: "segment", roles: { a: "feature", b: "feature" } });
  const file = { column: (name: string) => `[${name}]`, value: (_: string, value: string) => `(${value})` };
  const view = { segment: 0, card: card("segment-1"), name: "Regulars", color: "red" };
  const labels = withSegments(file, "segment", [view]);
  expect([labels.column("b"), labels.value("b", "x")]).toEqual(["[b]", "(x)"]);
  expect([labels.column("segment"), labels.value("segment", "segment-1")]).toEqual(["the segment", "Regulars"]);
});
