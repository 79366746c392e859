import { formatNumber, formatPercent } from "./format.ts";
import { m } from "./paraglide/messages.js";

interface MetricWords {
  readonly name: () => string;
  readonly help: () => string;
  /** `like` is a larger figure beside which the value stands, and whose digits it takes. */
  readonly format: (value: number, like: number) => string;
}

const three = (value: number) => formatNumber(value, 3);
const percent = (share: number) => formatPercent(share);

/** Digits that mean something for a value in the target's own unit. */
function formatInUnit(value: number, like: number): string {
  const size = Math.abs(like);
  return formatNumber(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3);
}

const METRICS: Readonly<Record<string, MetricWords>> = {
  accuracy: { name: m.predict_metric_accuracy, help: m.predict_metric_accuracy_help, format: percent },
  balancedAccuracy: {
    name: m.predict_metric_balancedAccuracy,
    help: m.predict_metric_balancedAccuracy_help,
    format: percent,
  },
  macroF1: { name: m.predict_metric_macroF1, help: m.predict_metric_macroF1_help, format: three },
  logLoss: { name: m.predict_metric_logLoss, help: m.predict_metric_logLoss_help, format: three },
  brier: { name: m.predict_metric_brier, help: m.predict_metric_brier_help, format: three },
  auc: { name: m.predict_metric_auc, help: m.predict_metric_auc_help, format: three },
  kappa: { name: m.predict_metric_kappa, help: m.predict_metric_kappa_help, format: three },
  r2: { name: m.predict_metric_r2, help: m.predict_metric_r2_help, format: three },
  rmse: { name: m.predict_metric_rmse, help: m.predict_metric_rmse_help, format: formatInUnit },
  mae: { name: m.predict_metric_mae, help: m.predict_metric_mae_help, format: formatInUnit },
};

const wordsOf = (metric: string): MetricWords | undefined => (Object.hasOwn(METRICS, metric) ? METRICS[metric] : undefined);

export const metricName = (metric: string): string => wordsOf(metric)?.name() ?? metric;

/** The name inside a sentence: an abbreviation keeps its capitals. */
export function metricInSentence(metric: string): string {
  const name = metricName(metric);
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLocaleLowerCase() + name.slice(1) : name;
}

/** One line that says what the metric means. */
export const metricHelp = (metric: string): string => wordsOf(metric)?.help() ?? "";

export const formatMetric = (metric: string, value: number, like: number = value): string =>
  wordsOf(metric)?.format(value, like) ?? three(value);

/** Those of the given metrics that the page knows, in the page's order. */
export function knownMetrics(metrics: Iterable<string>): string[] {
  const present = new Set(metrics);
  return Object.keys(METRICS).filter((metric) => present.has(metric));
}

/** `13.5 % ± 1.1 %`, kept on one line; without a deviation where there is one fold alone. */
export function spreadWords(
  metric: string,
  spread: { readonly mean: number; readonly sd: number; readonly folds: readonly number[] },
): string {
  const mean = formatMetric(metric, spread.mean);
  if (!Number.isFinite(spread.sd) || spread.folds.length < 2) return mean;
  return `${mean}\u00a0±\u00a0${formatMetric(metric, spread.sd, spread.mean)}`;
}
