import { describe, expect, test } from "vitest";
import { finish, finishAsync } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { Column } from "../../../src/table/table.ts";
import type { Task } from "../../../src/table/task.ts";
import { fitOver } from "../../../src/trees/boosting-over-shards.ts";
import { BoostingRun } from "../../../src/trees/boosting-run.ts";
import { BoostingShard } from "../../../src/trees/boosting-shard.ts";
import type { GradientBoostingParams } from "../../../src/trees/gradient-boosting.params.ts";
import { fitGradientBoosting, type GradientBoostingModel } from "../../../src/trees/gradient-boosting.ts";
import type { Shard } from "../../../src/trees/shard-protocol.ts";
import { categorical, numeric, trainRows } from "../support/make-table.ts";

/** A shard behind copied messages, as over a port, that answers in its own time. */
function distantShard(delayMs: number): Shard {
  let shard: BoostingShard | null = null;
  return {
    async call(call) {
      const copy = structuredClone(call);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (copy.kind === "load") {
        shard = new BoostingShard(copy.data);
        return { kind: "done" };
      }
      if (!shard) throw new Error("not loaded");
      return structuredClone(shard.call(copy));
    },
  };
}

function planted(nClasses: number): { columns: Column[]; task: Task } {
  const random = createRandom(4);
  const nRows = 301;
  const draw = () => Array.from({ length: nRows }, () => random.normal());
  const [a, b, noise] = [draw(), draw(), draw()];
  const holes = a.map((value, row) => (row % 11 === 0 ? null : value));
  const twin = a.map((value) => 2 * value);
  const colours = draw().map((value) => `colour ${Math.round(2 * value)}`);
  const signal = a.map((value, row) => value * b[row] + (colours[row] === "colour 1" ? 1 : 0) + noise[row] / 2);
  const features = [numeric("a", holes), numeric("b", b), categorical("c", colours), numeric("twin", twin), numeric("copy", b)];
  const names = features.map((feature) => feature.name);
  if (nClasses === 1)
    return { columns: [...features, numeric("y", signal)], task: { kind: "regression", target: "y", features: names } };
  const classes = Array.from({ length: nClasses }, (_, c) => `class ${c}`);
  const order = [...signal].sort((p, q) => p - q);
  const target = signal.map((value) => classes[Math.floor((order.indexOf(value) * nClasses) / nRows)]);
  return {
    columns: [...features, categorical("y", target, classes)],
    task: { kind: "classification", target: "y", features: names, classes },
  };
}

const settings: Record<string, Partial<GradientBoostingParams>> = {
  "level by level": { maxDepth: 5 },
  "leaf by leaf": { maxDepth: 10, maxLeaves: 9, minChildWeight: 0 },
  drawn: { subsample: 0.7, colsampleByTree: 0.7, colsampleByLevel: 0.6, balanceClasses: 1 },
  "stopped early": { earlyStoppingRounds: 2, learningRate: 0.8, nRounds: 30, alpha: 0.1, gamma: 0.1 },
};

describe.each(Object.entries(settings))("%s", (_, overrides) => {
  const params = { nRounds: 4, ...overrides };
  const begin = ({ columns, task }: { columns: Column[]; task: Task }) =>
    new BoostingRun(trainRows(...columns), task, params, createRandom(8));

  async function expectSame(nClasses: number, spread: "by-margin" | "by-feature"): Promise<void> {
    const data = planted(nClasses);
    const alone: GradientBoostingModel = finish(
      fitGradientBoosting(trainRows(...data.columns), data.task, params, createRandom(8)),
    );
    expect(alone.rounds.flat().some((tree) => tree.feature.length > 3)).toBe(true);
    for (const nRemotes of [0, 1, 3]) {
      const remotes = Array.from({ length: nRemotes }, (_, i) => distantShard(3 - i));
      expect(await finishAsync(fitOver(remotes, begin(data), spread))).toEqual(alone);
    }
  }

  test("three classes spread by class: the same bytes on 1, 2 and 4 shards", () => expectSame(3, "by-margin"));
  test("two classes spread by feature: the same bytes on 1, 2 and 4 shards", () => expectSame(2, "by-feature"));
  test("numbers spread by feature: the same bytes on 1, 2 and 4 shards", () => expectSame(1, "by-feature"));
});

test("a shard that fails ends the fit with its error", async () => {
  const failing: Shard = { call: async () => Promise.reject(new Error("gone")) };
  const data = planted(3);
  const run = new BoostingRun(trainRows(...data.columns), data.task, {}, createRandom(8));
  await expect(finishAsync(fitOver([failing], run, "by-margin"))).rejects.toThrow("gone");
});

test("small data stay on this thread", async () => {
  const untouched: Shard = { call: () => Promise.reject(new Error("asked")) };
  const data = planted(1);
  const run = new BoostingRun(trainRows(...data.columns), data.task, { nRounds: 2 }, createRandom(8));
  expect((await finishAsync(fitOver([untouched], run))).rounds.length).toBe(2);
});
