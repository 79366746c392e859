import { findSmallGroups, MIN_GROUP_ROWS } from "../../core/small-groups.ts";
import type { SegmentsReport } from "../../workers/data.jobs.ts";
import { formatCurrency, formatNumber, formatPercent } from "../i18n/format.ts";
import { m } from "../i18n/paraglide/messages.js";
import { inOrder, type SegmentView, segmentViews } from "../screens/segments/segment-views.ts";
import {
  actionWords,
  ledeWords,
  ruleWords,
  segmentsConclusion,
  segmentsFinding,
  topTraitWords,
} from "../screens/segments/segments-words.ts";
import { type Html, html } from "./html.ts";
import { section } from "./report-parts.ts";
import type { ReportSource } from "./report-source.ts";

/** Segments whose figures stay away: small ones, and as many others as keep them from being worked out. */
export function hiddenSegments(report: Pick<SegmentsReport, "sizes">): Set<number> {
  const isSmall = findSmallGroups(report.sizes);
  return new Set(report.sizes.flatMap((_, i) => (isSmall[i] ? [i] : [])));
}

function cardHtml({ card, name, color }: SegmentView, isHidden: boolean, { labels }: ReportSource): Html {
  const token = /^var\(--([\w-]+)\)$/.exec(color)?.[1] ?? "cat-1";
  const fact = (term: string, words: string) => html`<div><dt>${term}</dt><dd>${words}</dd></div>`;
  const few = m.report_small({ count: formatNumber(MIN_GROUP_ROWS) });
  const isSmall = card.size < MIN_GROUP_ROWS;
  return html`<article class="card ${token}"><h3>${name}</h3><dl>
${fact(m.report_size(), isHidden ? (isSmall ? few : "–") : `${formatNumber(card.size)} (${formatPercent(card.shareOfCustomers)})`)}
${card.shareOfRevenue === null || isHidden ? null : fact(m.report_share_revenue(), formatPercent(card.shareOfRevenue))}
${card.averageOrder === null || isHidden ? null : fact(m.report_average_order(), formatCurrency(card.averageOrder))}
${fact(m.report_who(), ruleWords(card, labels))}
${isHidden ? null : fact(m.report_stands_out(), topTraitWords(card, labels))}
${fact(m.report_action(), actionWords(card))}</dl></article>`;
}

/** The segments as cards: name, size, shares, rule, traits, and what to do. */
export function segmentsSection(source: ReportSource): Html | null {
  const { segments: report, settings, labels } = source;
  if (!report) return null;
  const hidden = hiddenSegments(report);
  const words = ledeWords(report, labels);
  const views = inOrder(segmentViews(report, settings), settings);
  const lede = hidden.size > 0 ? [words.by, words.verdict] : [words.by, words.sizes, words.verdict];
  const content = [
    html`<p>${lede.join(" ")}</p>`,
    html`<div class="cards">${views.map((view) => cardHtml(view, hidden.has(view.segment), source))}</div>`,
    hidden.size === 0 ? null : html`<p class="source">${m.report_small_note({ count: formatNumber(MIN_GROUP_ROWS) })}</p>`,
    html`<p class="conclusion">${segmentsConclusion(report, labels)}</p>`,
  ];
  return section(m.report_segments(), segmentsFinding(report), content, source.stale.includes("segments"));
}
