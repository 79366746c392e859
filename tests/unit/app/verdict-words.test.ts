import { beforeEach, describe, expect, it } from "vitest";
import { locale } from "../../../src/app/i18n/locale.svelte.ts";
import { ledgerArms, ledgerReferences, ledgerTable } from "../../../src/app/screens/verdict/ledger-figure.ts";
import { headline } from "../../../src/app/screens/verdict/verdict-facts.ts";
import {
  exportVerdict,
  ledgerTitle,
  verdictConclusion,
  verdictFinding,
  verdictLede,
  verdictWords,
} from "../../../src/app/screens/verdict/verdict-words.ts";
import type { LedgerEntry, LedgerReport } from "../../../src/workers/learn.jobs.ts";
import { modelSignal, noSignal, plainLabels, spread } from "./predict-report.ts";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

interface Arm {
  mode: LedgerEntry["mode"];
  accuracy: number;
  loss: number;
  gain?: readonly [mean: number, low: number, high: number];
  verdict?: LedgerEntry["verdict"];
  onSynthetic?: number;
  isOnlyTamed?: boolean;
}

function entry({ mode, accuracy, loss, gain, verdict = null, onSynthetic = accuracy, isOnlyTamed = false }: Arm): LedgerEntry {
  const interval = gain ? { mean: gain[0], low: gain[1], high: gain[2] } : null;
  return {
    sampler: "gan",
    mode,
    multiple: mode === "real-only" ? 0 : 1,
    learner: "random-forest",
    metric: "logLoss",
    primary: mode === "augment",
    real: spread(loss),
    mixed: spread(loss),
    synthetic: spread(loss),
    shown: { metric: "accuracy", real: spread(accuracy), mixed: spread(accuracy), synthetic: spread(onSynthetic) },
    gain: interval,
    shownGain: interval,
    verdict,
    isOnlyTamed,
    minimumDetectable: gain ? 0.02 : null,
  };
}

function ledger(task: LedgerReport["task"], baselines: LedgerReport["baselines"], entries: LedgerEntry[]): LedgerReport {
  const verdict = entries.some((each) => each.verdict === "hurt") ? "hurt" : "none";
  return { task, nFolds: 5, nRepeats: 3, leftOut: [], nRows: 3900, entries, baselines, verdict };
}

const nothing = ledger(noSignal.task, noSignal.baselines, [
  entry({ mode: "synthetic-only", accuracy: 0.13, loss: 2.1, gain: [-0.08, -0.12, -0.04], verdict: "hurt" }),
  entry({ mode: "real-only", accuracy: 0.135, loss: 2.02 }),
  entry({ mode: "augment", accuracy: 0.132, loss: 2.03, gain: [-0.004, -0.022, 0.014], verdict: "none", onSynthetic: 0.171 }),
]);

const tamed = ledger(noSignal.task, noSignal.baselines, [
  entry({ mode: "real-only", accuracy: 0.135, loss: 2.02 }),
  entry({ mode: "augment", accuracy: 0.132, loss: 1.99, gain: [0.03, 0.01, 0.05], verdict: "none", isOnlyTamed: true }),
]);

const judged = (verdict: "helped" | "none" | "hurt", accuracy: number) =>
  ledger(modelSignal.task, modelSignal.baselines, [
    entry({ mode: "real-only", accuracy: 0.838, loss: 0.3 }),
    entry({ mode: "augment", accuracy, loss: 0.28, gain: [0.02, 0.01, 0.03], verdict }),
  ]);

