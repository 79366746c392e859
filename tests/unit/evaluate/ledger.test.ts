import { describe, expect, test } from "vitest";
import { finish } from "../../../src/core/progress.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { holmSigns, settleLedger } from "../../../src/evaluate/ledger.ts";
import type { LedgerEntry, LedgerReport } from "../../../src/evaluate/ledger-report.ts";
import { correctedPairedInterval } from "../../../src/metrics/intervals.ts";
import type { Table } from "../../../src/table/table.ts";
import { type ArmPlan, cellLearner, favoured, plant, plantedTask, runArms } from "./planted.ts";

const nFolds = 5;
const seed = 5;

async function ledgerOf(table: Table, pseudoRows: number, synthetic: (nRows: number, random: Random) => Table, nLearners = 1) {
  const arms: ArmPlan[] = [{ mode: "real-only" }, { mode: "augment", synthetic }, { mode: "synthetic-only", synthetic }];
  const ids = (["random-forest", "xgboost"] as const).slice(0, nLearners);
  const results = [];
  for (const id of ids) results.push(...(await runArms(table, plantedTask, cellLearner(id, pseudoRows), nFolds, seed, arms)));
  return finish(settleLedger({ table, task: plantedTask, results, leftOut: [], nFolds, seed }));
}

const armOf = (entries: readonly LedgerEntry[], mode: LedgerEntry["mode"]): LedgerEntry =>
  entries.find((entry) => entry.mode === mode)!;

describe("settleLedger", () => {
  const oracle = (nRows: number, random: Random) => plant(nRows, 0.75, random);

  test("tells each arm's scores, its gain over real rows only and whether it is the primary one", async () => {
    const report = await ledgerOf(plant(1000, 0.75, createRandom(1)), 1, oracle, 2);
    expect(report.entries.map(({ learner, mode, primary, multiple }) => [learner, mode, primary, multiple])).toEqual(
      (["random-forest", "xgboost"] as const).flatMap((learner) => [
        [learner, "real-only", false, 0],
        [learner, "augment", true, 1],
        [learner, "synthetic-only", false, 1],
      ]),
    );
    const [real, augment] = report.entries;
    expect(augment).toMatchObject({ metric: "logLoss", shown: { metric: "accuracy" }, sampler: "gan" });
    expect(real).toMatchObject({ gain: null, shownGain: null, verdict: null, synthetic: null });
    expect(augment.gain!.mean).toBeCloseTo(real.real.mean - augment.real.mean, 12);
    expect(augment.shownGain!.mean).toBeCloseTo(augment.shown.real.mean - real.shown.real.mean, 12);
    expect(report.baselines.map(({ name }) => name)).toEqual(["majority", "prior", "best-rule"]);
  });

  test("fresh rows from the planting process come out as helped, as often as five folds can tell", async () => {
    const verdicts: string[] = [];
    for (let round = 0; round < 8; round++) {
      const report = await ledgerOf(plant(1000, 0.75, createRandom(10 + round)), 1, oracle);
      const { gain, verdict } = armOf(report.entries, "augment");
      expect(gain!.mean).toBeGreaterThan(0);
      expect(verdict === "helped").toBe(gain!.low > 0);
      if (verdict === "helped") expect(report.verdict).toBe("helped");
      verdicts.push(verdict!);
    }
    expect(verdicts.filter((verdict) => verdict === "helped").length).toBeGreaterThanOrEqual(6);
  });

  test("noise that pulls an over-confident model towards the prior has not helped", async () => {
    let nSeeming = 0;
    let nTamed = 0;
    for (let round = 0; round < 6; round++) {
      const noise = (nRows: number, random: Random) => plant(nRows, 0, random, favoured, 6);
      const report = await ledgerOf(noise(400, createRandom(30 + round)), 0.05, noise);
      const augment = armOf(report.entries, "augment");
      nSeeming += Number(augment.gain!.low > 0);
      nTamed += Number(augment.isOnlyTamed);
      expect(augment.gain!.mean).toBeGreaterThan(0);
      expect(augment.verdict).toBe("none");
    }
    expect(nSeeming, "a gain that the intervals alone would have believed").toBeGreaterThan(0);
    expect(nTamed, "said to be no better than a guess").toBe(nSeeming);
  });

  test("rows that tell lies come out as hurt", async () => {
    const table = plant(1000, 0.75, createRandom(3));
    const lies = (nRows: number, random: Random) => plant(nRows, 0.75, random, (a, b) => (favoured(a, b) + 1) % 3);
    const report = await ledgerOf(table, 1, lies);
    expect(armOf(report.entries, "augment").verdict).toBe("hurt");
    expect(armOf(report.entries, "synthetic-only")).toMatchObject({ verdict: "hurt", primary: false });
    expect(report.verdict).toBe("hurt");
  });
});

