import type { SwarmFeature } from "../../../charts/shap-beeswarm.ts";
import type { ExplainReport, FeatureImportance, PartialDependence, ShapSummary } from "../../../workers/model.jobs.ts";
import { formatNumber, formatPercent, formatPoints, formatShortNumber, formatSigned } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { formatMetric } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";

export type Measure = "permutation" | "shap" | "gain";
export type Unit = ShapSummary["unit"];

export const unitWord = (unit: Unit): string =>
  ({ margin: m.model_unit_margin, probability: m.model_unit_probability, value: m.model_unit_value })[unit]();

/** A push with its sign: log-odds with two digits, points of a hundred, or the target's own unit. */
export function formatPush(unit: Unit, push: number): string {
  if (unit === "probability") return formatPoints(push);
  return formatSigned(push, unit === "margin" || Math.abs(push) < 10 ? 2 : 1);
}

/** The size of a push. */
export function formatPushSize(unit: Unit, push: number): string {
  return unit === "probability" ? formatNumber(push * 100, 1) : formatShortNumber(push, 3);
}

/** A score, where pushes lead: shares in per cent, other units as they are. */
export function formatScore(unit: Unit, score: number): string {
  return unit === "probability" ? formatPercent(score) : formatNumber(score, 2);
}

export function measureOf(measure: Measure, feature: FeatureImportance): number {
  if (measure === "permutation") return feature.permutation.mean;
  return measure === "shap" ? feature.meanAbsShap : feature.gain;
}

/** Most important first by the measure. */
export const byMeasure = (report: ExplainReport, measure: Measure): FeatureImportance[] =>
  [...report.importance].sort((a, b) => measureOf(measure, b) - measureOf(measure, a));

export function importanceTitle(report: ExplainReport, measure: Measure, labels: Labels): string {
  const ordered = byMeasure(report, measure);
  const [first, second] = ordered.map((each) => labels.column(each.feature));
  if (measure === "shap") return m.model_importance_title_shap({ first: first ?? "" });
  if (measure === "gain") {
    return m.model_importance_title_gain({ first: first ?? "", share: formatPercent(ordered[0]?.gain ?? Number.NaN, 0) });
  }
  const total = formatNumber(ordered.length);
  const matter = ordered.filter((each) => each.permutation.low > 0).map((each) => labels.column(each.feature));
  if (matter.length === 0) return m.model_importance_title_none({ count: total });
  const count = formatNumber(ordered.length - matter.length);
  if (matter.length === 1) return m.model_importance_title_one({ first: matter[0] ?? "", count });
  const names = { first: matter[0] ?? first ?? "", second: matter[1] ?? second ?? "" };
  return matter.length === ordered.length
    ? m.model_importance_title_all(names)
    : m.model_importance_title_some({ ...names, count, total });
}

export function importanceNote(report: ExplainReport, measure: Measure): string {
  if (measure === "shap") return m.model_importance_note_shap({ unit: unitWord(report.shap.unit) });
  if (measure === "gain") return m.model_importance_note_gain();
  return report.metric === "logLoss" ? m.model_importance_note_logLoss() : m.model_importance_note_mse();
}

export function importanceHelp(measure: Measure): string {
  return {
    permutation: m.model_importance_permutation_help,
    shap: m.model_importance_shap_help,
    gain: m.model_importance_gain_help,
  }[measure]();
}

/** What a value of the measure is written as: small losses keep the digits that tell them apart. */
export function measureFormat(report: ExplainReport, measure: Measure): (value: number) => string {
  if (measure === "gain") return (share) => formatPercent(share, 0);
  const shown = report.importance.map((each) => measureOf(measure, each));
  const ends = measure === "permutation" ? report.importance.flatMap(({ permutation: { low, high } }) => [low, high]) : [];
  const most = Math.max(...[...shown, ...ends].map(Math.abs), 0);
  if (measure === "shap" && report.shap.unit === "probability") return (push) => formatNumber(push * 100, 1);
  const digits = most >= 100 ? 0 : most >= 1 ? 1 : most >= 0.1 ? 2 : most >= 0.01 ? 3 : 4;
  return (value) => formatNumber(value, digits);
}

/** SHAP values of the leading columns for one output, with the ranks that colour them. */
export function swarmOf(report: ExplainReport, output: number, nShown: number): (SwarmFeature & { readonly name: string })[] {
  const { shap } = report;
  const nRows = shap.rows.length;
  const nFeatures = shap.features.length;
  const columns = shap.features.map((name, feature) => {
    const values = Float64Array.from(
      { length: nRows },
      (_, row) => shap.values[(output * nRows + row) * nFeatures + feature] ?? 0,
    );
    const ranks = Float32Array.from({ length: nRows }, (_, row) => shap.ranks[row * nFeatures + feature] ?? Number.NaN);
    return { name, label: name, values, ranks };
  });
  const size = ({ values }: SwarmFeature) => Array.from(values).reduce((sum, value) => sum + Math.abs(value), 0);
  return columns.sort((a, b) => size(b) - size(a)).slice(0, nShown);
}

