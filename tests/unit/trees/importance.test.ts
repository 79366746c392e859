import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { fitGradientBoosting } from "../../../src/trees/gradient-boosting.ts";
import { gainShares } from "../../../src/trees/importance.ts";
import { numeric, trainRows } from "../support/make-table.ts";
import { fitBoth, mixedTable, mixedTask } from "./explained-models.ts";

describe("gainShares", () => {
  const rows = mixedTable(300, createRandom(3));

  test.each(fitBoth(rows, mixedTask(rows, "three"), 2, 5))("$kind: shares of one, a feature never asked has none", (model) => {
    const shares = gainShares(model);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const asked = new Set<number>();
    const trees = model.kind === "random-forest" ? model.trees : model.rounds.flat();
    for (const tree of trees) for (const feature of tree.feature) asked.add(feature);
    shares.forEach((share, feature) => {
      expect(share > 0).toBe(asked.has(feature));
    });
  });

  test("two cuts by hand: gains 8 and 2 of 10", () => {
    // Each half of a holds two values of y; b tells them apart. Without penalties a's gain is 4 · 16, b's 2 · (2 · 1).
    const columns = [
      numeric("a", [0, 0, 0, 0, 1, 1, 1, 1]),
      numeric("b", [0, 1, 0, 1, 0, 1, 0, 1]),
      numeric("y", [0, 2, 0, 2, 8, 10, 8, 10]),
    ];
    const task = { kind: "regression", target: "y", features: ["a", "b"] } as const;
    const params = { nRounds: 1, maxDepth: 2, lambda: 0, minChildWeight: 0 };
    const shares = gainShares(finish(fitGradientBoosting(trainRows(...columns), task, params, createRandom(1))));
    expect(shares[0]).toBeCloseTo(128 / 136, 12);
    expect(shares[1]).toBeCloseTo(8 / 136, 12);
  });

  test("a model without a split gives nothing to anyone", () => {
    const columns = [numeric("a", [1, 1, 1, 1]), numeric("y", [0, 1, 2, 3])];
    const task = { kind: "regression", target: "y", features: ["a"] } as const;
    const model = finish(fitGradientBoosting(trainRows(...columns), task, { nRounds: 2 }, createRandom(1)));
    expect([...gainShares(model)]).toEqual([0]);
  });
});
