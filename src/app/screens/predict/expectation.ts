import type { ModelReport, PredictReport } from "../../../workers/learn.jobs.ts";
import { formatPercent } from "../../i18n/format.ts";
import { formatMetric } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
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
