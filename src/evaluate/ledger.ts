import type { Work } from "../core/progress.ts";
import { correctedPairedInterval, detectableDifference, summarize } from "../metrics/intervals.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { scoreBaselines } from "./baselines.ts";
import type { FoldResult, Metrics } from "./fold-result.ts";
import type { LedgerArm, LedgerEntry, LedgerReport } from "./ledger-report.ts";
import type { Baseline, Spread } from "./predict-report.ts";
import { metricsOf } from "./score-predictions.ts";

/** What the ledger needs of a fold's result. */
export type ArmResult = Omit<FoldResult, "predictions" | "testIndex">;

export interface LedgerInput {
  readonly table: Table;
  readonly task: Task;
  readonly results: readonly ArmResult[];
  readonly leftOut: readonly LedgerArm[];
  readonly nFolds: number;
  readonly seed: number;
}

type Part = "real" | "synthetic" | "mixed";
type Verdict = "helped" | "none" | "hurt";
type FoldScores = { readonly fold: number } & Readonly<Record<Part, Metrics | null>> & { readonly real: Metrics };

/** An arm of one learner before it is judged, with its paired differences of the deciding loss (positive: better). */
interface Arm {
  readonly entry: LedgerEntry;
  readonly folds: readonly FoldScores[];
  readonly differences: readonly number[];
}

const ALPHA = 0.05;
/** Share of repeats in which the smallest detectable gain would be found. */
const POWER = 0.8;

function meanMetrics(all: readonly (Metrics | null)[]): Metrics | null {
  const present = all.filter((metrics) => metrics !== null);
  if (present.length < all.length || present.length === 0) return null;
  const names = Object.keys(present[0]);
  return Object.fromEntries(
    names.map((name) => [name, present.reduce((sum, metrics) => sum + metrics[name], 0) / present.length]),
  );
}

/** Scores of each fold, as the mean over its repeats: folds, not seeds, are what the interval counts. */
function averageRepeats(results: readonly ArmResult[]): FoldScores[] {
  const folds = [...new Set(results.map(({ fold }) => fold))].sort((a, b) => a - b);
  return folds.map((fold) => {
    const repeats = results.filter((result) => result.fold === fold);
    const average = (part: Part) => meanMetrics(repeats.map((result) => result[part]));
    return { fold, real: average("real")!, synthetic: average("synthetic"), mixed: average("mixed") };
  });
}

/** Spread of one metric on one part; null unless every fold has it. */
function partSpread(folds: readonly FoldScores[], part: Part, metric: string): Spread | null {
  const parts = folds.map((fold) => fold[part]);
  if (parts.some((metrics) => metrics === null)) return null;
  return summarize((parts as readonly Metrics[]).map((metrics) => metrics[metric]));
}

/** Folds of an arm beside the same folds of the reference. */
function pairByFold(arm: readonly FoldScores[], reference: readonly FoldScores[]): [FoldScores, FoldScores][] {
  return arm.flatMap((scores) => {
    const partner = reference.find(({ fold }) => fold === scores.fold);
    return partner ? [[scores, partner] as [FoldScores, FoldScores]] : [];
  });
}

const isPrimary = ({ sampler, mode, multiple }: LedgerArm): boolean => sampler === "gan" && mode === "augment" && multiple === 1;

function makeArm(
  { task, nFolds }: LedgerInput,
  arm: LedgerArm,
  folds: readonly FoldScores[],
  reference: readonly FoldScores[],
): Arm {
  const { loss, shown } = metricsOf(task);
  const pairs = arm.mode === "real-only" ? [] : pairByFold(folds, reference);
  const differences = pairs.map(([own, real]) => real.real[loss] - own.real[loss]);
  const shownDifferences = pairs.map(([own, real]) => own.real[shown] - real.real[shown]);
  const interval = (values: readonly number[]) => (values.length > 0 ? correctedPairedInterval(values, 1 / nFolds) : null);
  const entry: LedgerEntry = {
    ...arm,
    metric: loss,
    primary: isPrimary(arm),
    real: partSpread(folds, "real", loss)!,
    synthetic: partSpread(folds, "synthetic", loss),
    mixed: partSpread(folds, "mixed", loss),
    shown: {
      metric: shown,
      real: partSpread(folds, "real", shown)!,
      synthetic: partSpread(folds, "synthetic", shown),
      mixed: partSpread(folds, "mixed", shown),
    },
    gain: interval(differences),
    shownGain: interval(shownDifferences),
    verdict: null,
    isOnlyTamed: false,
    minimumDetectable: null,
  };
  return { entry, folds, differences };
}