describe("repeats and samplers", () => {
  const table = plant(300, 0.7, createRandom(2));
  const good = (nRows: number, random: Random) => plant(nRows, 0.7, random);
  const lies = (nRows: number, random: Random) => plant(nRows, 0.7, random, (a, b) => (favoured(a, b) + 1) % 3);
  const learner = cellLearner("random-forest", 1);
  const settle = async (arms: readonly ArmPlan[], leftOut: LedgerReport["leftOut"] = []) => {
    const results = await runArms(table, plantedTask, learner, nFolds, seed, arms);
    return { results, report: finish(settleLedger({ table, task: plantedTask, results, leftOut, nFolds, seed })) };
  };

  test("a fold's score is the mean over its repeats: three draws are no fifteen folds", async () => {
    const repeats = [0, 1, 2];
    const { results, report } = await settle([
      ...repeats.map((repeat): ArmPlan => ({ mode: "real-only", repeat })),
      ...repeats.map((repeat): ArmPlan => ({ mode: "augment", repeat, synthetic: good })),
    ]);
    expect(report.nRepeats).toBe(3);
    const augment = armOf(report.entries, "augment");
    expect(augment.real.folds).toHaveLength(nFolds);
    const ofFold = results.filter(({ mode, fold }) => mode === "augment" && fold === 2).map(({ real }) => real.logLoss);
    expect(new Set(ofFold).size).toBe(3);
    expect(augment.real.folds[2]).toBeCloseTo((ofFold[0] + ofFold[1] + ofFold[2]) / 3, 12);
    const real = armOf(report.entries, "real-only");
    const differences = augment.real.folds.map((loss, fold) => real.real.folds[fold] - loss);
    expect(augment.gain).toEqual(correctedPairedInterval(differences, 1 / nFolds));
  });

  test("every sampler has its own arms; only the GAN's first is primary", async () => {
    const leftOut = [{ sampler: "blocks", mode: "balanced", multiple: 1, learner: "random-forest" }] as const;
    const { report } = await settle(
      [
        { mode: "real-only" },
        { mode: "augment", synthetic: good },
        { mode: "balanced", synthetic: good },
        { mode: "augment", synthetic: lies, sampler: "shuffler" },
      ],
      leftOut,
    );
    expect(report.entries.map(({ sampler, mode, primary }) => [sampler, mode, primary])).toEqual([
      ["gan", "real-only", false],
      ["gan", "augment", true],
      ["gan", "balanced", false],
      ["shuffler", "augment", false],
    ]);
    expect(report.entries[3].gain!.mean).toBeLessThan(report.entries[1].gain!.mean);
    expect(report.leftOut).toEqual(leftOut);
  });

  test("says which gain it would have found, the more arms share a family the larger", async () => {
    const one = await settle([{ mode: "real-only" }, { mode: "synthetic-only", synthetic: good }]);
    const two = await settle([
      { mode: "real-only" },
      { mode: "synthetic-only", synthetic: good },
      { mode: "synthetic-only", synthetic: lies, sampler: "blocks" },
    ]);
    const of = (report: LedgerReport) => armOf(report.entries, "synthetic-only").minimumDetectable!;
    const { gain } = armOf(one.report.entries, "synthetic-only");
    expect(of(one.report)).toBeGreaterThan(gain!.high - gain!.mean);
    expect(of(two.report)).toBeGreaterThan(of(one.report));
    expect(armOf(one.report.entries, "real-only").minimumDetectable).toBeNull();
  });
});

describe("holmSigns", () => {
  const around = (mean: number, spread: number): number[] => [-2, -1, 0, 1, 2].map((step) => mean + spread * step);

  test("keeps clear differences, by sign, and lets the others go", () => {
    expect(holmSigns([around(1, 0.01), around(0.01, 0.1), around(-1, 0.01)], 0.2)).toEqual([1, 0, -1]);
  });

  test("asks more of a difference that stands among others", () => {
    const doubtful = around(1, 0.32);
    expect(correctedPairedInterval(doubtful, 0.2).low).toBeGreaterThan(0);
    expect(holmSigns([doubtful], 0.2)).toEqual([1]);
    expect(holmSigns([doubtful, around(0, 1), around(0, 1)], 0.2)).toEqual([0, 0, 0]);
    expect(holmSigns([doubtful, around(9, 0.01)], 0.2)).toEqual([1, 1]);
  });

  test("has nothing to say of an empty family", () => {
    expect(holmSigns([], 0.2)).toEqual([]);
  });
});
