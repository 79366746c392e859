import { beforeEach, describe, expect, test } from "vitest";
import { locale } from "../../../../src/app/i18n/locale.svelte.ts";
import {
  type Columns,
  middleCustomer,
  pathSentence,
  waterfallSteps,
  waterfallTitle,
} from "../../../../src/app/screens/predict/customer-words.ts";
import type { DecisionPath, Explanation, PathStep } from "../../../../src/workers/model.jobs.ts";
import { plainLabels } from "../predict-report.ts";

beforeEach(() => locale.choose("en"));

const base = { known: null, role: "feature", nMissing: 0, nDistinct: 3 } as const;
const columns: Columns = new Map([
  [
    "Age",
    {
      ...base,
      name: "Age",
      type: "integer",
      summary: { kind: "numeric", min: 18, max: 70, mean: 44, sd: 15, median: 43, edges: [], counts: [] },
    },
  ],
  ["Size", { ...base, name: "Size", type: "categorical", summary: { kind: "categorical", levels: [{ value: "M", count: 9 }] } }],
]);

const step = (
  kind: PathStep["kind"],
  threshold: number | null = null,
  values: readonly string[] = [],
  feature = "Age",
): PathStep => ({
  feature,
  kind,
  threshold,
  values,
});
const path = (...steps: PathStep[]): DecisionPath => ({ tree: 0, output: "Yes", steps, value: 0.5, share: 0.25 });
const say = (...steps: PathStep[]) => pathSentence(path(...steps), "margin", columns, plainLabels);

describe("the way down a tree", () => {
  test("conditions on one column are told together, the narrowest bounds alone", () => {
    expect(say(step("at-least", 30), step("below", 60), step("at-least", 44), step("below", 65))).toContain(
      "Age at least 44 and below 60",
    );
  });

  test("the last list of values is the one that holds; long lists are cut", () => {
    const sentence = say(step("in", null, ["S", "M"], "Size"), step("in", null, ["M"], "Size"));
    expect(sentence).toContain("Size is M:");
    expect(say(step("in", null, ["A", "B", "C", "D", "E"], "Size"))).toContain("Size is A, B, C or 2 others");
  });

  test("a missing value, a known one, a tree that asks nothing", () => {
    expect(say(step("missing"))).toContain("Age is missing");
    expect(say(step("present"))).toContain("Age is known");
    expect(say()).toBe("The first tree asks nothing: its only leaf adds +0.50.");
  });

  test("it says what the leaf adds and how much of the training rows it holds, in Vietnamese too", () => {
    expect(say(step("below", 44))).toMatch(/^Age below 44: the leaf adds \+0\.50 and holds 25\.0.%/u);
    locale.choose("vi");
    expect(say(step("below", 44))).toMatch(/^Age dưới 44: chiếc lá này thêm \+0,50 và giữ 25,0.%/u);
  });
});

test("the middle customer has the medians and the commonest values", () => {
  expect(middleCustomer(["Age", "Size", "Other"], columns)).toEqual({ Age: 43, Size: "M", Other: null });
});

describe("what each column adds", () => {
  const explanation: Explanation = {
    prediction: [0.4, 0.6],
    unit: "margin",
    outputs: ["Yes"],
    base: [0.1],
    features: ["Age", "Size"],
    contributions: Float64Array.of(-0.2, 0.5),
    paths: [],
  };
  const steps = waterfallSteps(explanation, 0, { Age: 44, Size: null }, columns, plainLabels);

  test("the largest first, with the customer's values", () => {
    expect(steps).toEqual([
      { label: "Size", value: "missing", amount: 0.5 },
      { label: "Age", value: "44", amount: -0.2 },
    ]);
  });

  test("the title names who pushes and who pulls, and none that rounds to nothing", () => {
    expect(waterfallTitle(steps, "margin")).toBe("Size missing push it up, Age 44 pull it down");
    expect(waterfallTitle([{ label: "Age", value: "44", amount: 0.001 }], "margin")).toBe("No column moves this answer");
  });
});