/** Arms in order of first appearance; real-only is one arm per learner. */
function makeArms(input: LedgerInput): Arm[] {
  const groups = new Map<string, ArmResult[]>();
  for (const result of input.results) {
    const key = JSON.stringify([result.learner, result.mode === "real-only" ? "" : result.sampler, result.mode, result.multiple]);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  const scored = [...groups.values()].map((results) => {
    const [{ sampler, mode, multiple, learner }] = results;
    return { arm: { sampler, mode, multiple, learner }, folds: averageRepeats(results) };
  });
  return scored.map(({ arm, folds }) => {
    const reference = scored.find((other) => other.arm.learner === arm.learner && other.arm.mode === "real-only");
    return makeArm(input, arm, folds, reference?.folds ?? []);
  });
}

/**
 * Which of a family of arms differ from their reference, by the step-down procedure of Holm (1979): the clearest
 * difference must hold at level α / m, the next at α / (m − 1), and so on until one does not. The sign of each
 * difference that holds, 0 for the others.
 */
export function holmSigns(family: readonly (readonly number[])[], testShare: number): number[] {
  const clarity = (differences: readonly number[]): number => {
    const { mean, high } = correctedPairedInterval(differences, testShare);
    return high > mean ? Math.abs(mean) / (high - mean) : Math.abs(mean) > 0 ? Number.POSITIVE_INFINITY : 0;
  };
  const order = family.map((_, i) => i).sort((a, b) => clarity(family[b]) - clarity(family[a]));
  const signs = family.map(() => 0);
  for (let rank = 0; rank < order.length; rank++) {
    const level = 1 - ALPHA / (family.length - rank);
    const { low, high } = correctedPairedInterval(family[order[rank]], testShare, level);
    if (!(low > 0 || high < 0)) break;
    signs[order[rank]] = low > 0 ? 1 : -1;
  }
  return signs;
}

/** The losses of the best baseline, fold by fold. */
function bestBaseline(baselines: readonly Baseline[], task: Task): readonly number[] {
  const { loss } = metricsOf(task);
  const spreads = baselines.flatMap(({ metrics }) => (metrics[loss] ? [metrics[loss]] : []));
  return spreads.reduce((best, spread) => (spread.mean < best.mean ? spread : best)).folds;
}

/** A loss measurably below the best baseline's: noise can pull a model towards the prior, and by chance a little past it. */
function isUseful({ folds, entry }: Arm, testShare: number, baseline: readonly number[]): boolean {
  const differences = folds.map(({ fold, real }) => baseline[fold] - real[entry.metric]);
  return correctedPairedInterval(differences, testShare).low > 0;
}

/** Judges a family together. Helped also needs a model that is of use. */
function judgeFamily(family: readonly Arm[], testShare: number, baseline: readonly number[]): Map<Arm, LedgerEntry> {
  const signs = holmSigns(
    family.map(({ differences }) => differences),
    testShare,
  );
  const strictest = 1 - ALPHA / family.length;
  return new Map(
    family.map((arm, i) => {
      const isOnlyTamed = signs[i] > 0 && !isUseful(arm, testShare, baseline);
      const verdict: Verdict = signs[i] < 0 ? "hurt" : signs[i] > 0 && !isOnlyTamed ? "helped" : "none";
      const minimumDetectable = detectableDifference(arm.differences, testShare, strictest, POWER);
      return [arm, { ...arm.entry, verdict, isOnlyTamed, minimumDetectable }];
    }),
  );
}

/** The primary arms decide; the others are exploratory. */
function overallVerdict(entries: readonly LedgerEntry[]): Verdict {
  const verdicts = entries.filter(({ primary }) => primary).map(({ verdict }) => verdict);
  return verdicts.includes("helped") ? "helped" : verdicts.includes("hurt") ? "hurt" : "none";
}

/**
 * The augmentation ledger: for each learner and each way of adding generated rows, the scores on real held-out rows, on
 * generated ones and on both, and whether real ones were predicted better than without generated rows. A fold's score is
 * the mean over its repeats; differences are paired by fold, with the corrected interval of Nadeau and Bengio (2003); the
 * primary arms (GAN, augment, 1×, one per learner) form one Holm family, the exploratory arms another.
 */
export function* settleLedger(input: LedgerInput): Work<LedgerReport> {
  const { table, task, results, leftOut, nFolds, seed } = input;
  const baselines = yield* scoreBaselines(input, nFolds, seed);
  const baseline = bestBaseline(baselines, task);
  const arms = makeArms(input);
  const compared = arms.filter(({ differences }) => differences.length > 0);
  const judge = (primary: boolean) =>
    judgeFamily(
      compared.filter(({ entry }) => entry.primary === primary),
      1 / nFolds,
      baseline,
    );
  const judged = new Map([...judge(true), ...judge(false)]);
  const entries = arms.map((arm) => judged.get(arm) ?? arm.entry);
  const nRepeats = 1 + results.reduce((most, { repeat }) => Math.max(most, repeat), 0);
  return { task, nFolds, nRepeats, nRows: table.nRows, entries, baselines, leftOut, verdict: overallVerdict(entries) };
}
