import type { Baseline, ModelReport, PredictReport, TargetRule } from "../../../workers/learn.jobs.ts";
import { isReference } from "../../i18n/learner-words.ts";

/** The metric people read, and the one the verdict goes by. */
export interface ShownMetrics {
  readonly read: "accuracy" | "r2";
  readonly judged: "logLoss" | "rmse";
}

export function shownMetrics(report: Pick<PredictReport, "task">): ShownMetrics {
  return report.task.kind === "classification" ? { read: "accuracy", judged: "logLoss" } : { read: "r2", judged: "rmse" };
}

export const isNumericTask = (report: Pick<PredictReport, "task">): boolean => report.task.kind === "regression";

/** The learner that the signal check speaks of; the first own model where it is not among those that ran. */
export function bestModel(report: PredictReport): ModelReport | null {
  const own = report.models.filter((model) => !isReference(model.learner));
  return own.find((model) => model.learner === report.signal.learner) ?? own[0] ?? report.models[0] ?? null;
}

export function baseline(report: Pick<PredictReport, "baselines">, name: Baseline["name"]): Baseline | null {
  return report.baselines.find((candidate) => candidate.name === name) ?? null;
}

export const meanOf = (from: { readonly metrics: ModelReport["metrics"] } | null, metric: string): number =>
  from?.metrics[metric]?.mean ?? Number.NaN;

/** What always giving one answer scores on the metric people read: the commonest class, or the mean. */
export function plainGuess(report: PredictReport): number {
  const guess = meanOf(baseline(report, isNumericTask(report) ? "mean" : "majority"), shownMetrics(report).read);
  return Number.isFinite(guess) ? guess : report.signal.chance;
}

/** Classes are about even while the commonest is at most a fifth above an even share: only then is chance the yardstick. */
export const isAboutEven = (commonest: number, chance: number): boolean => commonest <= 1.2 * chance;

/** Share of right answers when each class is guessed as often as any other. */
export const evenChance = (report: PredictReport): number => 1 / Math.max(1, report.classShares.length);

/** The commonest answer. */
export function commonestClass(report: PredictReport): { readonly value: string; readonly share: number } | null {
  return report.classShares.reduce<{ value: string; share: number } | null>(
    (most, each) => (most === null || each.share > most.share ? each : most),
    null,
  );
}

/** The rule that explains the target, where no model beats it by more than the model varies over the folds. */
export function tellingRule({ signal }: PredictReport): TargetRule | null {
  return signal.rule?.isUnbeaten ? signal.rule : null;
}

/** Counts on and off the diagonal, and what the same answers would get right if they were dealt at random. */
export interface ConfusionFacts {
  readonly nRows: number;
  readonly nRight: number;
  readonly nExpected: number;
  /** The class that nearly all rows are given (95 % of them), or null. */
  readonly single: number | null;
  /** The largest share of a class's rows that is given another class. */
  readonly mistake: { readonly truth: number; readonly answer: number; readonly share: number } | null;
}

export function confusionFacts(confusion: ModelReport["confusion"]): ConfusionFacts {
  const rowTotals = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columnTotals = confusion.map((_, answer) => confusion.reduce((sum, row) => sum + (row[answer] ?? 0), 0));
  const nRows = rowTotals.reduce((sum, total) => sum + total, 0);
  let mistake: ConfusionFacts["mistake"] = null;
  confusion.forEach((row, truth) => {
    row.forEach((count, answer) => {
      const share = count / Math.max(1, rowTotals[truth]);
      if (truth !== answer && count > 0 && share > (mistake?.share ?? 0)) mistake = { truth, answer, share };
    });
  });
  const single = columnTotals.findIndex((total) => total >= 0.95 * nRows);
  return {
    nRows,
    nRight: confusion.reduce((sum, row, truth) => sum + (row[truth] ?? 0), 0),
    nExpected: columnTotals.reduce((sum, total, answer) => sum + (total * rowTotals[answer]) / Math.max(1, nRows), 0),
    single: nRows > 0 && single >= 0 ? single : null,
    mistake,
  };
}
