import type { KeyEntry, MarkKind } from "../../../charts/chart-types.ts";
import FidelityAxis from "../../../charts/FidelityAxis.svelte";
import type { FidelityRow } from "../../../charts/fidelity-axis.ts";
import type { AuditArmName, AuditReport } from "../../../workers/learn.jobs.ts";
import { chart, type FigureSpec, numberColumn, textColumn } from "../../figures/figure-spec.ts";
import { formatNumber, formatPercent } from "../../i18n/format.ts";
import { metricInSentence } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
import {
  type AuditMeasure,
  armOf,
  auditStanding,
  hasRoom,
  isBeatenBySimple,
  measured,
  measuresOf,
  shareOfWay,
  tellingMeasure,
} from "./audit-facts.ts";

interface Sampler {
  readonly name: AuditArmName;
  readonly mark: MarkKind;
  /** Beside a value, and in the key. */
  readonly short: () => string;
  readonly long: () => string;
}

/** The samplers that are judged, the one of this page first. */
export const SAMPLERS: readonly Sampler[] = [
  { name: "gan", mark: "synthetic", short: m.verdict_sampler_gan, long: m.verdict_sampler_gan },
  { name: "ganMatching", mark: "synthetic-right", short: m.verdict_sampler_matching, long: m.verdict_key_matching },
  { name: "ganAdversarial", mark: "synthetic-left", short: m.verdict_sampler_adversarial, long: m.verdict_key_adversarial },
  { name: "ganStep0", mark: "guess", short: m.verdict_sampler_step0, long: m.verdict_key_step0 },
  { name: "sequentialTrees", mark: "synthetic-open", short: m.verdict_sampler_trees, long: m.verdict_key_trees },
  { name: "blocks", mark: "synthetic-dot", short: m.verdict_sampler_blocks, long: m.verdict_key_blocks },
];

export const three = (value: number): string => formatNumber(value, 3);

const measureFigure = (measure: AuditMeasure, value: number): string =>
  measure === "apart" || measure === "rules" ? formatNumber(value, 2) : three(value);

const NAMES: Readonly<Record<AuditMeasure, () => string>> = {
  signal: m.verdict_measure_signal,
  apart: m.verdict_measure_apart,
  rules: m.verdict_measure_rules,
  utility: m.verdict_measure_utility,
  pairs: m.verdict_measure_pairs,
  columns: m.verdict_measure_columns,
};
export const measureName = (measure: AuditMeasure): string => NAMES[measure]();

function measureNote(audit: AuditReport, measure: AuditMeasure, target: string): string {
  switch (measure) {
    case "signal":
      return m.verdict_measure_signal_note({ count: formatNumber(audit.nSignalPairs) });
    case "apart":
      return m.verdict_measure_apart_note();
    case "rules":
      return m.verdict_measure_rules_note();
    case "utility":
      return m.verdict_measure_utility_note({ metric: metricInSentence(audit.utilityMetric), target });
    case "pairs":
      return m.verdict_measure_pairs_note();
    case "columns":
      return m.verdict_measure_columns_note();
  }
}

/** The finding of the axis. */
export function fidelityTitle(audit: AuditReport): string {
  if (isBeatenBySimple(audit)) return m.verdict_fidelity_title_simple();
  const share = shareOfWay(audit, tellingMeasure(audit), "gan");
  switch (auditStanding(audit)) {
    case "untrained":
      return m.verdict_fidelity_title_untrained();
    case "close":
      return m.verdict_fidelity_title_close();
    case "part":
      return m.verdict_fidelity_title_part({ share: formatPercent(share, 0) });
    case "floor":
      return m.verdict_fidelity_title_floor();
    default:
      return m.verdict_fidelity_title_close_ends();
  }
}

function fidelityRow(audit: AuditReport, measure: AuditMeasure, target: string): FidelityRow {
  const words = (value: number) => measureFigure(measure, value);
  const [floor, ceiling] = [measured(audit, measure, "floor"), measured(audit, measure, "ceiling")];
  const marks = SAMPLERS.map(({ name, mark, short }) => ({ name, mark, short, value: measured(audit, measure, name) }))
    .filter(({ value }) => Number.isFinite(value))
    .map(({ name, mark, short, value }) => ({
      kind: mark,
      value,
      label: `${short()} ${words(value)}`,
      isMain: name === "gan",
    }));
  return {
    name: measureName(measure),
    note: measureNote(audit, measure, target),
    floor: { value: floor, label: words(floor) },
    ceiling: { value: ceiling, label: words(ceiling) },
    marks,
    noTrack: hasRoom(audit, measure) ? null : m.verdict_no_room({ floor: words(floor), ceiling: words(ceiling) }),
    belowFloor: m.verdict_below_floor(),
  };
}

/** Marks of the samplers that the audit has. */
export const samplerKey = (audit: AuditReport): KeyEntry[] =>
  SAMPLERS.filter(({ name }) => armOf(audit, name)).map(({ mark, long }) => ({ mark, label: long() }));

export function auditSource(audit: AuditReport): string {
  const rows = { a: formatNumber(audit.nA), b: formatNumber(audit.nB) };
  return audit.isQuick ? m.verdict_fidelity_source_quick(rows) : m.verdict_fidelity_source(rows);
}

/** Every measure from floor to ceiling, all samplers on one axis. `target` is what the rows were made to help predict. */
export function fidelityFigure(audit: AuditReport, target: string): FigureSpec {
  const title = fidelityTitle(audit);
  const measures = measuresOf(audit);
  const present = SAMPLERS.filter(({ name }) => armOf(audit, name));
  const names = [...present.map(({ name }) => name), "floor", "ceiling"] as const;
  return {
    title,
    note: m.verdict_fidelity_note(),
    key: samplerKey(audit),
    source: auditSource(audit),
    fileName: "fidelity",
    table: {
      columns: [
        textColumn(m.verdict_measure()),
        ...present.map(({ long }) => numberColumn(long())),
        numberColumn(m.verdict_floor()),
        numberColumn(m.verdict_ceiling()),
      ],
      rows: measures.map((measure) => [measureName(measure), ...names.map((name) => three(measured(audit, measure, name)))]),
    },
    ...chart(FidelityAxis, {
      label: title,
      rows: measures.map((measure) => fidelityRow(audit, measure, target)),
      floorTitle: m.verdict_floor(),
      ceilingTitle: m.verdict_ceiling(),
    }),
  };
}
