import { expect, test } from "vitest";
import { learnerParams } from "../../../../src/app/state/learner-params.ts";
import { makePlans } from "../../../../src/app/state/plans.ts";
import { SETTINGS, type Settings } from "../../../../src/app/state/settings.ts";
import { defaultValues } from "../../../../src/core/params.ts";

const settings = (change: Partial<Settings> = {}): Settings => ({ ...defaultValues(SETTINGS), ...change });

test("the settings reach each tree learner under its own names; the others have none", () => {
  expect(learnerParams(settings())).toEqual({
    "random-forest": { nTrees: 300, balanceClasses: 0 },
    xgboost: { nRounds: 100, maxDepth: 4, balanceClasses: 0 },
  });
  const changed = settings({ forestTrees: 17, boostingRounds: 23, boostingDepth: 5, classWeights: "balanced" });
  expect(learnerParams(changed)).toEqual({
    "random-forest": { nTrees: 17, balanceClasses: 1 },
    xgboost: { nRounds: 23, maxDepth: 5, balanceClasses: 1 },
  });
});

test("a quick run grows a hundred trees at most", () => {
  const nTrees = (change: Partial<Settings>) => learnerParams(settings(change))["random-forest"]?.nTrees;
  expect(nTrees({ quick: true })).toBe(100);
  expect(nTrees({ quick: true, forestTrees: 40 })).toBe(40);
  expect(learnerParams(settings({ quick: true }))["ml-random-forest"]).toEqual({ maxRows: 1300 });
});

test("the comparison and the ledger fit the same models", () => {
  const { predict, verdict } = makePlans(settings({ boostingDepth: 7 }), 100);
  expect(verdict.params).toEqual(predict.params);
  expect(predict.params.xgboost?.maxDepth).toBe(7);
});
