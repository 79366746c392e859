import type { ChartTable, Interval, MarkKind, Provenance, Reference, Tip } from "../../../charts/chart-types.ts";
import LedgerDotPlot from "../../../charts/LedgerDotPlot.svelte";
import type { LedgerArm } from "../../../charts/ledger-dot-plot.ts";
import type { LedgerEntry, LedgerReport, Spread } from "../../../workers/learn.jobs.ts";
import { chart, type FigureSpec } from "../../figures/figure-spec.ts";
import { formatNumber, formatPercent, formatPoints, formatSigned } from "../../i18n/format.ts";
import { formatMetric, metricInSentence, metricName, spreadWords } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { isAboutEven } from "../predict/predict-facts.ts";
import { armsOf, type LearnerId, plainScore } from "./verdict-facts.ts";
import {
  armName,
  detectableWords,
  gainFigures,
  isNumericLedger,
  ledgerTitle,
  shortVerdictWords,
  verdictWords,
} from "./verdict-words.ts";

function interval(spread: Spread | null): Interval | null {
  if (!spread || !Number.isFinite(spread.mean)) return null;
  return { value: spread.mean, low: spread.mean - spread.sd, high: spread.mean + spread.sd };
}

/** Of rows that another sampler made, the score on real rows alone is drawn: the table has the others. */
function scoresOf({ shown, sampler, mode }: LedgerEntry): LedgerArm["scores"] {
  const parts = sampler === "gan" || mode === "real-only" ? (["real", "mixed", "synthetic"] as const) : (["real"] as const);
  const entries = parts.flatMap((part) => {
    const score = interval(shown[part]);
    return score ? [[part, score] as const] : [];
  });
  return Object.fromEntries(entries);
}

const MARKS: Readonly<Record<LedgerEntry["sampler"], MarkKind>> = {
  gan: "synthetic",
  "sequential-trees": "synthetic-open",
  blocks: "synthetic-dot",
  shuffler: "floor",
};

/** One learner's arms: the scores people read, and the gain on real rows by the metric that decides. */
export function ledgerArms(report: LedgerReport, learner: LearnerId): LedgerArm[] {
  return armsOf(report, learner).map((entry) => {
    const figures = entry.gain ? gainFigures(entry.gain, entry.metric) : null;
    const between = entry.primary ? m.verdict_gain_interval : m.verdict_gain_interval_exploratory;
    return {
      label: armName(entry),
      mark: entry.mode === "real-only" ? "real" : MARKS[entry.sampler],
      scores: scoresOf(entry),
      gain: figures && {
        value: figures.gain,
        verdict: verdictWords(entry),
        shortVerdict: shortVerdictWords(entry),
        interval: between({ low: figures.low, high: figures.high }),
      },
      ...(figures ? {} : { yardstick: m.verdict_yardstick() }),
    };
  });
}

export function ledgerReferences(report: LedgerReport): Reference[] {
  const guess = plainScore(report);
  if (report.task.kind === "regression") {
    return [{ value: guess, label: m.verdict_reference_mean({ value: formatNumber(guess, 2) }), kind: "majority" }];
  }
  const chance = 1 / report.task.classes.length;
  const commonest: Reference = {
    value: guess,
    label: m.verdict_reference_commonest({ share: formatPercent(guess) }),
    kind: "majority",
  };
  if (!isAboutEven(guess, chance)) return [commonest];
  return [{ value: chance, label: m.verdict_reference_chance({ share: formatPercent(chance) }), kind: "chance" }, commonest];
}

const KINDS: Readonly<Record<Provenance, () => string>> = {
  real: m.verdict_key_real,
  mixed: m.verdict_key_mixed,
  synthetic: m.verdict_key_synthetic,
};

export function ledgerTip(report: LedgerReport, arm: LedgerArm, kind: Provenance): Tip {
  const score = arm.scores[kind];
  const metric = isNumericLedger(report) ? "r2" : "accuracy";
  if (!score) return { title: arm.label, lines: [] };
  const sd = (score.high - score.low) / 2;
  return {
    mark: kind === "synthetic" ? (arm.mark ?? "synthetic-open") : kind,
    title: arm.label,
    lines: [
      `${m.verdict_tested_on()}: ${KINDS[kind]()}`,
      `${formatMetric(metric, score.value)} ± ${formatMetric(metric, sd, score.value)}`,
    ],
  };
}