describe("in English", () => {
  beforeEach(() => locale.choose("en"));

  it("lets the primary arms alone decide the headline", () => {
    expect(nothing.verdict).toBe("hurt");
    expect(headline(nothing)).toBe("none");
    expect(verdictFinding(nothing, noSignal.signal, plainLabels)).toBe(
      "Generated rows made no measurable difference: Frequency cannot be learned from this table.",
    );
  });

  it("tells a table that cannot be learnt from one that needs no more rows", () => {
    expect(verdictFinding(judged("none", 0.84), modelSignal.signal, plainLabels)).toBe(
      "Generated rows made no measurable difference: Subscribed is predicted as well without them.",
    );
    expect(verdictFinding(judged("none", 0.84), null, plainLabels)).toContain("as well without them");
    expect(verdictFinding(nothing, null, plainLabels)).toContain("cannot be learned");
  });

  it("says helped and hurt in the same calm words, with both scores", () => {
    expect(plain(verdictFinding(judged("helped", 0.851), modelSignal.signal, plainLabels))).toBe(
      "Generated rows helped on real rows (Random Forest): 83.8 % right without them, 85.1 % with them.",
    );
    expect(plain(verdictFinding(judged("hurt", 0.8), modelSignal.signal, plainLabels))).toBe(
      "Generated rows did harm on real rows (Random Forest): 83.8 % right without them, 80.0 % with them.",
    );
  });

  it("carries the verdict with the plain guess and the interval", () => {
    expect(plain(verdictLede(nothing))).toBe(
      "On real held-out rows **13.5 %** are right (Random Forest); with the commonest answer alone 15.0 %. " +
        "With as many generated rows again **13.2 %** are right. " +
        "Judged by log loss, the gain is −0.004, from −0.022 to +0.014: no measurable difference.",
    );
  });

  it("does not call a model helped that noise has only made less sure", () => {
    const primary = tamed.entries[1];
    expect(primary && verdictWords(primary)).toBe("not measurably better than a guess");
    expect(exportVerdict(tamed, "random-forest", "en")).toContain(
      "not measurably better than a plain guess: log loss gain 0.030",
    );
  });

  it("notices that only the score on generated rows rises", () => {
    expect(ledgerTitle(nothing, "random-forest")).toContain("only the score on generated rows rises");
    expect(ledgerTitle(tamed, "random-forest")).toContain("nothing measurable changes");
  });

  it("draws real rows only first, as the yardstick", () => {
    const arms = ledgerArms(nothing, "random-forest");
    expect(arms.map(({ label }) => label)).toEqual(["Real rows only", "Real + 1× GAN rows", "Only GAN rows"]);
    expect(arms[0]).toMatchObject({ gain: null, yardstick: "the yardstick" });
    expect(arms[2]?.gain).toMatchObject({ value: "−0.080", verdict: "hurt", interval: "from −0.120 to −0.040, exploratory" });
    expect(ledgerReferences(nothing).map(({ kind }) => kind)).toEqual(["chance", "majority"]);
  });

  it("lists both metrics of every arm, the exploratory ones marked", () => {
    const table = ledgerTable(nothing, "random-forest");
    expect(table.rows).toHaveLength(6);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
    expect(table.rows[4]?.at(-1)).toBe("hurt, exploratory");
  });

  it("ends in what to do", () => {
    expect(verdictConclusion(nothing, noSignal.signal, plainLabels, ["Gender"])).toBe(
      "Keep the real rows, drop the target: no amount of generated rows will make this table predict Frequency. " +
        "What hangs together here, and can be asked instead: Gender.",
    );
    expect(verdictConclusion(judged("hurt", 0.8), null, plainLabels, [])).toContain("Train on real rows only");
  });
});

describe("in Vietnamese", () => {
  beforeEach(() => locale.choose("vi"));

  it("says the same, with a decimal comma", () => {
    expect(verdictFinding(nothing, noSignal.signal, plainLabels)).toBe(
      "Dòng sinh ra không tạo khác biệt đo được: không thể học Frequency từ bảng này.",
    );
    expect(plain(verdictLede(nothing))).toContain("mức được thêm là −0,004, từ −0,022 đến +0,014: không khác biệt đo được.");
  });

  it("keeps what is exported in English", () => {
    expect(exportVerdict(nothing, "random-forest", "en")).toBe(
      "no measurable difference: log loss gain -0.004 (-0.022 to 0.014) on real held-out rows",
    );
    expect(exportVerdict(null, "random-forest", "en")).toBe("not measured on held-out rows");
  });
});
