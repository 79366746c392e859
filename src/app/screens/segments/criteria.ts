import type { BandPoint } from "../../../charts/line-with-band.ts";
import type { ChoiceOfK, SegmentsReport } from "../../../segments/segments-report.ts";
import { formatNumber } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";

export type Criterion = "silhouette" | "elbow" | "gap" | "bic";

type Measured = readonly [value: number | null, shuffled: readonly number[]];

const VALUES: Readonly<Record<Criterion, (choice: ChoiceOfK) => Measured>> = {
  silhouette: (choice) => [choice.silhouette, choice.nullSilhouettes],
  elbow: (choice) => [choice.inertia, choice.nullInertias],
  gap: (choice) => [choice.gap, choice.nullGaps],
  bic: (choice) => [choice.bic, choice.nullBics],
};

/** A criterion's curve, with the range that shuffled columns reach at each k. */
export function criterionPoints(report: SegmentsReport, criterion: Criterion): BandPoint[] {
  return report.choices.map((choice) => {
    const [value, shuffled] = VALUES[criterion](choice);
    const isKnown = shuffled.length > 0;
    return {
      x: choice.k,
      value: value ?? Number.NaN,
      low: isKnown ? Math.min(...shuffled) : null,
      high: isKnown ? Math.max(...shuffled) : null,
      centre: isKnown ? shuffled.reduce((sum, each) => sum + each, 0) / shuffled.length : null,
    };
  });
}

/** The criteria that this report holds a curve of. */
export function criteriaOf(report: SegmentsReport): Criterion[] {
  return (["elbow", "gap", "bic"] as const).filter((criterion) =>
    report.choices.some((choice) => VALUES[criterion](choice)[0] !== null),
  );
}

interface Words {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly source: string;
  readonly valueLabel: string;
  readonly nDigits: number;
  readonly nAxisDigits: number;
}

/** Large sums are told without digits after the point, small ones with as many as tell them apart. */
const digitsFor = (values: readonly number[]): number => {
  const largest = Math.max(...values.filter(Number.isFinite).map(Math.abs), 0);
  return largest >= 1000 ? 0 : largest >= 10 ? 1 : 3;
};

function suggestion(criterion: Exclude<Criterion, "silhouette">, k: number | null): string {
  if (k === null)
    return { elbow: m.segments_elbow_title_none, gap: m.segments_gap_title_none, bic: m.segments_bic_title_none }[criterion]();
  if (k === 1) return criterion === "gap" ? m.segments_gap_title_one() : m.segments_bic_title_one();
  const words = { elbow: m.segments_elbow_title, gap: m.segments_gap_title, bic: m.segments_bic_title }[criterion];
  return words({ k: formatNumber(k) });
}

/** Segments that no clustering made, so that their k lies beside the curve of k-means. */
export const isOwnCut = ({ method }: SegmentsReport): boolean =>
  method === "rules" || method === "rfm" || method === "combinations";

/** Title, note and foot of a criterion's figure. */
export function criterionWords(report: SegmentsReport, criterion: Criterion): Words {
  const k = formatNumber(report.k);
  const chosen = report.choices.find((choice) => choice.k === report.k);
  const shuffles = formatNumber(chosen?.nullSilhouettes.length ?? 0);
  const points = criterionPoints(report, criterion);
  const value = points.find((point) => point.x === report.k)?.value ?? Number.NaN;
  const nDigits = criterion === "silhouette" ? 4 : digitsFor(points.map((point) => point.value));
  const shown = formatNumber(value, criterion === "silhouette" ? 3 : nDigits);
  const common = {
    nDigits,
    nAxisDigits: criterion === "silhouette" ? 2 : Math.min(2, nDigits),
    valueLabel: `k = ${k}: ${shown}`,
  };
  if (criterion === "silhouette") {
    return {
      ...common,
      name: m.segments_silhouette(),
      title: report.facts.isSeparated ? m.segments_k_title_natural() : m.segments_k_title_cut(),
      note: isOwnCut(report) ? m.segments_k_note_own({ k, shuffles }) : m.segments_k_note({ shuffles }),
      source: m.segments_k_source({ k, value: shown }),
      valueLabel: m.segments_this_table({ value: shown }),
    };
  }
  const note = { elbow: m.segments_elbow_note, gap: m.segments_gap_note, bic: m.segments_bic_note }[criterion];
  const name = { elbow: m.segments_inertia, gap: m.segments_gap, bic: m.segments_bic }[criterion];
  return {
    ...common,
    name: name(),
    title: suggestion(criterion, report.suggested[criterion]),
    note: note(),
    source: m.segments_k_source({ k, value: shown }),
  };
}

const WHY: Readonly<Record<SegmentsReport["kChosenBy"], (at: { k: string }) => string>> = {
  user: m.segments_why_user,
  silhouette: m.segments_why_silhouette,
  elbow: m.segments_why_elbow,
  bic: m.segments_why_bic,
  preset: m.segments_why_preset,
  rules: m.segments_why_rules,
};

/** Why there are so many segments, and what the other criteria would have taken. */
export function whyWords(report: SegmentsReport): string {
  const { elbow, silhouette, gap, bic } = report.suggested;
  const said = (k: number | null): string => (k === null ? m.segments_why_unsaid() : formatNumber(k));
  const others = m.segments_why_others({ silhouette: said(silhouette), elbow: said(elbow), gap: said(gap), bic: said(bic) });
  return `${WHY[report.kChosenBy]({ k: formatNumber(report.k) })} ${report.choices.length > 1 ? others : ""}`.trim();
}
