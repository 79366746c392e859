import { TrendloomError } from "../core/errors.ts";
import { foldName } from "../table/known-columns.ts";
import { type Column, findColumn, type Table } from "../table/table.ts";
import { FM_SEGMENTS, RFM_SEGMENTS } from "./segment-definition.params.ts";
import type { RfmPart } from "./segment-model.ts";
import type { RfmReport } from "./segments-report.ts";
import { categoricalKnownAs, codeLevels, moneyColumn, numericKnownAs, PURCHASES_PER_YEAR } from "./shopping-columns.ts";

export interface RfmColumns {
  readonly recency: Column | null;
  readonly frequency: Column;
  readonly money: Column;
}

const RECENCY_WORDS = /\b(recency|days since|last (purchase|order|visit)|mua gan nhat|lan cuoi)\b/;
const FREQUENCY_WORDS = /\b(frequency|number of (orders|purchases)|n orders|orders|purchases|so lan|so don)\b/;

/** Numbers, dates, and purchase frequencies in words can be scored. */
const isScorable = (column: Column): boolean => column.kind === "numeric" || codeLevels(column, PURCHASES_PER_YEAR) !== undefined;

function byWords(table: Table, words: RegExp): Column | undefined {
  return table.columns.find((column) => isScorable(column) && column.type !== "identifier" && words.test(foldName(column.name)));
}

/**
 * The three columns, as named or as their headings tell. Recency may be absent: many tables do not know it.
 * @throws TrendloomError segment-columns-missing
 */
export function findRfmColumns(table: Table, named: { recency: string; frequency: string; money: string }): RfmColumns {
  const given = (name: string, fallback: () => Column | undefined): Column | undefined => {
    if (name === "") return fallback();
    const column = findColumn(table, name);
    if (!column || !isScorable(column)) throw new TrendloomError("segment-columns-missing", { columns: name });
    return column;
  };
  const recency = given(named.recency, () => byWords(table, RECENCY_WORDS));
  const frequency = given(
    named.frequency,
    () =>
      numericKnownAs(table, "previous_purchases") ??
      categoricalKnownAs(table, "frequency_of_purchases") ??
      byWords(table, FREQUENCY_WORDS),
  );
  const money = given(named.money, () => moneyColumn(table));
  if (!frequency || !money) {
    const missing = [frequency ? "" : "frequency", money ? "" : "money"].filter(Boolean);
    throw new TrendloomError("segment-columns-missing", { columns: missing.join(", ") });
  }
  return { recency: recency ?? null, frequency, money };
}

/** Scores lie at the quintiles; a value missing gets the middle one. */
const N_SCORES = 5;
const MIDDLE_SCORE = 3;

function numbersOf(column: Column, part: Pick<RfmPart, "sign" | "levels" | "codes">): Float64Array {
  if (column.kind === "numeric") return column.values.map((value) => part.sign * value);
  const codeOf = new Map(part.levels.map((level, i) => [level, part.codes[i]]));
  return Float64Array.from(column.codes, (code) =>
    code < 0 ? Number.NaN : part.sign * (codeOf.get(column.levels[code]) ?? Number.NaN),
  );
}

/** A part's quintiles. Fewer days since the last purchase are better, but a later date is. */
function fitPart(part: RfmPart["part"], column: Column): RfmPart {
  const sign = part === "recency" && column.type !== "date" ? -1 : 1;
  const ordered = column.kind === "categorical" ? codeLevels(column, PURCHASES_PER_YEAR) : undefined;
  const codeOf = new Map<string, number>();
  if (column.kind === "categorical" && ordered)
    column.codes.forEach((code, row) => {
      if (code >= 0 && !Number.isNaN(ordered[row])) codeOf.set(column.levels[code], ordered[row]);
    });
  const coding = { sign, levels: [...codeOf.keys()], codes: [...codeOf.values()] } as const;
  const sorted = numbersOf(column, coding)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const bounds = Array.from({ length: N_SCORES - 1 }, (_, i) =>
    sorted.length > 0 ? sorted[Math.ceil(((i + 1) * sorted.length) / N_SCORES) - 1] : 0,
  );
  return { part, column: column.name, ...coding, bounds };
}

/** Scores 1 to 5: one more than the number of lower quintile bounds that a value exceeds, so equal values score alike. */
export function scoreColumn(column: Column, part: RfmPart): Uint8Array {
  return Uint8Array.from(numbersOf(column, part), (value) =>
    Number.isNaN(value) ? MIDDLE_SCORE : 1 + part.bounds.filter((bound) => value > bound).length,
  );
}

export function fitRfm({ recency, frequency, money }: RfmColumns): RfmPart[] {
  const parts = [fitPart("frequency", frequency), fitPart("money", money)];
  return recency ? [fitPart("recency", recency), ...parts] : parts;
}

/** 0 for a (mean) score of at least 4, 1 from 2, or from 3 with `isRecency`, 2 below. */
const third = (score: number, isRecency: boolean): number => (score >= 4 ? 0 : score >= (isRecency ? 3 : 2) ? 1 : 2);

/** Key of the RFM segment that scores (recency 0: unknown) stand for. */
export function rfmSegment(recency: number, frequency: number, money: number): string {
  if (recency > 0) return RFM_SEGMENTS[3 * third(recency, true) + third((frequency + money) / 2, false)];
  return FM_SEGMENTS[(money >= MIDDLE_SCORE ? 0 : 2) + (frequency >= MIDDLE_SCORE ? 0 : 1)];
}

/** Key of each row's segment, and how many rows have each triple of scores. @throws TrendloomError segment-columns-missing */
export function scoreRows(
  table: Table,
  parts: readonly RfmPart[],
): { readonly segments: readonly string[]; readonly cells: RfmReport["cells"] } {
  const scoresOf = (name: RfmPart["part"]): Uint8Array => {
    const part = parts.find((candidate) => candidate.part === name);
    if (!part) return new Uint8Array(table.nRows);
    const column = findColumn(table, part.column);
    if (!column || (column.kind === "categorical" && part.levels.length === 0))
      throw new TrendloomError("segment-columns-missing", { columns: part.column });
    return scoreColumn(column, part);
  };
  const [recency, frequency, money] = [scoresOf("recency"), scoresOf("frequency"), scoresOf("money")];
  const counts = new Map<number, number>();
  const segments = Array.from(frequency, (score, row) => {
    const key = 100 * recency[row] + 10 * score + money[row];
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return rfmSegment(recency[row], score, money[row]);
  });
  const cells = [...counts]
    .sort(([a], [b]) => b - a)
    .map(([key, count]) => ({
      recency: Math.floor(key / 100),
      frequency: Math.floor(key / 10) % 10,
      money: key % 10,
      count,
    }));
  return { segments, cells };
}

/** Labels of segment keys, in the order of the RFM grid; keys without rows are left out. */
export function labelRfm(segments: readonly string[]): { readonly labels: Uint8Array; readonly names: readonly string[] } {
  const present = new Set(segments);
  const names = [...RFM_SEGMENTS, ...FM_SEGMENTS].filter((name) => present.has(name));
  const labelOf = new Map<string, number>(names.map((name, label) => [name, label]));
  return { labels: Uint8Array.from(segments, (name) => labelOf.get(name) ?? 0), names };
}
