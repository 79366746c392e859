import type { Work } from "../core/progress.ts";
import { correctedPairedInterval, summarize } from "../metrics/intervals.ts";
import { type Assessment, groupByLearner } from "./assess.ts";
import { bestBaselineLoss, scoreBaselines } from "./baselines.ts";
import type { FoldResult, Metrics } from "./fold-result.ts";
import type { LedgerEntry, LedgerReport } from "./ledger-report.ts";
import type { Spread } from "./predict-report.ts";
import { metricsOf } from "./score-predictions.ts";

type Part = "real" | "synthetic" | "mixed";
type Verdict = "helped" | "none" | "hurt";

/** An arm of one learner before it is judged, with its paired differences of the deciding loss (positive: better). */
interface Arm {
  readonly entry: LedgerEntry;
  readonly differences: readonly number[];
}

const ALPHA = 0.05;

/** Spread of one metric on one part; null unless every fold has it. */
function partSpread(folds: readonly FoldResult[], part: Part, metric: string): Spread | null {
  const parts = folds.map((fold) => fold[part]);
  if (parts.some((metrics) => metrics === null)) return null;
  return summarize((parts as readonly Metrics[]).map((metrics) => metrics[metric]));
}

/** Folds of an arm beside the same folds of the reference. */
function pairByFold(arm: readonly FoldResult[], reference: readonly FoldResult[]): [FoldResult, FoldResult][] {
  return arm.flatMap((result) => {
    const partner = reference.find(({ fold }) => fold === result.fold);
    return partner ? [[result, partner] as [FoldResult, FoldResult]] : [];
  });
}

function makeArm({ task, nFolds }: Assessment, folds: readonly FoldResult[], reference: readonly FoldResult[]): Arm {
  const { learner, mode, multiple } = folds[0];
  const { loss, shown } = metricsOf(task);
  const pairs = mode === "real-only" ? [] : pairByFold(folds, reference);
  const differences = pairs.map(([arm, real]) => real.real[loss] - arm.real[loss]);
  const shownDifferences = pairs.map(([arm, real]) => arm.real[shown] - real.real[shown]);
  const interval = (values: readonly number[]) => (values.length > 0 ? correctedPairedInterval(values, 1 / nFolds) : null);
  const entry: LedgerEntry = {
    sampler: "gan",
    mode,
    multiple,
    learner,
    metric: loss,
    primary: mode === "augment" && multiple === 1,
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
    minimumDetectable: null,
  };
  return { entry, differences };
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

/** Judges a family together. Helped also needs a loss below the best baseline's: noise can pull a model towards the prior. */
function judgeFamily(family: readonly Arm[], testShare: number, baselineLoss: number): LedgerEntry[] {
  const signs = holmSigns(
    family.map(({ differences }) => differences),
    testShare,
  );
  return family.map(({ entry }, i) => {
    const isUseful = entry.real.mean < baselineLoss;
    const verdict: Verdict = signs[i] < 0 ? "hurt" : signs[i] > 0 && isUseful ? "helped" : "none";
    return { ...entry, verdict };
  });
}

/** The primary arms decide; the others are exploratory. */
function overallVerdict(entries: readonly LedgerEntry[]): Verdict {
  const verdicts = entries.filter(({ primary }) => primary).map(({ verdict }) => verdict);
  return verdicts.includes("helped") ? "helped" : verdicts.includes("hurt") ? "hurt" : "none";
}

/**
 * The augmentation ledger: for each learner and each way of adding generated rows, the scores on real held-out rows, on
 * generated ones and on both, and whether real ones were predicted better than without generated rows. Differences are
 * paired by fold, with the corrected interval of Nadeau and Bengio (2003); the primary arms (augment, 1×, one per
 * learner) form one Holm family, the exploratory arms another.
 */
export function* settleLedger(assessment: Assessment): Work<LedgerReport> {
  const { table, task, results, nFolds, seed } = assessment;
  const baselines = yield* scoreBaselines(assessment, nFolds, seed);
  const arms = groupByLearner(results).flatMap(({ folds }) => {
    const reference = folds.filter(({ mode }) => mode === "real-only");
    const keys = [...new Set(folds.map(({ mode, multiple }) => `${mode} ${multiple}`))];
    return keys.map((key) => {
      const own = folds.filter(({ mode, multiple }) => `${mode} ${multiple}` === key);
      return makeArm(assessment, own, reference);
    });
  });
  const baselineLoss = bestBaselineLoss(baselines, task);
  const isCompared = ({ differences }: Arm): boolean => differences.length > 0;
  const judge = (primary: boolean): LedgerEntry[] =>
    judgeFamily(
      arms.filter((arm) => isCompared(arm) && arm.entry.primary === primary),
      1 / nFolds,
      baselineLoss,
    );
  const judged = [...judge(true), ...judge(false)];
  const entries = arms.map(
    ({ entry }) =>
      judged.find(
        ({ learner, mode, multiple }) => learner === entry.learner && mode === entry.mode && multiple === entry.multiple,
      ) ?? entry,
  );
  return { task, nFolds, nRows: table.nRows, entries, baselines, verdict: overallVerdict(entries) };
}
