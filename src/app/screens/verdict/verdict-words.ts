import type { LedgerEntry, LedgerReport, PredictReport } from "../../../workers/learn.jobs.ts";
import { formatNumber, formatSigned } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { learnerName } from "../../i18n/learner-words.ts";
import { formatMetric, metricInSentence } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { targetsWords } from "./targets-words.ts";
import { armsOf, headline, headlineEntry, isUnlearnable, type LearnerId, plainScore, realOnly } from "./verdict-facts.ts";

type Signal = PredictReport["signal"];
type Gain = NonNullable<LedgerEntry["gain"]>;

export const isNumericLedger = (report: LedgerReport): boolean => report.task.kind === "regression";

const shownScore = (entry: LedgerEntry | null): string =>
  entry ? formatMetric(entry.shown.metric, entry.shown.real.mean) : formatNumber(Number.NaN);

/** A gain with as many digits as its metric has. */
export function gainFigures(gain: Gain, metric: LedgerEntry["metric"]) {
  const size = Math.max(Math.abs(gain.low), Math.abs(gain.high));
  const nDigits = metric === "logLoss" ? 3 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  const words = (value: number) => formatSigned(value, nDigits);
  return { gain: words(gain.mean), low: words(gain.low), high: words(gain.high) };
}

/** Helped, no measurable difference, or hurt. */
export function verdictWords(entry: LedgerEntry): string {
  if (entry.verdict === null) return "";
  if (entry.isOnlyTamed) return m.verdict_words_no_baseline();
  const words = { helped: m.verdict_words_helped, none: m.verdict_words_none, hurt: m.verdict_words_hurt };
  return words[entry.verdict]();
}

/** The same in as few words as fit beside a figure on a narrow page. */
export function shortVerdictWords(entry: LedgerEntry): string {
  if (entry.isOnlyTamed) return m.verdict_short_no_baseline();
  return entry.verdict === "none" ? m.verdict_short_none() : verdictWords(entry);
}

/** Did generated rows help on real rows? The primary arms decide. */
export function verdictFinding(report: LedgerReport, signal: Signal | null, labels: Labels): string {
  const isNumeric = isNumericLedger(report);
  const target = labels.column(report.task.target);
  const entry = headlineEntry(report);
  if (headline(report) === "none" || !entry) {
    return isUnlearnable(report, signal) ? m.verdict_finding_none_nothing({ target }) : m.verdict_finding_none({ target });
  }
  const figures = {
    learner: learnerName(entry.learner, isNumeric),
    before: shownScore(realOnly(report, entry.learner)),
    after: shownScore(entry),
  };
  if (headline(report) === "helped") {
    return isNumeric ? m.verdict_finding_helped_numeric(figures) : m.verdict_finding_helped(figures);
  }
  return isNumeric ? m.verdict_finding_hurt_numeric(figures) : m.verdict_finding_hurt(figures);
}

/** The scores on real rows with and without, the plain guess, and the interval of the difference. */
export function verdictLede(report: LedgerReport): string {
  const entry = headlineEntry(report);
  if (!entry) return "";
  const isNumeric = isNumericLedger(report);
  const figures = {
    learner: learnerName(entry.learner, isNumeric),
    before: shownScore(realOnly(report, entry.learner)),
    after: shownScore(entry),
    baseline: formatMetric(entry.shown.metric, plainScore(report)),
  };
  const scores = isNumeric ? m.verdict_lede_numeric(figures) : m.verdict_lede(figures);
  if (!entry.gain) return scores;
  const gain = m.verdict_lede_gain({
    metric: metricInSentence(entry.metric),
    words: verdictWords(entry),
    ...gainFigures(entry.gain, entry.metric),
  });
  return `${scores} ${gain}`;
}