/** Correlation of push and rank, where the column has an order; NaN elsewhere. */
export function slopeOf({ values, ranks }: SwarmFeature): number {
  const pairs = Array.from(values, (value, i) => [ranks[i] ?? Number.NaN, value] as const).filter(([rank]) =>
    Number.isFinite(rank),
  );
  if (pairs.length < 2 || pairs.length < values.length / 2) return Number.NaN;
  const meanRank = pairs.reduce((sum, [rank]) => sum + rank, 0) / pairs.length;
  const mean = pairs.reduce((sum, [, value]) => sum + value, 0) / pairs.length;
  const cross = pairs.reduce((sum, [rank, value]) => sum + (rank - meanRank) * (value - mean), 0);
  const spread =
    pairs.reduce((sum, [rank]) => sum + (rank - meanRank) ** 2, 0) * pairs.reduce((sum, [, v]) => sum + (v - mean) ** 2, 0);
  return spread > 0 ? cross / Math.sqrt(spread) : Number.NaN;
}

/** The leading column, and which way it pushes where it has one way. */
export function swarmTitle(
  features: readonly (SwarmFeature & { readonly name: string })[],
  output: string,
  isNumeric: boolean,
): string {
  const [top] = features;
  if (!top) return "";
  const words = { feature: top.label, output };
  const slope = slopeOf(top);
  if (slope > 0.5) return isNumeric ? m.model_swarm_title_high_numeric(words) : m.model_swarm_title_high(words);
  if (slope < -0.5) return isNumeric ? m.model_swarm_title_low_numeric(words) : m.model_swarm_title_low(words);
  return isNumeric ? m.model_swarm_title_most_numeric(words) : m.model_swarm_title_most(words);
}

/** A prediction in words: a share, or a value of the target. */
export const formatAnswer = (isNumeric: boolean, answer: number): string =>
  isNumeric ? formatMetric("mae", answer) : formatPercent(answer);

/** Changes below this share of the whole range are not told in the title. */
const FLAT = 0.01;

export function dependenceTitle(each: PartialDependence, labels: Labels, isNumeric: boolean): string {
  const feature = labels.column(each.feature);
  const mean = Array.from(each.mean);
  const high = mean.indexOf(Math.max(...mean));
  const low = mean.indexOf(Math.min(...mean));
  const [most = 0, least = 0] = [mean[high], mean[low]];
  const isFlat = isNumeric ? most - least < FLAT * Math.abs(most) : most - least < FLAT;
  if (isFlat) return m.model_dependence_title_flat({ feature });
  if (each.kind === "categorical") {
    const name = (place: number) => labels.value(each.feature, String(each.grid[place] ?? ""));
    return m.model_dependence_title_category({
      feature,
      high: formatAnswer(isNumeric, most),
      highValue: name(high),
      low: formatAnswer(isNumeric, least),
      lowValue: name(low),
    });
  }
  const [from = 0, to = 0] = low < high ? [least, most] : [most, least];
  const words = { feature, from: formatAnswer(isNumeric, from), to: formatAnswer(isNumeric, to) };
  return low < high ? m.model_dependence_title_rise(words) : m.model_dependence_title_fall(words);
}

const MAX_CATEGORIES = 12;

/** Where a column has many values: those with the lowest and the highest mean alone. Order by mean. */
export function shownPlaces(each: PartialDependence): number[] {
  const places = each.grid.map((_, place) => place);
  if (each.kind === "numeric") return places;
  const ordered = places.sort((a, b) => (each.mean[b] ?? 0) - (each.mean[a] ?? 0));
  return ordered.length <= MAX_CATEGORIES
    ? ordered
    : [...ordered.slice(0, MAX_CATEGORIES / 2), ...ordered.slice(-MAX_CATEGORIES / 2)];
}

/** Mean and single customers' curves at some of the places. */
export function takePlaces(each: PartialDependence, places: readonly number[]): { mean: Float64Array; curves: Float64Array } {
  const nPlaces = each.grid.length;
  const nCurves = nPlaces > 0 ? Math.floor(each.curves.length / nPlaces) : 0;
  return {
    mean: Float64Array.from(places, (place) => each.mean[place] ?? Number.NaN),
    curves: Float64Array.from(
      { length: nCurves * places.length },
      (_, i) => each.curves[Math.floor(i / places.length) * nPlaces + (places[i % places.length] ?? 0)] ?? Number.NaN,
    ),
  };
}
