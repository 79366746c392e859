import type { ColumnSummary, DataReport, Flag, RepairRule } from "../../../table/data-report.ts";
import type { ColumnType, Role } from "../../../table/table.ts";
import type { RetypedColumn, TableEdits } from "../../../table/table-edits.ts";
import type { ColumnDetail, MissingTogether } from "../../../workers/data.jobs.ts";
import { valueLabel } from "../../i18n/column-words.ts";
import { formatCurrency, formatDate, formatNumber, formatPercent, formatShortNumber } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";

const countMissing = (report: DataReport): number => report.columns.reduce((sum, column) => sum + column.nMissing, 0);

/** The sentence that reading the file comes to. */
export function dataFinding(report: DataReport): string {
  const count = formatNumber(report.repaired.count);
  const skipped = formatNumber(report.skipped.count);
  if (report.skipped.count > 0) return m.data_finding_skipped({ rows: formatNumber(report.nRows), skipped });
  if (report.repaired.count > 0) return m.data_finding_repaired({ count });
  if (report.flagged.count > 0) return m.data_finding_flagged({ count: formatNumber(report.flagged.count) });
  const nMissing = countMissing(report);
  return nMissing > 0 ? m.data_finding_missing({ n: nMissing, count: formatNumber(nMissing) }) : m.data_finding_clean();
}

export function missingWords(report: DataReport): string {
  const nMissing = countMissing(report);
  return nMissing === 0 ? m.data_missing_none() : m.data_missing_some({ count: formatNumber(nMissing) });
}

const TYPES: Readonly<Record<ColumnType, () => string>> = {
  numeric: m.data_type_numeric,
  integer: m.data_type_integer,
  categorical: m.data_type_categorical,
  boolean: m.data_type_boolean,
  date: m.data_type_date,
  identifier: m.data_type_identifier,
  text: m.data_type_text,
};
export const typeWords = (type: ColumnType): string => TYPES[type]();

const ROLES: Readonly<Record<Role, () => string>> = {
  feature: m.data_role_feature,
  target: m.data_role_target,
  identifier: m.data_role_identifier,
  ignore: m.data_role_ignore,
};
export const roleWords = (role: Role): string => ROLES[role]();

const RULES: Readonly<Record<RepairRule, () => string>> = {
  "byte-order-mark": m.data_rule_byte_order_mark,
  "mixed-line-ends": m.data_rule_mixed_line_ends,
  "empty-header": m.data_rule_empty_header,
  "duplicate-header": m.data_rule_duplicate_header,
  "surrounding-spaces": m.data_rule_surrounding_spaces,
  "formula-escape": m.data_rule_formula_escape,
  "missing-token": m.data_rule_missing_token,
  currency: m.data_rule_currency,
  percent: m.data_rule_percent,
  "thousands-separator": m.data_rule_thousands_separator,
  "decimal-comma": m.data_rule_decimal_comma,
  parentheses: m.data_rule_parentheses,
  "not-a-number": m.data_rule_not_a_number,
  "date-format": m.data_rule_date_format,
  "not-a-date": m.data_rule_not_a_date,
  "not-yes-or-no": m.data_rule_not_yes_or_no,
  spelling: m.data_rule_spelling,
};
const ruleWords = (rule: RepairRule): string => RULES[rule]();

/** One row for each rule and column: what, where, how often, first line, what stood there, what it became. */
export function repairRows(report: DataReport, label: (column: string) => string): string[][] {
  return report.repaired.counts.map(({ rule, column, count, firstLine }) => {
    const sample = report.repaired.samples.find((repair) => repair.rule === rule && repair.column === column);
    const where = column === "" ? m.data_whole_file() : label(column);
    return [ruleWords(rule), where, formatNumber(count), formatNumber(firstLine), sample?.was ?? "", sample?.became ?? ""];
  });
}

const SKIP_REASONS = {
  "too-few-values": m.data_skip_too_few,
  "too-many-values": m.data_skip_too_many,
  "unclosed-quote": m.data_skip_unclosed_quote,
} as const;

const MAX_ROWS_SHOWN = 20;
const MAX_CHARS_SHOWN = 120;

/** Why a line was left out. */
export const skipWords = (reason: keyof typeof SKIP_REASONS): string => SKIP_REASONS[reason]();

/** The first lines that could not be read: line, reason, text. */
export const skipRows = (report: DataReport): string[][] =>
  report.skipped.samples
    .slice(0, MAX_ROWS_SHOWN)
    .map((line) => [formatNumber(line.line), skipWords(line.reason), line.text.slice(0, MAX_CHARS_SHOWN)]);

function flagWords({ rule, low, high }: Pick<Flag, "rule" | "low" | "high">): string {
  if (rule === "invisible-characters") return m.data_flag_invisible();
  if (rule === "far-from-others") return m.data_flag_far({ low, high });
  if (high === "") return m.data_flag_below({ low });
  return m.data_flag_outside({ low, high });
}

