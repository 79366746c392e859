import { largestSteps, type WaterfallStep } from "../../../charts/shap-waterfall.ts";
import type { ColumnSummary } from "../../../workers/data.jobs.ts";
import type { CustomerValues, DecisionPath, Explanation, PathStep } from "../../../workers/model.jobs.ts";
import { formatDate, formatList, formatNumber, formatPercent, formatShortNumber } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { formatPush, formatScore } from "./explain-words.ts";

/** The columns that a model asks for, by name. */
export type Columns = ReadonlyMap<string, ColumnSummary>;

const isDate = (columns: Columns, feature: string): boolean => columns.get(feature)?.type === "date";

/** The middle of the table: the median of every number, the commonest of every category. */
export function middleCustomer(features: readonly string[], columns: Columns): CustomerValues {
  const middle = (feature: string): number | string | null => {
    const summary = columns.get(feature)?.summary;
    if (summary?.kind === "numeric") return summary.median;
    return summary?.levels[0]?.value ?? null;
  };
  return Object.fromEntries(features.map((feature) => [feature, middle(feature)]));
}

const formatNumeric = (columns: Columns, feature: string, value: number): string =>
  isDate(columns, feature) ? formatDate(new Date(value)) : formatShortNumber(value, 3);

export function valueWords(values: CustomerValues, feature: string, columns: Columns, labels: Labels): string {
  const value = values[feature] ?? null;
  if (value === null) return m.model_customer_missing();
  return typeof value === "number" ? formatNumeric(columns, feature, value) : labels.value(feature, value);
}

const N_STEPS = 8;

/** What every column adds to one output, the largest first, what is left in one. */
export function waterfallSteps(
  explanation: Explanation,
  output: number,
  values: CustomerValues,
  columns: Columns,
  labels: Labels,
): WaterfallStep[] {
  const nFeatures = explanation.features.length;
  const steps = explanation.features.map((feature, i) => ({
    label: labels.column(feature),
    value: valueWords(values, feature, columns, labels),
    amount: explanation.contributions[output * nFeatures + i] ?? 0,
  }));
  return largestSteps(steps, N_STEPS, (count) => m.model_waterfall_rest({ count: formatNumber(count) }));
}

/** Who pushes up and who pulls down, of the steps that have a name: at most two each, none that rounds to nothing. */
export function waterfallTitle(steps: readonly WaterfallStep[], unit: Explanation["unit"]): string {
  const named = steps.filter((step) => step.value !== "" && /[1-9]/.test(formatPush(unit, step.amount)));
  const words = (isUp: boolean) =>
    formatList(
      named
        .filter((step) => step.amount > 0 === isUp)
        .slice(0, 2)
        .map((step) => `${step.label} ${step.value}`),
    );
  const [up, down] = [words(true), words(false)];
  if (up !== "" && down !== "") return m.model_waterfall_title_both({ up, down });
  if (up !== "") return m.model_waterfall_title_up({ up });
  return down !== "" ? m.model_waterfall_title_down({ down }) : m.model_waterfall_title_none();
}

/** All that a path asks of one column, in one condition. */
interface Condition {
  readonly feature: string;
  low: number | null;
  high: number | null;
  values: readonly string[] | null;
  known: "missing" | "present" | null;
}

function narrow(condition: Condition, step: PathStep): void {
  if (step.kind === "at-least") condition.low = Math.max(condition.low ?? Number.NEGATIVE_INFINITY, step.threshold ?? 0);
  else if (step.kind === "below") condition.high = Math.min(condition.high ?? Number.POSITIVE_INFINITY, step.threshold ?? 0);
  else if (step.kind === "in") condition.values = step.values;
  else condition.known = step.kind;
}

const MAX_VALUES = 3;

function conditionWords(condition: Condition, columns: Columns, labels: Labels): string {
  const feature = labels.column(condition.feature);
  const number = (value: number) => formatNumeric(columns, condition.feature, value);
  const { low, high, values } = condition;
  if (low !== null && high !== null) return m.model_path_between({ feature, low: number(low), high: number(high) });
  if (low !== null) return m.model_path_at_least({ feature, low: number(low) });
  if (high !== null) return m.model_path_below({ feature, high: number(high) });
  if (values !== null) {
    const named = values.slice(0, MAX_VALUES).map((value) => labels.value(condition.feature, value));
    const rest = values.length - named.length;
    const words =
      rest > 0 ? m.model_path_more({ values: named.join(", "), count: formatNumber(rest) }) : formatList(named, "disjunction");
    return m.model_path_in({ feature, values: words });
  }
  return condition.known === "missing" ? m.model_path_missing({ feature }) : m.model_path_present({ feature });
}

/** The way down one tree as a sentence; conditions on one column are told together. */
export function pathSentence(path: DecisionPath, unit: Explanation["unit"], columns: Columns, labels: Labels): string {
  const value = unit === "margin" ? formatPush(unit, path.value) : formatScore(unit, path.value);
  if (path.steps.length === 0) return m.model_path_leaf_only({ value });
  const conditions = new Map<string, Condition>();
  for (const step of path.steps) {
    const known = conditions.get(step.feature) ?? { feature: step.feature, low: null, high: null, values: null, known: null };
    narrow(known, step);
    conditions.set(step.feature, known);
  }
  const words = [...conditions.values()].map((condition) => conditionWords(condition, columns, labels));
  return m.model_path_steps({ steps: formatList(words), value, share: formatPercent(path.share) });
}
