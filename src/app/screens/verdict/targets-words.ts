import type { PredictReport } from "../../../workers/learn.jobs.ts";
import type { Labels } from "../../i18n/labels.ts";
import { formatMetric, metricName } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";

type Signal = PredictReport["signal"];

const MOST_TARGETS = 4;

/** `Gender (accuracy 73.0 %), …`: the columns that can be predicted, best first. Empty where none can. */
export function targetsWords(signal: Signal | null, labels: Labels): string {
  return (signal?.otherTargets ?? [])
    .filter(({ verdict }) => verdict === "predictable")
    .slice(0, MOST_TARGETS)
    .map(({ name, metric, score }) => {
      const figure = formatMetric(metric, score);
      return m.verdict_next_target({
        target: labels.column(name),
        score: metric === "accuracy" ? figure : `${metricName(metric)} ${figure}`,
      });
    })
    .join(", ");
}
