import { numberColumn, textColumn } from "../figures/figure-spec.ts";
import { formatNumber, formatPercent } from "../i18n/format.ts";
import { m } from "../i18n/paraglide/messages.js";
import { sampleWords } from "../parts/sample-words.ts";
import { dataFinding, editWords, missingWords, repairRows, roleWords, skipWords, typeWords } from "../screens/data/data-words.ts";
import { structureConclusion, structureFinding } from "../screens/structure/structure-words.ts";
import { type Html, html } from "./html.ts";
import { list, section, table, tableFigure } from "./report-parts.ts";
import type { ReportSource } from "./report-source.ts";

/** The levels that the user set: as which each is read that the file writes otherwise, and their order. */
function levelWords({ settings, labels }: ReportSource): string[] {
  return Object.entries(settings.levels).map(([column, { groups, isOrdered }]) => {
    const name = (level: string) => labels.value(column, level);
    const renamed = groups
      .filter((group) => group.length > 1)
      .map(([level = "", ...written]) => m.report_level_for({ level: name(level), written: written.map(name).join(", ") }));
    const order = isOrdered ? [m.report_levels_order({ levels: groups.map(([level = ""]) => name(level)).join(" < ") })] : [];
    const parts = [...renamed, ...order];
    return parts.length === 0
      ? m.data_edits_labels({ column: labels.column(column) })
      : m.report_levels({ column: labels.column(column), parts: parts.join("; ") });
  });
}

/** What was read, repaired and left out: rules and counts, never cells. */
export function dataSection(source: ReportSource): Html | null {
  const { data: report, labels, roles } = source;
  if (!report) return null;
  const size = m.report_data_size({ rows: formatNumber(report.nRows), columns: formatNumber(report.nColumns) });
  const edits = [...editWords(report, {}, labels.column), ...levelWords(source)];
  const repairs = repairRows(report, labels.column).map((row) => row.slice(0, 4));
  const reasons = [...new Set(report.skipped.samples.map(({ reason }) => skipWords(reason)))];
  return section(m.report_data(), dataFinding(report), [
    html`<p>${size} ${missingWords(report)} ${sampleWords(report)}</p>`,
    edits.length === 0 ? null : html`<p><b>${m.data_edits_title()}</b></p>${list(edits)}`,
    repairs.length === 0
      ? null
      : tableFigure(m.report_repairs(), {
          columns: [
            textColumn(m.report_rule()),
            textColumn(m.report_where()),
            numberColumn(m.report_count()),
            numberColumn(m.report_line()),
          ],
          rows: repairs,
        }),
    report.skipped.count === 0
      ? null
      : html`<p>${m.report_skipped()}: ${formatNumber(report.skipped.count)} (${reasons.join(", ")})</p>`,
    html`<details><summary>${m.report_columns()}</summary>${table({
      columns: [
        textColumn(m.report_column()),
        textColumn(m.report_type()),
        textColumn(m.report_role()),
        numberColumn(m.report_missing()),
        numberColumn(m.report_distinct()),
      ],
      rows: report.columns.map((column) => [
        labels.column(column.name),
        typeWords(column.type),
        roleWords(roles[column.name] ?? column.role),
        formatPercent(column.nMissing / Math.max(1, report.nRows)),
        formatNumber(column.nDistinct),
      ]),
    })}</details>`,
  ]);
}

function structureRules({ structure, labels, data }: ReportSource): string[] {
  if (!structure) return [];
  const rows = formatNumber(data?.nRows ?? 0);
  const label = labels.column;
  return [
    ...structure.dependencies.map(
      ({ from, to, nFrom, nTo }) =>
        `${m.structure_dependency({ from: from.map(label).join(" + "), to: label(to) })}. ${m.structure_dependency_text({ from: formatNumber(nFrom), to: formatNumber(nTo), rows })}`,
    ),
    ...structure.identical.map(
      ([first, second]) =>
        `${m.structure_identical({ first: label(first), second: label(second) })}. ${m.structure_identical_text({ rows })}`,
    ),
    ...structure.combinations.map(
      ({ columns, nCells, nAbsent }) =>
        `${m.structure_combinations({ count: formatNumber(nCells), absent: formatNumber(nAbsent) })}: ${m.structure_combinations_text({ columns: columns.map(label).join(", ") })}`,
    ),
    ...structure.synonyms.map(({ column, groups }) =>
      m.report_synonyms({
        column: label(column),
        groups: groups.map((group) => group.map((value) => labels.value(column, value)).join(" = ")).join("; "),
      }),
    ),
    ...structure.identifiers.map((column) => m.report_identifier({ column: label(column) })),
  ];
}

/** The rules that bind the columns, and the pairs that are linked. */
export function structureSection(source: ReportSource): Html | null {
  const { structure, labels } = source;
  if (!structure) return null;
  const rules = structureRules(source);
  const content = [
    rules.length === 0 ? html`<p>${m.report_rules_none()}</p>` : list(rules),
    structure.signalPairs.length === 0
      ? null
      : tableFigure(m.report_signal_pairs(), {
          columns: [textColumn(m.report_pair()), numberColumn(m.report_strength())],
          rows: structure.signalPairs.map(({ a, b, value }) => [
            `${labels.column(a)} × ${labels.column(b)}`,
            formatNumber(value, 2),
          ]),
        }),
    html`<p class="conclusion">${structureConclusion(structure)}</p>`,
  ];
  return section(m.report_structure(), structureFinding(structure), content, source.stale.includes("structure"));
}
