import type { SegmentCard, SegmentsReport } from "../../../segments/segments-report.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { displayOrder } from "../../state/segment-edits.ts";
import type { Settings } from "../../state/settings.ts";
import { givenColor, givenName } from "./segments-words.ts";

/** A segment as it is shown: the name and colour the user gave it, else its own. */
export interface SegmentView {
  readonly segment: number;
  readonly card: SegmentCard;
  readonly name: string;
  /** A CSS colour. */
  readonly color: string;
}

type Edits = Pick<Settings, "segmentNames" | "segmentColors" | "segmentOrder">;

/** Views by segment. Of two segments that would bear one name, the later is numbered, so that an export tells them apart. */
export function segmentViews(report: SegmentsReport, edits: Edits): SegmentView[] {
  const taken = new Map<string, number>();
  return report.segments.map((card, segment) => {
    const wanted = edits.segmentNames[segment]?.trim() || givenName(card, segment);
    const nTaken = taken.get(wanted) ?? 0;
    taken.set(wanted, nTaken + 1);
    const color = edits.segmentColors[String(segment)];
    return {
      segment,
      card,
      name: nTaken === 0 ? wanted : `${wanted} ${nTaken + 1}`,
      color: color ? `var(--${color})` : givenColor(card, segment),
    };
  });
}

/** The same views in the order in which they are shown. */
export const inOrder = (views: readonly SegmentView[], edits: Edits): SegmentView[] =>
  displayOrder(edits, views.length).map((segment) => views[segment]);

/** Labels in which the column of segments, and each segment in it, is called as on the Segments screen. */
export function withSegments(labels: Labels, column: string, views: readonly SegmentView[]): Labels {
  const names = new Map(views.map(({ card, name }) => [card.name, name]));
  return {
    column: (name) => (name === column ? m.predict_set_target_segment() : labels.column(name)),
    value: (of, value) => (of === column ? (names.get(value) ?? value) : labels.value(of, value)),
  };
}
