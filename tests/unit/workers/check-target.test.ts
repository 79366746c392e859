import { expect, test } from "vitest";
import { finishAsync } from "../../../src/core/progress.ts";
import { judgeOthers } from "../../../src/evaluate/judge-signal.ts";
import type { OtherTarget, TargetCheck } from "../../../src/evaluate/predict-report.ts";
import { refitLoss, refitPValue } from "../../../src/evaluate/refit.ts";
import { learningTable } from "../../../src/structure/learning-table.ts";
import type { Table } from "../../../src/table/table.ts";
import { cheapLearners, checkTarget } from "../../../src/workers/check-target.ts";
import { loadTable } from "../support/load-table.ts";

const seed = 42;
const maxRows = 2000;

async function checkAll(table: Table, target: string, ignored: readonly string[], names?: readonly string[]) {
  const roles = Object.fromEntries(ignored.map((name) => [name, "ignore" as const]));
  const learning = learningTable(table, { target, roles, mergeSynonyms: false, nFolds: 5 });
  const checks: TargetCheck[] = [];
  for (const name of names ?? learning.task.features) {
    const startMs = performance.now();
    const check = await finishAsync(checkTarget(learning, { target: name, maxRows, nPermutations: 499, seed }));
    if (process.env.SHOW) console.log(name, Math.round(performance.now() - startMs), JSON.stringify(check));
    if (check) checks.push(check);
  }
  return { learning, others: judgeOthers(checks) };
}

const named = (others: readonly OtherTarget[], name: string): OtherTarget => {
  const found = others.find((other) => other.name === name);
  if (!found) throw new Error(`${name} was not checked`);
  return found;
};

const shopping = loadTable("../shared/data/shopping_trends.csv");

test.skipIf(!shopping)(
  "the shopping table: what can be predicted, by which rule, and what cannot",
  async () => {
    const { learning, others } = await checkAll(shopping!, "Frequency of Purchases", ["Customer ID"]);
    for (const name of ["Size", "Season", "Color", "Payment Method", "Shipping Type", "Age", "Review Rating"])
      expect(named(others, name)).toMatchObject({ verdict: "none", rule: null });
    const subscription = named(others, "Subscription Status");
    expect(subscription.verdict).toBe("predictable");
    expect(subscription.rule).toMatchObject({ columns: ["Discount Applied"], kind: "majority", isUnbeaten: true });
    expect(subscription.rule?.score).toBeCloseTo(0.84, 3);
    expect(subscription.rule?.f1).toBeCloseTo(0.771, 2);
    expect(subscription.rule?.auc).toBeCloseTo(0.89, 2);
    expect(named(others, "Category").rule).toMatchObject({
      columns: ["Item Purchased"],
      kind: "equal",
      score: 1,
      isUnbeaten: true,
    });
    expect(named(others, "Promo Code Used").rule).toMatchObject({ columns: ["Discount Applied"], kind: "equal", score: 1 });
    const verdicts = others.map(({ verdict }) => verdict);
    expect(verdicts.lastIndexOf("predictable")).toBeLessThan(verdicts.indexOf("none"));

    const losses: number[] = [];
    const startMs = performance.now();
    for (let permutation = 0; permutation <= 19; permutation++)
      losses.push(await finishAsync(refitLoss(learning, cheapLearners(learning.task), { permutation, maxRows, seed })));
    if (process.env.SHOW) console.log("refit", performance.now() - startMs, losses);
    expect(refitPValue(losses)).toBeGreaterThan(0.05);
  },
  120_000,
);
