import type { ChartTable, Interval, Provenance, Reference, Tip } from "../../../charts/chart-types.ts";
import type { LedgerArm } from "../../../charts/ledger-dot-plot.ts";
import type { LedgerEntry, LedgerReport, Spread } from "../../../workers/learn.jobs.ts";
import { formatNumber, formatPercent, formatPoints, formatSigned } from "../../i18n/format.ts";
import { formatMetric, metricName, spreadWords } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { isAboutEven } from "../predict/predict-facts.ts";
import { armsOf, type LearnerId, plainScore } from "./verdict-facts.ts";
import { armName, gainFigures, isNumericLedger, shortVerdictWords, verdictWords } from "./verdict-words.ts";

function interval(spread: Spread | null): Interval | null {
  if (!spread || !Number.isFinite(spread.mean)) return null;
  return { value: spread.mean, low: spread.mean - spread.sd, high: spread.mean + spread.sd };
}

function scoresOf({ shown }: LedgerEntry): LedgerArm["scores"] {
  const entries = (["real", "mixed", "synthetic"] as const).flatMap((part) => {
    const score = interval(shown[part]);
    return score ? [[part, score] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** One learner's arms: the scores people read, and the gain on real rows by the metric that decides. */
export function ledgerArms(report: LedgerReport, learner: LearnerId): LedgerArm[] {
  return armsOf(report, learner).map((entry) => {
    const figures = entry.gain ? gainFigures(entry.gain, entry.metric) : null;
    return {
      label: armName(entry),
      scores: scoresOf(entry),
      gain: figures && {
        value: figures.gain,
        verdict: verdictWords(report, entry),
        shortVerdict: shortVerdictWords(report, entry),
        interval: m.verdict_gain_interval({ low: figures.low, high: figures.high }),
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
    mark: kind === "synthetic" ? "synthetic-open" : kind,
    title: arm.label,
    lines: [
      `${m.verdict_tested_on()}: ${KINDS[kind]()}`,
      `${formatMetric(metric, score.value)} ± ${formatMetric(metric, sd, score.value)}`,
    ],
  };
}

const scoreWords = (metric: string, spread: Spread | null): string =>
  spread && Number.isFinite(spread.mean) ? spreadWords(metric, spread) : "–";

function verdictCell(report: LedgerReport, entry: LedgerEntry): string {
  const words = verdictWords(report, entry);
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
        verdictCell(report, entry),
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
