import type { DotRow } from "../../../charts/dot-rows.ts";
import type { ColumnProfile } from "../../../workers/data.jobs.ts";
import { formatNumber, formatPercent, formatShortNumber } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import type { SegmentView } from "./segment-views.ts";
import { traitName } from "./segments-words.ts";

/** One line of the profile: a number's means, or the shares of one level. */
export interface ProfileRow {
  readonly column: string;
  readonly value: string | null;
  readonly label: string;
  /** In the column's own words. */
  readonly whole: string;
  readonly own: readonly string[];
  /** Distance of each segment from everybody, in standard deviations of everybody. */
  readonly distances: readonly number[];
}

/** Segments differ in a column if it explains at least this share of its variance. */
const WORTH_TELLING = 0.005;

/** The level in whose shares the segments lie farthest apart. */
function tellingLevel(profile: Extract<ColumnProfile, { kind: "categorical" }>): number {
  const spread = profile.levels.map((_, level) => {
    const shares = profile.segments.map((segment) => segment.shares[level] ?? 0);
    return Math.max(...shares) - Math.min(...shares);
  });
  return Math.max(0, spread.indexOf(Math.max(...spread)));
}

function profileRow(profile: ColumnProfile, labels: Labels): ProfileRow {
  if (profile.kind === "numeric") {
    const { column, whole, segments } = profile;
    return {
      column,
      value: null,
      label: labels.column(column),
      whole: formatShortNumber(whole.mean, 2),
      own: segments.map((segment) => formatShortNumber(segment.mean, 2)),
      distances: segments.map((segment) => (segment.mean - whole.mean) / (whole.deviation || Number.NaN)),
    };
  }
  const level = tellingLevel(profile);
  const value = profile.levels[level] ?? "";
  const share = profile.whole.shares[level] ?? 0;
  const deviation = Math.sqrt(share * (1 - share)) || Number.NaN;
  return {
    column: profile.column,
    value,
    label: traitName({ column: profile.column, value }, labels),
    whole: formatPercent(share),
    own: profile.segments.map((segment) => formatPercent(segment.shares[level] ?? 0)),
    distances: profile.segments.map((segment) => ((segment.shares[level] ?? 0) - share) / deviation),
  };
}

export const profileRows = (profiles: readonly ColumnProfile[], labels: Labels): ProfileRow[] =>
  profiles.map((profile) => profileRow(profile, labels));

/** Columns in which the segments differ by more than noise would make them. */
export const tellingColumns = (profiles: readonly ColumnProfile[]): string[] =>
  profiles.filter((profile) => profile.separation >= WORTH_TELLING).map((profile) => profile.column);

export function profileDots(rows: readonly ProfileRow[], telling: readonly string[], views: readonly SegmentView[]): DotRow[] {
  return rows.map((row) => ({
    label: row.label,
    valueText: "",
    dots: views.map((view) => ({
      value: row.distances[view.segment] ?? Number.NaN,
      low: null,
      high: null,
      color: view.color,
      isQuiet: !telling.includes(row.column),
    })),
  }));
}

export const profileDistance = (distance: number): string => formatNumber(distance, 2);
