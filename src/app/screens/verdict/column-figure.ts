import OverlayBars from "../../../charts/OverlayBars.svelte";
import OverlayHistogram from "../../../charts/OverlayHistogram.svelte";
import type { AuditFigures, AuditReport } from "../../../workers/learn.jobs.ts";
import { chart, type FigureSpec, numberColumn, textColumn } from "../../figures/figure-spec.ts";
import { formatNumber, formatPercent, formatShortNumber } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { armOf, type ColumnShortfall, columnShortfalls, isShort, type PairShortfall, pairShortfalls } from "./audit-facts.ts";
import { auditSource, three } from "./fidelity-figure.ts";

type Counts = NonNullable<AuditFigures["columns"][number]["counts"]>;

/** Values of fewer real rows are not told apart on the page. */
const SMALLEST_GROUP = 10;
const MOST_VALUES = 14;
/** Shares that differ by less are the halves' own noise. */
const NOISE = 0.02;

export function columnsTitle(audit: AuditReport, labels: Labels): string {
  const worst = columnShortfalls(audit)[0];
  if (!worst || !isShort(worst)) return m.verdict_columns_title_fine();
  const figures = { gan: three(worst.gan), ceiling: three(worst.ceiling) };
  return m.verdict_columns_title_short({ column: labels.column(worst.name), ...figures });
}

/** The pairs that carry signal say more than the others: the finding goes by them where there are any. */
export function pairsTitle(audit: AuditReport, labels: Labels): string {
  const [worst] = pairShortfalls(audit);
  if (!worst || !isShort(worst)) return m.verdict_pairs_title_fine();
  const { a, b, gan, ceiling } = worst;
  const figures = { a: labels.column(a), b: labels.column(b), gan: three(gan), ceiling: three(ceiling) };
  return worst.isSignal ? m.verdict_pairs_title_linked(figures) : m.verdict_pairs_title_short(figures);
}

const samplerColumns = () => [
  numberColumn(m.verdict_sampler_gan()),
  numberColumn(m.verdict_short_by()),
  numberColumn(m.verdict_sampler_floor()),
  numberColumn(m.verdict_sampler_ceiling()),
  numberColumn(m.verdict_sampler_trees()),
  numberColumn(m.verdict_sampler_blocks()),
];

/** A row of a table that can be sorted: cells as text, and what they are sorted by. */
export interface SortableRow {
  readonly key: string;
  readonly cells: readonly string[];
  readonly sortBy: readonly (number | string)[];
}

function shortfallCells(each: ColumnShortfall | PairShortfall): Pick<SortableRow, "cells" | "sortBy"> {
  const values = [each.gan, each.shortBy, each.floor, each.ceiling, each.trees, each.blocks];
  return { cells: values.map(three), sortBy: values };
}

export const columnsHead = () => [textColumn(m.verdict_columns_name()), ...samplerColumns()];
export const pairsHead = () => [textColumn(m.verdict_pairs_name()), textColumn(m.verdict_pairs_signal()), ...samplerColumns()];

/** One row for each column, worst first. */
export function columnRows(audit: AuditReport, labels: Labels): SortableRow[] {
  return columnShortfalls(audit).map((each) => {
    const name = labels.column(each.name);
    const { cells, sortBy } = shortfallCells(each);
    return { key: each.name, cells: [name, ...cells], sortBy: [name, ...sortBy] };
  });
}

