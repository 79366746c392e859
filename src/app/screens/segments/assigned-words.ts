import type { AssignedSegments } from "../../../workers/data.jobs.ts";
import { formatNumber, formatPercent } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";

/** Of 100 customers like the first ones, one lies so far away. */
const EXPECTED_FAR_AWAY = 0.01;
const MANY_TIMES = 3;
const MAX_VALUES = 5;

/** What is to be known before the second file's segments are used. */
export function assignedNotes(assigned: AssignedSegments, labels: Labels): string[] {
  const notes: string[] = [];
  if (assigned.nMissing > 0) notes.push(m.segments_second_missing({ count: formatNumber(assigned.nMissing) }));
  for (const { column, values, nRows } of assigned.unknown) {
    notes.push(
      m.segments_second_unknown({
        column: labels.column(column),
        values: values.slice(0, MAX_VALUES).join(", "),
        rows: formatNumber(nRows),
      }),
    );
  }
  const { shareFarAway } = assigned;
  if (shareFarAway !== null && shareFarAway > EXPECTED_FAR_AWAY * MANY_TIMES) {
    notes.push(m.segments_second_far({ share: formatPercent(shareFarAway) }));
  }
  return notes;
}
