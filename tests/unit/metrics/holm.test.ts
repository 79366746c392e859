import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { holmPValues } from "../../../src/metrics/holm.ts";

test("the smallest counts as often as there are p-values, the next once less, and none falls below its forerunner", () => {
  const adjusted = holmPValues([0.03, 0.01, 0.02, 0.6]);
  for (const [i, expected] of [0.06, 0.04, 0.06, 0.6].entries()) expect(adjusted[i]).toBeCloseTo(expected, 12);
  expect(holmPValues([0.9, 0.8])).toEqual([1, 1]);
  expect(holmPValues([])).toEqual([]);
});

test("of twenty true nulls one is called in about one family of twenty at the most", () => {
  const random = createRandom(4);
  const nFamilies = 2000;
  let nFalse = 0;
  for (let family = 0; family < nFamilies; family++) {
    const adjusted = holmPValues(Array.from({ length: 20 }, () => random.next()));
    nFalse += Number(adjusted.some((p) => p < 0.05));
  }
  expect(nFalse / nFamilies).toBeLessThan(0.065);
  expect(nFalse / nFamilies).toBeGreaterThan(0.03);
});
