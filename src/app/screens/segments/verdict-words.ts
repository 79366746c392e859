import type { SegmentsReport } from "../../../segments/segments-report.ts";
import { formatList, formatNumber } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";
import type { SegmentView } from "./segment-views.ts";

/** How far apart the segments are, beside what shuffled columns reach. */
export function separationWords({ facts }: SegmentsReport): string {
  const at = {
    silhouette: formatNumber(facts.silhouette, 3),
    mean: formatNumber(facts.nullMean, 3),
    deviation: formatNumber(facts.nullDeviation, 3),
    limit: formatNumber(facts.null99, 3),
  };
  if (facts.isSingleColumn) return m.segments_separated_single({ silhouette: at.silhouette });
  return facts.isSeparated ? m.segments_separated_yes(at) : m.segments_separated_no(at);
}

/** How surely the same segments are found again, and which are not. */
export function stabilityWords({ facts, stability, method }: SegmentsReport, views: readonly SegmentView[]): string {
  const at = { mean: formatNumber(facts.meanJaccard, 2), required: formatNumber(facts.requiredJaccard, 2) };
  const weak = views.filter(({ segment }) => stability.jaccard[segment] < facts.requiredJaccard).map(({ name }) => name);
  if (method === "rules" || method === "rfm") return m.segments_found_again_own({ mean: at.mean });
  if (weak.length === 0) return facts.isSeparated ? m.segments_found_again_yes(at) : m.segments_found_again_yes_cut(at);
  return m.segments_found_again_no({ ...at, names: formatList(weak) });
}
