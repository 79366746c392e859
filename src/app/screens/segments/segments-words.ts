import type { SegmentBounds, SegmentCard, SegmentsReport } from "../../../segments/segments-report.ts";
import { formatNumber, formatShortNumber } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";

/** The sentence that the segmentation comes to. */
export function segmentsFinding(report: SegmentsReport): string {
  const k = formatNumber(report.k);
  return report.verdict === "natural" ? m.segments_finding_natural({ k }) : m.segments_finding_cut({ k });
}

const TIERS: Readonly<Record<string, () => string>> = {
  diamond: m.segments_tier_diamond,
  gold: m.segments_tier_gold,
  silver: m.segments_tier_silver,
  bronze: m.segments_tier_bronze,
};

/** A tier's name, or “Segment 3”. */
export function segmentName(card: SegmentCard, index: number): string {
  return TIERS[card.name]?.() ?? m.segments_nth({ n: formatNumber(index + 1) });
}

const TIER_COLORS: Readonly<Record<string, string>> = {
  diamond: "var(--tier-diamond)",
  gold: "var(--tier-gold)",
  silver: "var(--tier-silver)",
  bronze: "var(--tier-bronze)",
};

/** The preset's own colours, else the categories in their order; beyond eight the names tell segments apart. */
export const segmentColor = (card: SegmentCard, index: number): string =>
  TIER_COLORS[card.name] ?? `var(--cat-${(index % 8) + 1})`;

function boundsWords(bounds: SegmentBounds, labels: Labels): string {
  const column = labels.column(bounds.column);
  if (bounds.values.length > 0) {
    return m.segments_rule_values({
      column,
      values: bounds.values.map((value) => labels.value(bounds.column, value)).join(", "),
    });
  }
  const low = bounds.low === null ? null : formatShortNumber(bounds.low, 2);
  const high = bounds.high === null ? null : formatShortNumber(bounds.high, 2);
  if (low !== null && high !== null) return m.segments_rule_between({ column, low, high });
  if (low !== null) return m.segments_rule_at_least({ column, low });
  return m.segments_rule_at_most({ column, high: high ?? "" });
}

/** The bounds that describe a segment, joined into one line. */
export function ruleWords(card: SegmentCard, labels: Labels): string {
  if (card.rule.length === 0) return m.segments_rule_none();
  return card.rule.map((bounds) => boundsWords(bounds, labels)).join(m.segments_rule_and());
}

const ACTIONS: Readonly<Record<SegmentCard["action"], () => string>> = {
  loyalty: m.segments_action_loyalty,
  "win-back": m.segments_action_win_back,
  bundles: m.segments_action_bundles,
  newsletter: m.segments_action_newsletter,
  "smaller-discounts": m.segments_action_smaller_discounts,
  onboarding: m.segments_action_onboarding,
  none: m.segments_action_none,
};
export const actionWords = (card: SegmentCard): string => ACTIONS[card.action]();

export function segmentsConclusion(report: SegmentsReport, labels: Labels): string {
  const columns = report.columns.map(labels.column).join(", ");
  return report.verdict === "natural" ? m.segments_conclusion_natural({ columns }) : m.segments_conclusion_cut({ columns });
}

/** Range of the shuffled silhouettes for one k. */
export const nullRange = (silhouettes: readonly number[]): readonly [number, number] => [
  Math.min(...silhouettes),
  Math.max(...silhouettes),
];
