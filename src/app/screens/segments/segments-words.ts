import type { SegmentBounds, SegmentCard, SegmentsReport, SegmentTrait } from "../../../segments/segments-report.ts";
import { formatNumber, formatShortNumber } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";

/** The sentence that the segmentation comes to. */
export function segmentsFinding(report: SegmentsReport): string {
  const k = formatNumber(report.k);
  return report.verdict === "natural" ? m.segments_finding_natural({ k }) : m.segments_finding_cut({ k });
}

/** What the segments are of, how large they are, and how far the table bears them out. */
export function ledeWords(report: SegmentsReport, labels: Labels): { by: string; sizes: string; verdict: string } {
  const at = { silhouette: formatNumber(report.silhouette, 3), shuffled: formatNumber(report.nullSilhouette, 3) };
  const { isSeparated, isStable } = report.facts;
  const cut = isSeparated && !isStable ? m.segments_lede_unstable(at) : m.segments_lede_cut(at);
  return {
    by: m.segments_lede({ columns: report.columns.map(labels.column).join(", ") }),
    sizes: m.segments_lede_sizes({
      smallest: formatNumber(Math.min(...report.sizes)),
      largest: formatNumber(Math.max(...report.sizes)),
    }),
    verdict: report.verdict === "natural" ? m.segments_lede_natural(at) : cut,
  };
}

const TIERS: Readonly<Record<string, () => string>> = {
  diamond: m.segments_tier_diamond,
  gold: m.segments_tier_gold,
  silver: m.segments_tier_silver,
  bronze: m.segments_tier_bronze,
};

/** What a segment is called before anybody renames it: a tier, a kind of buyer, the user's own words, or “Segment 3”. */
export function givenName(card: SegmentCard, index: number): string {
  if (card.isOwnName) return card.name;
  return (TIERS[card.name] ?? KINDS[card.name])?.() ?? m.segments_nth({ n: formatNumber(index + 1) });
}

const KINDS: Readonly<Record<string, () => string>> = {
  others: m.segments_others,
  champions: m.segments_rfm_champions,
  promising: m.segments_rfm_promising,
  "new-customers": m.segments_rfm_new_customers,
  loyal: m.segments_rfm_loyal,
  "needs-attention": m.segments_rfm_needs_attention,
  fading: m.segments_rfm_fading,
  "at-risk": m.segments_rfm_at_risk,
  hibernating: m.segments_rfm_hibernating,
  lost: m.segments_rfm_lost,
  "frequent-high": m.segments_rfm_frequent_high,
  "rare-high": m.segments_rfm_rare_high,
  "frequent-low": m.segments_rfm_frequent_low,
  "rare-low": m.segments_rfm_rare_low,
};

const TIER_COLORS: Readonly<Record<string, string>> = {
  diamond: "var(--tier-diamond)",
  gold: "var(--tier-gold)",
  silver: "var(--tier-silver)",
  bronze: "var(--tier-bronze)",
};

/** The preset's own colours, else the categories in their order; beyond eight the names tell segments apart. */
export const givenColor = (card: SegmentCard, index: number): string => TIER_COLORS[card.name] ?? `var(--cat-${(index % 8) + 1})`;

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

/** Bounds joined into one line. */
export const boundsListWords = (list: readonly SegmentBounds[], labels: Labels): string =>
  list.length === 0 ? m.segments_rule_everybody() : list.map((bounds) => boundsWords(bounds, labels)).join(m.segments_rule_and());

/** The bounds that describe a segment. */
export const ruleWords = (card: SegmentCard, labels: Labels): string =>
  card.rule.length === 0 ? m.segments_rule_none() : boundsListWords(card.rule, labels);

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

/** “Age”, or “Discount Applied: Yes”. */
export const traitName = (trait: Pick<SegmentTrait, "column" | "value">, labels: Labels): string =>
  trait.value === null
    ? labels.column(trait.column)
    : `${labels.column(trait.column)}: ${labels.value(trait.column, trait.value)}`;

const TOP_TRAITS = 3;

/** The three traits in which a segment differs most from everybody, of those that differ beyond noise. */
export function topTraitWords(card: SegmentCard, labels: Labels): string {
  const strength = ({ index }: SegmentTrait) => Math.max(index, 1) / 100;
  const distance = (trait: SegmentTrait) => Math.max(strength(trait), 1 / strength(trait));
  const told = card.traits
    .filter((trait) => trait.low > 100 || trait.high < 100)
    .sort((a, b) => distance(b) - distance(a))
    .slice(0, TOP_TRAITS)
    .map((trait) => m.segments_stands_out_trait({ trait: traitName(trait, labels), index: formatNumber(trait.index) }));
  return told.length === 0 ? m.segments_stands_out_none() : told.join(", ");
}
