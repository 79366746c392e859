import { splitRange } from "../../../samplers/condition.params.ts";
import type { ColumnMatch, GanCheck, GanPreset, GanReport } from "../../../workers/gpu.jobs.ts";
import { formatNumber, formatPercent } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { parseCondition } from "../../state/run-synthesize.svelte.ts";
import {
  isCloseToReal,
  isUntrainedAsGood,
  meanOf,
  type Standing,
  shortColumns,
  standing,
  tellingMeasure,
  worstColumn,
} from "./synthesize-facts.ts";

const three = (value: number) => formatNumber(value, 3);

const PRESETS: Readonly<Record<GanPreset, readonly [name: () => string, note: () => string]>> = {
  matched: [m.synthesize_preset_matched, m.synthesize_preset_matched_note],
  adversarial: [m.synthesize_preset_adversarial, m.synthesize_preset_adversarial_note],
  matching: [m.synthesize_preset_matching, m.synthesize_preset_matching_note],
};

export const presetName = (preset: GanPreset): string => PRESETS[preset][0]();

/** What the preset leaves in and out, and what that does to the result. */
export const presetNote = (preset: GanPreset): string => PRESETS[preset][1]();

function figuresOf({ gan, step0, floor, ceiling }: Standing) {
  return { gan: three(gan), step0: three(step0), floor: three(floor), ceiling: three(ceiling) };
}

/** How good are the generated rows, between shuffled columns and real ones? */
export function synthesizeFinding(report: GanReport): string {
  const measure = tellingMeasure(report);
  const at = standing(report.fidelity, measure);
  if (isCloseToReal(report) && isUntrainedAsGood(report)) return m.synthesize_finding_untrained();
  if (measure === "columnShapes") return m.synthesize_finding_no_links({ match: three(at.gan) });
  if (at.share >= 0.95) return m.synthesize_finding_equal(figuresOf(at));
  if (at.share <= 0.02) return m.synthesize_finding_floor(figuresOf(at));
  return m.synthesize_finding_share({ share: formatPercent(at.share, 0) });
}

/** The same while it trains, from the columns' match alone. */
export function liveFinding(columns: readonly ColumnMatch[] | null, checks: readonly GanCheck[]): string {
  const last = checks.at(-1);
  if (!last || !columns || columns.length === 0) return m.synthesize_finding_starting();
  return m.synthesize_finding_live({
    steps: formatNumber(last.step),
    match: three(meanOf(columns, "match")),
    ceiling: three(meanOf(columns, "ceiling")),
  });
}

export const latestSignal = (checks: readonly GanCheck[]): number =>
  checks.findLast((check) => Number.isFinite(check.pairTrendsSignal))?.pairTrendsSignal ?? Number.NaN;

export function liveLede(checks: readonly GanCheck[]): string {
  const signal = latestSignal(checks);
  return Number.isFinite(signal) ? m.synthesize_lede_live({ signal: three(signal) }) : m.synthesize_lede_live_start();
}

/** Floor, untrained generator and ceiling beside the measure, and the rules; `**` marks what is read first. */
export function synthesizeLede(report: GanReport): string {
  const hasSignal = report.nSignalPairs > 0 && Number.isFinite(report.fidelity.gan.pairTrendsSignal);
  const at = figuresOf(standing(report.fidelity, hasSignal ? "pairTrendsSignal" : "pairTrends"));
  const broken = report.fidelity.gan.brokenRows;
  return [
    hasSignal ? m.synthesize_lede_signal({ ...at, count: formatNumber(report.nSignalPairs) }) : m.synthesize_lede_pairs(at),
    broken > 0 ? m.synthesize_lede_rules_broken({ share: formatPercent(broken) }) : m.synthesize_lede_rules_kept(),
  ].join(" ");
}

export function synthesizeConclusion(report: GanReport): string {
  const at = standing(report.fidelity, tellingMeasure(report));
  if (isCloseToReal(report)) {
    return isUntrainedAsGood(report) ? m.synthesize_conclusion_untrained() : m.synthesize_conclusion_good();
  }
  if (!Number.isFinite(at.share) || at.share < 0.5) return m.synthesize_conclusion_poor();
  return m.synthesize_conclusion_part({ share: formatPercent(at.share, 0) });
}

export function columnsTitle(columns: readonly ColumnMatch[], labels: Labels): string {
  const short = shortColumns(columns);
  const worst = worstColumn(columns);
  if (short.length === 0 || !worst) return m.synthesize_column_title_equal();
  return m.synthesize_column_title_short({
    count: formatNumber(short.length),
    total: formatNumber(columns.length),
    worst: labels.column(worst.name),
  });
}

/** `Item Purchased + Category; Gender + Discount Applied`. */
export function blockWords(blocks: GanReport["blocks"], labels: Labels): string {
  return blocks
    .filter((block) => block.length > 1)
    .map((block) => block.map((name) => labels.column(name)).join(" + "))
    .join("; ");
}

export function blocksSentence(blocks: GanReport["blocks"], labels: Labels): string {
  const words = blockWords(blocks, labels);
  return words === "" ? m.synthesize_column_untied() : m.synthesize_column_tied({ blocks: words });
}

export function trackTitle(report: GanReport): string {
  const at = standing(report.fidelity, tellingMeasure(report));
  const figures = figuresOf(at);
  if (!Number.isFinite(at.share)) return m.synthesize_track_title_close();
  if (at.share >= 0.95) return m.synthesize_track_title_equal(figures);
  return at.share <= 0.02 ? m.synthesize_track_title_below(figures) : m.synthesize_track_title_from(figures);
}

/** Settled when the critic's mean over the last quarter differs from the quarter before by less than a tenth of its range. */
export function lossTitle(history: readonly GanCheck[], isRunning: boolean): string {
  if (isRunning || history.length < 8) return m.synthesize_loss_title_running();
  const losses = history.map((check) => check.criticLoss).filter((loss) => Number.isFinite(loss));
  const quarter = Math.floor(losses.length / 4);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const change = Math.abs(mean(losses.slice(-quarter)) - mean(losses.slice(-2 * quarter, -quarter)));
  const range =
    losses.reduce((most, loss) => Math.max(most, loss), -Infinity) -
    losses.reduce((least, loss) => Math.min(least, loss), Infinity);
  return change <= 0.1 * range ? m.synthesize_loss_title_settled() : m.synthesize_loss_title_moving();
}

/** `Size = M`, or `Age from 30 to 45`, from a condition `Column=Value`. `numeric` holds the columns of numbers. */
export function conditionWords(condition: string, labels: Labels, numeric: ReadonlySet<string>): string {
  const { column: name, value } = parseCondition(condition);
  const column = labels.column(name);
  const range = numeric.has(name) ? splitRange(value) : null;
  if (!range) return `${column} = ${labels.value(name, value)}`;
  if (range.from === "") return m.synthesize_condition_to({ column, to: range.to });
  if (range.to === "") return m.synthesize_condition_from({ column, from: range.from });
  return m.synthesize_condition_range({ column, ...range });
}

export function stoppedWords(report: GanReport): string {
  const count = formatNumber(report.steps);
  const best = formatNumber(report.bestStep);
  if (report.stoppedBy === "quality") return m.synthesize_facts_stopped_quality({ count, best });
  return report.stoppedBy === "user"
    ? m.synthesize_facts_stopped_user({ count, best })
    : m.synthesize_facts_stopped_steps({ count });
}
