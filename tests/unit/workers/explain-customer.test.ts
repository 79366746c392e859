import { describe, expect, test } from "vitest";
import { takeRows } from "../../../src/table/table.ts";
import { sigmoid } from "../../../src/trees/losses.ts";
import { customerValues, explainCustomer } from "../../../src/workers/explain-customer.ts";
import { predictTreeModel } from "../../../src/workers/fit-tree-model.ts";
import { keptModel, LEARNERS, mixedLearning, TARGETS } from "./model-parts.ts";

describe.each(LEARNERS)("explainCustomer, %s", (learner) => {
  test.each(TARGETS)("target %s: a row's own values give its own prediction, and contributions that add up to it", (target) => {
    const learning = mixedLearning(target);
    const kept = keptModel(learner, learning);
    for (const row of [0, 1, 2, 3, 4, 5, 6, 7, 8, 40]) {
      const why = explainCustomer(kept, customerValues(learning, row));
      expect(why.prediction).toEqual([...predictTreeModel(kept.model, takeRows(learning.table, Int32Array.of(row)))]);
      const sums = why.outputs.map((_, output) =>
        why.contributions
          .subarray(output * why.features.length, (output + 1) * why.features.length)
          .reduce((sum, value) => sum + value, why.base[output]),
      );
      if (why.unit === "margin" && target === "two") expect(sigmoid(sums[0])).toBeCloseTo(why.prediction[1], 12);
      if (why.unit === "probability" && target === "two") expect(sums[0]).toBeCloseTo(why.prediction[1], 12);
      if (why.unit === "probability" && target === "three")
        sums.forEach((sum, i) => {
          expect(sum).toBeCloseTo(why.prediction[i], 12);
        });
      if (why.unit === "value") expect(sums[0]).toBeCloseTo(why.prediction[0], 9);
      expect(why.paths.map(({ output }) => output)).toEqual(why.outputs);
      for (const path of why.paths) {
        expect(path.share).toBeGreaterThan(0);
        expect(path.steps.length).toBeGreaterThan(0);
      }
    }
  });

  test("a category never seen, a missing value and an absent one are all answered", () => {
    const learning = mixedLearning("two");
    const kept = keptModel(learner, learning);
    const whole = { x: 0.5, z: 1, word: "a", flag: "yes" };
    const missing = explainCustomer(kept, { ...whole, word: null });
    expect(explainCustomer(kept, { ...whole, word: "never seen" })).toEqual(missing);
    const { word: _, ...rest } = whole;
    expect(explainCustomer(kept, rest)).toEqual(missing);
    expect(explainCustomer(kept, { ...whole, x: "0.5" })).toEqual(explainCustomer(kept, whole));
  });

  test("refuses text where a number is asked for, by the feature's name", () => {
    const kept = keptModel(learner, mixedLearning("two"));
    expect(() => explainCustomer(kept, { x: "many" })).toThrow(
      expect.objectContaining({ code: "parameter-invalid", details: { name: "x", expected: "a number", got: "many" } }),
    );
  });
});

describe("customerValues", () => {
  const learning = mixedLearning("two");

  test("gives features alone, missing ones as null", () => {
    const withGap = [...Array(300).keys()].map((row) => customerValues(learning, row)).filter(({ x }) => x === null);
    expect(withGap.length).toBeGreaterThan(10);
    expect(Object.keys(withGap[0])).toEqual(["x", "z", "word", "flag"]);
  });

  test.each([-1, 300, Number.NaN])("refuses row %d", (row) => {
    expect(() => customerValues(learning, row)).toThrow(expect.objectContaining({ code: "parameter-invalid" }));
  });
});
