import type { LedgerEntry, LedgerReport, PredictReport } from "../../../workers/learn.jobs.ts";

export type LearnerId = LedgerEntry["learner"];
export type Judgement = LedgerReport["verdict"];

/** The learners of a ledger, in its order. */
export const ledgerLearners = (report: LedgerReport): LearnerId[] => [...new Set(report.entries.map((entry) => entry.learner))];

const MODES = ["augment", "balanced", "synthetic-only"];
const SAMPLERS = ["gan", "sequential-trees", "blocks", "shuffler"];

/** Where an arm stands: the yardstick, the primary arm, the other arms of the GAN, then one sampler after another. */
function placeOf({ mode, primary, sampler, multiple }: LedgerEntry): number {
  if (mode === "real-only") return -2;
  if (primary) return -1;
  return 1000 * SAMPLERS.indexOf(sampler) + 100 * MODES.indexOf(mode) + multiple;
}

/** The arms of one learner, real rows only and the primary arm first. */
export function armsOf(report: LedgerReport, learner: LearnerId): LedgerEntry[] {
  return report.entries.filter((entry) => entry.learner === learner).sort((a, b) => placeOf(a) - placeOf(b));
}

const primaryEntries = (report: LedgerReport): LedgerEntry[] => report.entries.filter((entry) => entry.primary);

/** What the headline says: the primary arms alone decide, the others only explore. */
export function headline(report: LedgerReport): Judgement {
  const primary = primaryEntries(report);
  if (primary.some((entry) => entry.verdict === "helped")) return "helped";
  return primary.some((entry) => entry.verdict === "hurt") ? "hurt" : "none";
}

/** The primary arm that the headline speaks of: one with its verdict, the best-scoring of them. */
export function headlineEntry(report: LedgerReport): LedgerEntry | null {
  const verdict = headline(report);
  return primaryEntries(report)
    .filter((entry) => (entry.verdict ?? "none") === verdict)
    .reduce<LedgerEntry | null>((best, entry) => (best === null || entry.real.mean < best.real.mean ? entry : best), null);
}

export const realOnly = (report: LedgerReport, learner: LearnerId): LedgerEntry | null =>
  report.entries.find((entry) => entry.learner === learner && entry.mode === "real-only") ?? null;

/** A baseline's mean on a metric. */
export function baselineScore(report: LedgerReport, name: PredictReport["baselines"][number]["name"], metric: string): number {
  return report.baselines.find((baseline) => baseline.name === name)?.metrics[metric]?.mean ?? Number.NaN;
}

/** Score of the plain guess on the metric people read. */
export function plainScore(report: LedgerReport): number {
  return report.task.kind === "classification"
    ? baselineScore(report, "majority", "accuracy")
    : baselineScore(report, "mean", "r2");
}

/** Smallest loss of anything that needs no model. */
export function bestBaselineLoss(report: LedgerReport, metric: string): number {
  const losses = report.baselines.map((baseline) => baseline.metrics[metric]?.mean ?? Number.NaN);
  return Math.min(...losses.filter((loss) => Number.isFinite(loss)));
}

/** No model of the ledger beats the plain guess, with generated rows or without. */
export function isUnlearnable(report: LedgerReport, signal: PredictReport["signal"] | null): boolean {
  if (signal && signal.target === report.task.target) return signal.verdict === "none";
  return report.entries.every((entry) => entry.real.mean >= bestBaselineLoss(report, entry.metric));
}