const scoreWords = (metric: string, spread: Spread | null): string =>
  spread && Number.isFinite(spread.mean) ? spreadWords(metric, spread) : "–";

function verdictCell(entry: LedgerEntry): string {
  const words = verdictWords(entry);
  if (words === "") return m.verdict_yardstick();
  return entry.primary ? words : m.verdict_table_exploratory({ words });
}

/** Every arm of one learner in the metric that decides and the one people read. */
export function ledgerTable(report: LedgerReport, learner: LearnerId): ChartTable {
  const text = (label: string) => ({ label, isNumeric: false });
  const number = (label: string) => ({ label, isNumeric: true });
  const rows = armsOf(report, learner).flatMap((entry) => {
    const arm = armName(entry);
    const gain = entry.gain ? gainFigures(entry.gain, entry.metric) : null;
    const { shown } = entry;
    return [
      [
        arm,
        metricName(entry.metric),
        scoreWords(entry.metric, entry.real),
        scoreWords(entry.metric, entry.mixed),
        scoreWords(entry.metric, entry.synthetic),
        gain ? m.verdict_table_gain_value(gain) : "–",
        verdictCell(entry),
      ],
      [
        arm,
        metricName(shown.metric),
        scoreWords(shown.metric, shown.real),
        scoreWords(shown.metric, shown.mixed),
        scoreWords(shown.metric, shown.synthetic),
        entry.shownGain ? shownGainWords(entry.shownGain, shown.metric) : "–",
        "–",
      ],
    ];
  });
  return {
    columns: [
      text(m.verdict_table_trained_on()),
      text(m.verdict_table_metric()),
      number(m.verdict_table_real()),
      number(m.verdict_table_mixed()),
      number(m.verdict_table_synthetic()),
      number(m.verdict_table_gain()),
      text(m.verdict_table_verdict()),
    ],
    rows,
  };
}

/** Accuracy in points of a hundred, R² as it is. */
function shownGainWords(gain: NonNullable<LedgerEntry["shownGain"]>, metric: "accuracy" | "r2"): string {
  const words = (value: number) => (metric === "accuracy" ? formatPoints(value) : formatSigned(value, 3));
  const mean = metric === "accuracy" ? m.verdict_gain_points({ gain: words(gain.mean) }) : words(gain.mean);
  return m.verdict_table_gain_value({ gain: mean, low: words(gain.low), high: words(gain.high) });
}

/** One learner's comparison with and without generated rows, every arm with its gain on real rows. */
export function ledgerFigure(report: LedgerReport, learner: LearnerId): FigureSpec {
  const isNumeric = isNumericLedger(report);
  const title = ledgerTitle(report, learner);
  const count = formatNumber(report.nFolds);
  const rows = m.verdict_figure_source({
    rows: formatNumber(report.nRows),
    perFold: formatNumber(report.nRows / report.nFolds),
  });
  const detectable = detectableWords(report, learner);
  return {
    title,
    note: isNumeric ? m.verdict_figure_note_numeric({ count }) : m.verdict_figure_note({ count }),
    keyTitle: m.verdict_tested_on(),
    key: [
      { mark: "real", label: m.verdict_key_real() },
      { mark: "mixed", label: m.verdict_key_mixed() },
      { mark: "synthetic", label: m.verdict_key_synthetic() },
    ],
    source: detectable === "" ? rows : `${rows} · ${detectable}`,
    fileName: `ledger-${learner}`,
    table: ledgerTable(report, learner),
    ...chart(LedgerDotPlot, {
      label: title,
      arms: ledgerArms(report, learner),
      references: ledgerReferences(report),
      gainTitle: m.verdict_gain_title({ metric: metricInSentence(isNumeric ? "rmse" : "logLoss") }),
      formatTick: (value: number) => (isNumeric ? formatNumber(value, 2) : formatPercent(value, 0)),
      tip: (arm: LedgerArm, kind: Provenance) => ledgerTip(report, arm, kind),
    }),
  };
}