/** One row for each pair of columns, worst first. */
export function pairRows(audit: AuditReport, labels: Labels): SortableRow[] {
  return pairShortfalls(audit).map((each) => {
    const name = `${labels.column(each.a)} × ${labels.column(each.b)}`;
    const { cells, sortBy } = shortfallCells(each);
    return {
      key: `${each.a}\u0000${each.b}`,
      cells: [name, each.isSignal ? m.verdict_pairs_is_signal() : "", ...cells],
      sortBy: [name, each.isSignal ? 1 : 0, ...sortBy],
    };
  });
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const shareOf = (counts: readonly number[], i: number): number => (counts[i] ?? 0) / Math.max(1, sum(counts));

interface Bin {
  readonly label: string;
  /** What is left of the values that are not named. */
  readonly isRest?: boolean;
  readonly real: number;
  readonly made: number;
}

function valueBins(column: string, counts: Counts, labels: Labels): Bin[] {
  const order = counts.labels.map((_, i) => i).sort((a, b) => (counts.real[b] ?? 0) - (counts.real[a] ?? 0));
  const shown = order.filter((i) => (counts.real[i] ?? 0) >= SMALLEST_GROUP).slice(0, MOST_VALUES);
  const bins = shown.map((i) => ({
    label: labels.value(column, counts.labels[i] ?? ""),
    real: shareOf(counts.real, i),
    made: shareOf(counts.made, i),
  }));
  if (shown.length === counts.labels.length) return bins;
  const rest = (values: readonly number[]) => 1 - sum(shown.map((i) => shareOf(values, i)));
  return [...bins, { label: m.verdict_overlay_other(), isRest: true, real: rest(counts.real), made: rest(counts.made) }];
}

function rangeBins(counts: Counts): (Bin & { readonly low: string; readonly high: string })[] {
  return counts.real.map((_, i) => {
    const [low, high] = [counts.edges[i] ?? Number.NaN, counts.edges[i + 1] ?? Number.NaN].map((edge) =>
      formatShortNumber(edge, 2),
    ) as [string, string];
    return {
      low,
      high,
      label: m.verdict_overlay_range({ low, high }),
      real: shareOf(counts.real, i),
      made: shareOf(counts.made, i),
    };
  });
}

function overlayTitle(column: string, bins: readonly (Bin & { low?: string; high?: string })[]): string {
  const gap = (bin: Bin) => Math.abs(bin.made - bin.real);
  const named = bins.filter(({ isRest }) => !isRest);
  const widest = named.reduce<(typeof bins)[number] | null>(
    (most, bin) => (most === null || gap(bin) > gap(most) ? bin : most),
    null,
  );
  if (!widest || gap(widest) < NOISE) return m.verdict_overlay_title_fine({ column, points: formatNumber(NOISE * 100) });
  const shares = { column, real: formatPercent(widest.real), made: formatPercent(widest.made) };
  if (widest.low !== undefined && widest.high !== undefined)
    return m.verdict_overlay_title_range({ ...shares, low: widest.low, high: widest.high });
  return m.verdict_overlay_title_value({ ...shares, value: widest.label });
}

/** One column, unseen real rows beside generated ones; null where it was not counted. */
export function overlayFigure(audit: AuditReport, name: string, labels: Labels): FigureSpec | null {
  const counts = armOf(audit, "gan")?.figures.columns.find((column) => column.name === name)?.counts;
  const isNumeric = (counts?.edges.length ?? 0) > 1;
  if (!counts || (!isNumeric && counts.labels.length === 0)) return null;
  const bins = isNumeric ? rangeBins(counts) : valueBins(name, counts, labels);
  const title = overlayTitle(labels.column(name), bins);
  const formatShare = (value: number) => formatPercent(value, 0);
  const tip = (i: number) => ({
    title: bins[i]?.label ?? "",
    lines: [
      `${m.verdict_key_real()}: ${formatPercent(bins[i]?.real ?? Number.NaN)}`,
      `${m.verdict_key_synthetic()}: ${formatPercent(bins[i]?.made ?? Number.NaN)}`,
    ],
  });
  const drawing = isNumeric
    ? chart(OverlayHistogram, {
        label: title,
        bins: { edges: counts.edges, real: bins.map(({ real }) => real), made: bins.map(({ made }) => made) },
        formatX: (value: number) => formatShortNumber(value, 2),
        formatY: formatShare,
        tip,
      })
    : chart(OverlayBars, { label: title, bars: bins, format: formatShare, tip });
  return {
    title,
    note: m.verdict_overlay_note(),
    key: [
      { mark: "real", label: m.verdict_key_real() },
      { mark: "synthetic", label: m.verdict_key_synthetic() },
    ],
    source: auditSource(audit),
    fileName: "column",
    table: {
      columns: [
        textColumn(m.verdict_overlay_value()),
        numberColumn(m.verdict_key_real()),
        numberColumn(m.verdict_key_synthetic()),
      ],
      rows: bins.map((bin) => [bin.label, formatPercent(bin.real), formatPercent(bin.made)]),
    },
    ...drawing,
  };
}
