import type { RowDot } from "../../../charts/dot-rows.ts";
import type { OtherTarget, PredictReport, TargetRule } from "../../../workers/learn.jobs.ts";
import { formatList, formatNumber, formatPercent, formatPValue } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";

const MAX_NAMED = 3;

const namesOf = (columns: readonly string[], labels: Labels): string => formatList(columns.map(labels.column));

export const scoreWords = ({ metric }: OtherTarget, value: number): string =>
  metric === "r2" ? formatNumber(value, 2) : formatPercent(value);

/** The verdict on another column in two or three words. */
export function verdictWords({ verdict, rule }: OtherTarget): string {
  if (verdict === "none") return m.predict_others_verdict_none();
  if (rule?.kind === "equal") return m.predict_others_verdict_rule();
  return verdict === "weak" ? m.predict_others_verdict_weak() : m.predict_others_verdict_predictable();
}

/** The rule in a few words, or nothing. */
export function ruleWords(rule: TargetRule | null, labels: Labels): string {
  if (!rule) return "–";
  const columns = namesOf(rule.columns, labels);
  if (rule.kind === "equal") return m.predict_others_rule_equal({ columns });
  return m.predict_others_rule_majority({ columns, score: formatPercent(rule.score) });
}

export function ruleTitle(rule: TargetRule, target: string, labels: Labels): string {
  const words = { target: labels.column(target), columns: namesOf(rule.columns, labels), score: formatPercent(rule.score) };
  return rule.kind === "equal" ? m.predict_rule_title_equal(words) : m.predict_rule_title_majority(words);
}

export function ruleText(rule: TargetRule, target: string, labels: Labels): string {
  if (rule.kind === "equal")
    return m.predict_rule_text_equal({ target: labels.column(target), columns: namesOf(rule.columns, labels) });
  return [
    m.predict_rule_scored(),
    rule.f1 === null ? "" : m.predict_rule_f1({ f1: formatNumber(rule.f1, 3) }),
    rule.auc === null ? "" : m.predict_rule_auc({ auc: formatNumber(rule.auc, 3) }),
    rule.isUnbeaten ? m.predict_rule_unbeaten() : m.predict_rule_beaten(),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** Other columns that can be told, best first, those that only repeat another one last. */
export function tellableTargets({ signal }: PredictReport): OtherTarget[] {
  const told = signal.otherTargets.filter(({ verdict }) => verdict === "predictable");
  const isRepeat = ({ rule }: OtherTarget): boolean => rule?.kind === "equal";
  return [...told.filter((target) => !isRepeat(target)), ...told.filter(isRepeat)];
}

export function othersTitle(report: PredictReport, labels: Labels): string {
  const names = tellableTargets(report).map(({ name }) => labels.column(name));
  if (names.length === 0) return m.predict_others_title_none();
  if (names.length <= MAX_NAMED) return m.predict_others_title({ targets: formatList(names) });
  const targets = names.slice(0, MAX_NAMED).join(", ");
  return m.predict_others_title_more({ targets, count: formatNumber(names.length - MAX_NAMED) });
}

/** `Subscription (84.0 %), Gender (72.8 %)`: the best of those that a rule does not repeat. */
export function instead(report: PredictReport, labels: Labels): string {
  return tellableTargets(report)
    .filter(({ rule }) => rule?.kind !== "equal")
    .slice(0, MAX_NAMED)
    .map((other) => `${labels.column(other.name)} (${scoreWords(other, Math.max(other.score, other.rule?.score ?? 0))})`)
    .join(", ");
}

/** Share of what the best guess leaves to be gained: 0 is the guess, 1 always right; R² for numbers. */
export const gainOf = ({ metric, score, chance }: OtherTarget): number =>
  metric === "r2" ? score : (score - chance) / Math.max(1e-9, 1 - chance);

export function otherRows(report: PredictReport, labels: Labels) {
  return report.signal.otherTargets.map((other) => {
    const isQuiet = other.verdict === "none";
    const dot: RowDot = { value: gainOf(other), low: null, high: null, color: "var(--real)", isQuiet };
    const value = m.predict_others_value({ score: scoreWords(other, other.score), chance: scoreWords(other, other.chance) });
    return { label: labels.column(other.name), valueText: value, dots: [dot] };
  });
}

export function otherCells(report: PredictReport, labels: Labels): string[][] {
  return report.signal.otherTargets.map((other) => [
    labels.column(other.name),
    verdictWords(other),
    scoreWords(other, other.score),
    scoreWords(other, other.chance),
    formatPValue(other.adjustedPValue),
    ruleWords(other.rule, labels),
  ]);
}
