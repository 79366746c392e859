import { foldName, type KnownColumn, knownColumn } from "../table/known-columns.ts";
import type { CategoricalColumn, Column, NumericColumn, Table } from "../table/table.ts";

/** The table's column that is that column of the shopping table, in whatever spelling or language its heading is. */
export function columnKnownAs(table: Table, known: KnownColumn): Column | undefined {
  return table.columns.find((column) => knownColumn(column.name) === known);
}

export function numericKnownAs(table: Table, known: KnownColumn): NumericColumn | undefined {
  const column = columnKnownAs(table, known);
  return column?.kind === "numeric" ? column : undefined;
}

export function categoricalKnownAs(table: Table, known: KnownColumn): CategoricalColumn | undefined {
  const column = columnKnownAs(table, known);
  return column?.kind === "categorical" ? column : undefined;
}

const MONEY_WORDS = /\b(amount|revenue|spend|spent|spending|sales|charges|turnover|doanh thu|so tien|chi tieu)\b/;

/** What customers paid: Purchase Amount, else the first numeric column whose heading speaks of money, totals first. */
export function moneyColumn(table: Table): NumericColumn | undefined {
  const known = numericKnownAs(table, "purchase_amount");
  if (known) return known;
  const candidates = table.columns
    .filter((column) => column.kind === "numeric")
    .filter((column) => column.type !== "identifier" && MONEY_WORDS.test(foldName(column.name)));
  return candidates.find((column) => /\b(total|tong)\b/.test(foldName(column.name))) ?? candidates[0];
}

/** Numbers that ordered levels stand for, by folded level. */
export type LevelCodes = Readonly<Record<string, number>>;

/** Purchases per year of the known purchase frequencies. */
export const PURCHASES_PER_YEAR: LevelCodes = {
  weekly: 52,
  fortnightly: 26,
  "bi weekly": 26,
  monthly: 12,
  quarterly: 4,
  "every 3 months": 4,
  annually: 1,
  "hang tuan": 52,
  "hai tuan mot lan": 26,
  "hang thang": 12,
  "hang quy": 4,
  "ba thang mot lan": 4,
  "hang nam": 1,
};

/** The seed project's coding, kept as it was: it puts Every 3 Months below Annually. */
export const SEED_FREQUENCY_CODES: LevelCodes = {
  "every 3 months": 1,
  annually: 2,
  quarterly: 3,
  monthly: 4,
  "bi weekly": 5,
  fortnightly: 6,
  weekly: 7,
  "ba thang mot lan": 1,
  "hang nam": 2,
  "hang quy": 3,
  "hang thang": 4,
  "hai tuan mot lan": 5,
  "hang tuan": 7,
};

/**
 * A column's values: its place in the order that the user gave its levels (the seed project's coding goes before it), else by a
 * code table, NaN where a level is unknown or missing; undefined unless most levels are known.
 */
export function codeLevels(column: CategoricalColumn, codes: LevelCodes): Float64Array | undefined {
  if (column.isOrdered && codes !== SEED_FREQUENCY_CODES)
    return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code + 1));
  const ofLevel = column.levels.map((level) => codes[foldName(level)] ?? Number.NaN);
  const nKnown = ofLevel.filter((code) => !Number.isNaN(code)).length;
  if (2 * nKnown <= ofLevel.length) return undefined;
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : ofLevel[code]));
}
