import type { ClassCurves, Line, ModelReport, PredictReport } from "../../../workers/learn.jobs.ts";
import { formatNumber, formatPercent } from "../../i18n/format.ts";
import { isReference } from "../../i18n/learner-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { commonestClass } from "./predict-facts.ts";

/** Models whose probabilities can be ranked: the reference answers with few votes on one fold. */
export const modelsWithCurves = (report: PredictReport): ModelReport[] =>
  report.models.filter((model) => !isReference(model.learner) && model.curves.length > 0);

export const curvesOf = (model: ModelReport, value: string): ClassCurves | null =>
  model.curves.find((each) => each.value === value) ?? null;

/** The answer that is read first: the rarer of two, else the commonest. */
export function firstClass(report: PredictReport): string {
  const cut = report.models.find((model) => model.thresholds !== null)?.thresholds;
  return cut?.value ?? commonestClass(report)?.value ?? "";
}

/** Nearer to luck than this, a ranking is called luck. */
const LUCK = 0.03;

export function rocTitle(curves: ClassCurves, name: string): string {
  const words = { value: name, auc: formatPercent(curves.rocAuc) };
  return Math.abs(curves.rocAuc - 0.5) < LUCK ? m.predict_roc_title_luck(words) : m.predict_roc_title(words);
}

/** Precision where half of the class is found; NaN where it never is. */
export function precisionAtHalf({ x: recall, y: precision }: Line): number {
  const first = recall.findIndex((share) => share >= 0.5);
  return first < 0 ? Number.NaN : (precision[first] ?? Number.NaN);
}

export function precisionRecallTitle(curves: ClassCurves, name: string): string {
  const precision = precisionAtHalf(curves.precisionRecall);
  return Number.isFinite(precision)
    ? m.predict_pr_title({ value: name, precision: formatPercent(precision), share: formatPercent(curves.share) })
    : m.predict_pr_title_none({ value: name });
}

/** The promise that is broken worst, by rows times distance; null where every interval holds its promise. */
export function worstPromise(bins: ClassCurves["calibration"]): { readonly promised: number; readonly came: number } | null {
  let worst: { promised: number; came: number } | null = null;
  let most = 0;
  bins.predicted.forEach((promised, bin) => {
    const [low = 0, high = 1, came = 0] = [bins.low[bin], bins.high[bin], bins.observed[bin]];
    if (low <= promised && promised <= high) return;
    const weight = (bins.counts[bin] ?? 0) * Math.abs(promised - came);
    if (weight <= most) return;
    most = weight;
    worst = { promised, came };
  });
  return worst;
}

export function calibrationTitle(curves: ClassCurves): string {
  const worst = worstPromise(curves.calibration);
  if (!worst) return m.predict_calibration_title_holds();
  const words = { promised: formatPercent(worst.promised), came: formatPercent(worst.came) };
  return worst.promised > worst.came ? m.predict_calibration_title_sure(words) : m.predict_calibration_title_shy(words);
}

/** An answer such as “Yes” says little by itself: short ones stand beside the column's name. */
export function answerName(target: string, answer: string): string {
  return answer.length <= 3 || !Number.isNaN(Number(answer)) ? `${target} = ${answer}` : answer;
}

/** Two digits that mean something, and never more than the axis can show: `0.845`. */
export const formatArea = (area: number): string => formatNumber(area, 3);
