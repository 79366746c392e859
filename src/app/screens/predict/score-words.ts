import type { BarRow } from "../../../charts/bar-list.ts";
import type { SecondFileReport } from "../../../workers/data.jobs.ts";
import type { PredictReport } from "../../../workers/learn.jobs.ts";
import { formatNumber } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import type { ScoredFile } from "../../state/model-session.svelte.ts";

const MAX_NAMED = 8;

/** What somebody should know of a second file before trusting its scores, one sentence each; what is in order is said too. */
export function scoreFacts(report: SecondFileReport, labels: Labels): string[] {
  const names = (columns: readonly string[]) => columns.map((name) => labels.column(name)).join(", ");
  const renamed = report.matched.filter(({ by }) => by !== "name");
  const facts: string[] = [
    report.missing.length === 0
      ? m.model_score_columns_complete()
      : m.model_score_missing_columns({ columns: names(report.missing) }),
  ];
  if (renamed.length > 0) {
    const each = renamed.map(({ from, column }) => m.model_score_renamed_one({ from, column: labels.column(column) }));
    facts.push(m.model_score_renamed({ columns: each.join(", ") }));
  }
  const conflicts = report.conflicts.filter(({ nUnreadable }) => nUnreadable > 0);
  if (conflicts.length > 0) {
    const each = conflicts.map(({ column, nUnreadable }) =>
      m.model_score_conflict_one({ column: labels.column(column), count: formatNumber(nUnreadable) }),
    );
    facts.push(m.model_score_conflicts({ columns: each.join(", ") }));
  }
  if (report.nUnknownLevels === 0) facts.push(m.model_score_unknown_none());
  else {
    const each = report.unknownLevels
      .slice(0, MAX_NAMED)
      .map(({ column, level, nRows }) =>
        m.model_score_unknown_one({ column: labels.column(column), level, count: formatNumber(nRows) }),
      );
    const rest = report.nUnknownLevels - each.length;
    facts.push(
      `${m.model_score_unknown({ count: formatNumber(report.nRowsWithUnknown) })} ${each.join(", ")}${rest > 0 ? " …" : ""}`,
    );
  }
  if (report.extra.length > 0) facts.push(m.model_score_extra_columns({ columns: report.extra.join(", ") }));
  if (report.skipped.count > 0) facts.push(m.model_score_skipped({ count: formatNumber(report.skipped.count) }));
  return facts;
}

/** How often each answer is predicted, most often first, beside its share among the rows of training. */
export function answerShares({ scored }: ScoredFile, report: PredictReport, labels: Labels): BarRow[] {
  const classes = report.task.kind === "classification" ? report.task.classes : [];
  const counts = new Map(classes.map((value, code) => [value, scored.counts[code] ?? 0]));
  return report.classShares
    .map(({ value, share }) => ({
      label: labels.value(report.task.target, value),
      value: (counts.get(value) ?? 0) / Math.max(1, scored.nRows),
      reference: share,
    }))
    .sort((a, b) => b.value - a.value)
    .map((row, i) => ({ ...row, isStrong: i === 0 }));
}
