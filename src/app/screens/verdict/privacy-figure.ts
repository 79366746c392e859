import type { ChartTable } from "../../../charts/chart-types.ts";
import IntervalRows from "../../../charts/IntervalRows.svelte";
import OverlayHistogram from "../../../charts/OverlayHistogram.svelte";
import type { AuditReport, PrivacyFigures } from "../../../workers/learn.jobs.ts";
import { chart, type FigureSpec, numberColumn, textColumn } from "../../figures/figure-spec.ts";
import { formatNumber, formatPercent } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { armOf } from "./audit-facts.ts";
import { SAMPLERS } from "./fidelity-figure.ts";
import { attributeGains, distanceBins, distanceStanding, hasCopies, leaning, median, SLACK } from "./privacy-facts.ts";

const LEANINGS = {
  even: m.verdict_nearer_title_even,
  slight: m.verdict_nearer_title_slight,
  far: m.verdict_nearer_title_far,
} as const;

export function nearerTitle(privacy: PrivacyFigures): string {
  const leans = leaning(privacy);
  if (leans === "near") return m.verdict_nearer_title_near({ share: formatPercent(privacy.nearerToTraining.value) });
  return LEANINGS[leans]();
}

/** Said beside the figure: what plain copies of the training rows would show. */
function nearerSource(audit: AuditReport, privacy: PrivacyFigures): string {
  const rows = formatNumber(privacy.nRows);
  const copier = armOf(audit, "copier")?.privacy?.nearerToTraining;
  if (!copier || !Number.isFinite(copier.value)) return m.verdict_nearer_source({ rows });
  return m.verdict_nearer_source_copier({ rows, share: formatPercent(copier.value) });
}

/** Share of each sampler's rows nearer to training rows than to unseen ones. */
export function nearerFigure(audit: AuditReport, privacy: PrivacyFigures): FigureSpec {
  const title = nearerTitle(privacy);
  const rows = SAMPLERS.flatMap(({ name, mark, long }) => {
    const nearer = armOf(audit, name)?.privacy?.nearerToTraining;
    if (!nearer || !Number.isFinite(nearer.value)) return [];
    return [{ ...nearer, kind: mark, label: long(), text: formatPercent(nearer.value) }];
  });
  const interval = ({ low, high }: (typeof rows)[number]) =>
    m.verdict_gain_interval({ low: formatPercent(low), high: formatPercent(high) });
  return {
    title,
    note: m.verdict_nearer_note(),
    source: nearerSource(audit, privacy),
    fileName: "nearer-to-training",
    table: {
      columns: [textColumn(m.verdict_sampler()), numberColumn(m.verdict_nearer_share()), numberColumn(m.verdict_interval_95())],
      rows: rows.map((row) => [row.label, row.text, interval(row)]),
    },
    ...chart(IntervalRows, {
      label: title,
      rows,
      ideal: { value: 0.5, label: m.verdict_nearer_ideal(), slack: SLACK },
      format: (value: number) => formatPercent(value, 0),
      tip: (index: number) => {
        const row = rows[index];
        return row ? { mark: row.kind, title: row.text, lines: [row.label, interval(row)] } : { title: "", lines: [] };
      },
    }),
  };
}

const DISTANCES = {
  near: m.verdict_distance_title_near,
  even: m.verdict_distance_title_even,
  far: m.verdict_distance_title_far,
} as const;

/** How far rows lie from their nearest training row: generated ones, and real ones that were not trained on. */
export function distanceFigure(privacy: PrivacyFigures): FigureSpec {
  const title = DISTANCES[distanceStanding(privacy)]();
  const bins = distanceBins(privacy);
  const range = (i: number) =>
    m.verdict_overlay_range({ low: formatNumber(bins.edges[i] ?? 0, 2), high: formatNumber(bins.edges[i + 1] ?? 0, 2) });
  const words = (share: number | undefined) => formatPercent(share ?? Number.NaN);
  return {
    title,
    note: m.verdict_distance_note(),
    key: [
      { mark: "real", label: m.verdict_key_fresh() },
      { mark: "synthetic", label: m.verdict_key_synthetic() },
    ],
    source: m.verdict_distance_source({
      made: formatNumber(median(privacy.distances), 3),
      fresh: formatNumber(median(privacy.distancesFresh), 3),
    }),
    fileName: "distances",
    table: {
      columns: [
        textColumn(m.verdict_distance_range()),
        numberColumn(m.verdict_key_fresh()),
        numberColumn(m.verdict_key_synthetic()),
      ],
      rows: bins.real.map((share, i) => [range(i), words(share), words(bins.made[i])]),
    },
    ...chart(OverlayHistogram, {
      label: title,
      bins,
      formatX: (value: number) => formatNumber(value, 2),
      formatY: (value: number) => formatPercent(value, 0),
      tip: (i: number) => ({
        title: range(i),
        lines: [`${m.verdict_key_fresh()}: ${words(bins.real[i])}`, `${m.verdict_key_synthetic()}: ${words(bins.made[i])}`],
      }),
    }),
  };
}

export function checksTitle(privacy: PrivacyFigures): string {
  const share = formatPercent(privacy.copyShare);
  if (hasCopies(privacy)) return m.verdict_checks_title_copies({ share });
  if (!(privacy.copyShare > 0)) return m.verdict_checks_title_none();
  return m.verdict_checks_title_chance({ share, fresh: formatPercent(privacy.copyShareFresh) });
}

/** Check, measured, ideal. */
export function checksTable(privacy: PrivacyFigures, labels: Labels): ChartTable {
  const two = (value: number) => formatNumber(value, 2);
  const { value, low, high } = privacy.membership;
  const worst = attributeGains(privacy)[0];
  return {
    columns: [
      textColumn(m.verdict_checks_check()),
      numberColumn(m.verdict_checks_measured()),
      numberColumn(m.verdict_checks_ideal()),
    ],
    rows: [
      [
        m.verdict_checks_copies(),
        formatPercent(privacy.copyShare),
        m.verdict_checks_copies_ideal({ share: formatPercent(privacy.copyShareFresh) }),
      ],
      [m.verdict_checks_ratio(), two(privacy.neighbourRatio), two(privacy.neighbourRatioFresh)],
      [
        m.verdict_checks_membership(),
        m.verdict_checks_value_interval({ value: two(value), low: two(low), high: two(high) }),
        two(0.5),
      ],
      ...(worst
        ? [
            [
              m.verdict_checks_attribute({ column: labels.column(worst.column) }),
              formatPercent(worst.fromMade),
              m.verdict_checks_copies_ideal({ share: formatPercent(worst.without) }),
            ],
          ]
        : []),
    ],
  };
}

/** Guessing one attribute of a customer from the others is called better from three points on. */
export function attributesTitle(privacy: PrivacyFigures, labels: Labels): string {
  const worst = attributeGains(privacy)[0];
  if (!worst || !(worst.gain > SLACK)) return m.verdict_attributes_title_none();
  return m.verdict_attributes_title({ column: labels.column(worst.column), points: formatNumber(100 * worst.gain, 1) });
}

export function attributesTable(privacy: PrivacyFigures, labels: Labels): ChartTable {
  return {
    columns: [
      textColumn(m.verdict_columns_name()),
      numberColumn(m.verdict_attributes_made()),
      numberColumn(m.verdict_attributes_fresh()),
      numberColumn(m.verdict_attributes_commonest()),
    ],
    rows: attributeGains(privacy).map((each) => [
      labels.column(each.column),
      formatPercent(each.fromMade),
      formatPercent(each.fromFresh),
      formatPercent(each.commonest),
    ]),
  };
}
