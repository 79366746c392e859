import type { FinalModelReport, LedgerReport, ModelReport, PredictReport } from "../../../workers/learn.jobs.ts";
import { formatPercent } from "../../i18n/format.ts";
import { formatMetric } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { exportVerdict } from "../verdict/verdict-words.ts";
import { baseline, isNumericTask, meanOf, plainGuess } from "./predict-facts.ts";

/** What to expect of a model for use, which has no score of its own: its learner's on held-out rows. Empty where it did not run. */
export function expectation(report: PredictReport, learner: ModelReport["learner"]): string {
  const model = report.models.find((each) => each.learner === learner);
  if (!model) return "";
  if (isNumericTask(report)) {
    const score = meanOf(model, "rmse");
    const mean = meanOf(baseline(report, "mean"), "rmse");
    return m.model_use_expect_numeric({ score: formatMetric("rmse", score), baseline: formatMetric("rmse", mean, score) });
  }
  const score = formatPercent(meanOf(model, "accuracy"));
  return report.signal.verdict === "none"
    ? m.model_use_expect_none({ score })
    : m.model_use_expect({ score, baseline: formatPercent(plainGuess(report)) });
}

/**
 * What a file of predictions says of itself: exported data is never translated. With generated rows among those of
 * training, what they did on held-out rows stands beside it.
 */
export function travellingVerdict(report: PredictReport, fitted: FinalModelReport, ledger: LedgerReport | null): string {
  const isNumeric = isNumericTask(report);
  const metric = isNumeric ? "rmse" : "accuracy";
  const model = report.models.find((each) => each.learner === fitted.learner) ?? null;
  const guess = isNumeric ? meanOf(baseline(report, "mean"), metric) : plainGuess(report);
  const digits = (value: number) => (Number.isFinite(value) ? value.toPrecision(3) : "unknown");
  const words = { score: digits(meanOf(model, metric)), baseline: digits(guess) };
  const say = isNumeric ? m.model_export_numeric : report.signal.verdict === "none" ? m.model_export_none : m.model_export_signal;
  const own = say(words, { locale: "en" });
  return fitted.nSynthetic > 0 ? `${own}; ${exportVerdict(ledger, fitted.learner, "en")}` : own;
}