/** The first values that are hardly meant: line, column, value, why. */
export const flagRows = (report: DataReport, label: (column: string) => string): string[][] =>
  report.flagged.samples
    .slice(0, MAX_ROWS_SHOWN)
    .map((flag) => [formatNumber(flag.line), label(flag.column), flag.value, flagWords(flag)]);

const DELIMITERS: Readonly<Record<string, () => string>> = {
  ",": m.data_delimiter_comma,
  ";": m.data_delimiter_semicolon,
  "\t": m.data_delimiter_tab,
  "|": m.data_delimiter_pipe,
};
export const delimiterWords = (delimiter: string): string => DELIMITERS[delimiter]?.() ?? delimiter;

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/\b(vnd|vnđ)\b|₫/i, "VND"],
  [/\beur\b|€/i, "EUR"],
  [/\bgbp\b|£/i, "GBP"],
  [/\bjpy\b|¥/i, "JPY"],
];

/** The currency that a heading names; the shopping table's where it names none. */
const currencyOf = (name: string): string => CURRENCIES.find(([sign]) => sign.test(name))?.[1] ?? "USD";

/** What the numbers of known columns count. */
const UNITS: Partial<Readonly<Record<NonNullable<ColumnSummary["known"]>, () => string>>> = {
  age: m.data_unit_years,
  review_rating: m.data_unit_points,
  previous_purchases: m.data_unit_purchases,
};

/** How a column writes its numbers. */
export function numberWords(column: ColumnSummary): (value: number) => string {
  if (column.known === "purchase_amount")
    return (value) => formatCurrency(value, currencyOf(column.name), Number.isInteger(value) ? 0 : 2);
  if (column.type === "date") return (value) => formatDate(new Date(value));
  return (value) => formatShortNumber(value, 2);
}

/** What a column holds, in one short line. */
export function valuesWords(column: ColumnSummary, nRows: number): string {
  const { summary } = column;
  if (summary.kind === "numeric") {
    const words = numberWords(column);
    const bounds = { low: words(summary.min), high: words(summary.max) };
    if (column.nDistinct === nRows && column.type !== "numeric") return m.data_values_all_different(bounds);
    if (column.type === "date") return m.data_values_range(bounds);
    const unit = column.known ? UNITS[column.known]?.() : undefined;
    const high = unit ? m.data_values_with_unit({ value: bounds.high, unit }) : bounds.high;
    return m.data_values_numeric({ low: bounds.low, high, mean: words(summary.mean) });
  }
  if (column.nDistinct === nRows) return m.data_values_text_different();
  const shown = summary.levels.slice(0, 2).map(({ value, count }) => `${valueLabel(value, column.known)} ${formatNumber(count)}`);
  return shown.join(" · ") + (column.nDistinct > 2 ? " …" : "");
}

/** Missing in a stretch of the file, or strewn over it; and with which other columns. */
export function missingPattern({ missing, nRows }: ColumnDetail, label: (column: string) => string): string {
  const { nMissing, firstRow, lastRow, longestRun, byTenth, together, alsoMissing } = missing;
  if (nMissing === 0) return m.data_profile_none_missing();
  const most = Math.max(...byTenth);
  const facts = {
    count: formatNumber(nMissing),
    share: formatPercent(nMissing / nRows),
    first: formatNumber(firstRow),
    last: formatNumber(lastRow),
    run: formatNumber(longestRun),
    tenth: formatNumber(byTenth.indexOf(most) + 1),
    most: formatPercent(most),
  };
  const words = [m.data_profile_missing(facts)];
  if (together.length > 0) words.push(m.data_profile_together({ columns: together.slice(0, 6).map(label).join(", ") }));
  if (alsoMissing.length > 0) {
    const shares = alsoMissing.map(({ column, share }) => `${label(column)} ${formatPercent(share)}`);
    words.push(m.data_profile_also_missing({ columns: shares.join(", ") }));
  }
  return words.join(" ");
}

function retypedWords(
  { column, inferred, wanted, isDone, nUnreadable }: RetypedColumn,
  label: (column: string) => string,
): string {
  const facts = { column: label(column), wanted: typeWords(wanted), found: typeWords(inferred) };
  if (!isDone) return m.data_edits_not_read(facts);
  if (nUnreadable > 0) return m.data_edits_read_partly({ ...facts, count: formatNumber(nUnreadable) });
  return m.data_edits_read(facts);
}

/** What the user changed in the reading of the file, a sentence for each column. */
export const editWords = (
  { retyped }: Pick<DataReport, "retyped">,
  levels: TableEdits["levels"],
  label: (column: string) => string,
): string[] => [
  ...retyped.map((each) => retypedWords(each, label)),
  ...Object.keys(levels).map((column) => m.data_edits_labels({ column: label(column) })),
];

/** Whether values are missing one at a time or together. */
export function gapTitle({ groups, nOther, nSeveral }: MissingTogether): string {
  const nIncomplete = groups.reduce((sum, { nRows }) => sum + nRows, nOther);
  if (nSeveral === 0) return m.data_gaps_single();
  return m.data_gaps_several({ share: formatPercent(nSeveral / nIncomplete), rows: formatNumber(nIncomplete) });
}