/** The finding of one learner's figure. */
export function ledgerTitle(report: LedgerReport, learner: LearnerId): string {
  const words = { learner: learnerName(learner, isNumericLedger(report)) };
  const arms = armsOf(report, learner);
  const primary = arms.find((arm) => arm.primary);
  if (primary?.verdict === "helped") return m.verdict_figure_title_helped(words);
  if (primary?.verdict === "hurt") return m.verdict_figure_title_hurt(words);
  const onSynthetic = primary?.shown.synthetic;
  const onReal = primary?.shown.real;
  const rises = onSynthetic && onReal && onSynthetic.mean - onReal.mean > Math.max(onSynthetic.sd, onReal.sd);
  return rises ? m.verdict_figure_title_rises(words) : m.verdict_figure_title_none(words);
}

const ROWS = {
  gan: m.verdict_rows_gan,
  "sequential-trees": m.verdict_rows_trees,
  blocks: m.verdict_rows_blocks,
  shuffler: m.verdict_rows_shuffler,
} as const;

/** What an arm was trained on. */
export function armName({ mode, sampler, multiple }: LedgerEntry): string {
  const rows = ROWS[sampler]();
  switch (mode) {
    case "real-only":
      return m.verdict_arm_real();
    case "synthetic-only":
      return m.verdict_arm_synthetic({ rows });
    case "balanced":
      return m.verdict_arm_balanced({ rows });
    case "augment":
      return m.verdict_arm_augment({ multiple: formatNumber(multiple), rows });
  }
}

/** The smallest gain that a learner's comparison would have found, in words; "" where none is known. */
export function detectableWords(report: LedgerReport, learner: LearnerId): string {
  const primary = armsOf(report, learner).find((arm) => arm.primary);
  const least = primary?.minimumDetectable ?? Number.NaN;
  if (!primary || !Number.isFinite(least)) return "";
  const { gain } = gainFigures({ mean: least, low: least, high: least }, primary.metric);
  return m.verdict_detectable({ metric: metricInSentence(primary.metric), gain });
}

/** What to do with it, in one sentence. `related` are columns that hang together in this table. */
export function verdictConclusion(
  report: LedgerReport,
  signal: Signal | null,
  labels: Labels,
  related: readonly string[],
): string {
  const target = labels.column(report.task.target);
  const verdict = headline(report);
  const entry = headlineEntry(report);
  if (verdict === "helped" && entry) {
    return m.verdict_conclusion_helped({ target, learner: learnerName(entry.learner, isNumericLedger(report)) });
  }
  if (verdict === "hurt") return m.verdict_conclusion_hurt({ target });
  if (!isUnlearnable(report, signal)) return m.verdict_conclusion_none({ target });
  const nothing = m.verdict_conclusion_nothing({ target });
  const targets = targetsWords(signal, labels);
  if (targets !== "") return `${nothing} ${m.verdict_next_targets({ targets })}`;
  if (related.length === 0) return nothing;
  return `${nothing} ${m.verdict_next_related({ columns: related.map((name) => labels.column(name)).join(", ") })}`;
}

type Language = "en" | "vi";

/** The verdict that travels with a file: exported data is never translated, the page shows the same words in its own language. */
export function exportVerdict(report: LedgerReport | null, learner: LearnerId, locale: Language): string {
  const entry = report?.entries.find((each) => each.learner === learner && each.primary);
  if (!report || !entry?.gain || entry.verdict === null) return m.verdict_export_unmeasured({}, { locale });
  const digits = (value: number) => value.toFixed(entry.metric === "logLoss" ? 3 : 2);
  const english = { gain: digits(entry.gain.mean), low: digits(entry.gain.low), high: digits(entry.gain.high) };
  const metric = entry.metric === "logLoss" ? "log loss" : "RMSE";
  const figures = { metric, ...(locale === "en" ? english : gainFigures(entry.gain, entry.metric)) };
  if (entry.isOnlyTamed) return m.verdict_export_no_baseline(figures, { locale });
  const words = { helped: m.verdict_export_helped, none: m.verdict_export_none, hurt: m.verdict_export_hurt };
  return words[entry.verdict](figures, { locale });
}
