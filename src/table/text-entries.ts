import type { RepairRule } from "./data-report.ts";
import { unescapeFormula } from "./formula-escape.ts";
import { isMissingToken } from "./missing-values.ts";
import { countTexts, type RawColumn } from "./raw-column.ts";

export interface TextRepair {
  readonly became: string;
  readonly rule: RepairRule;
}

/** A distinct text of the column, cleaned. */
export interface Entry {
  readonly code: number;
  readonly count: number;
  readonly text: string;
  readonly rule: RepairRule | null;
}

function cleanText(raw: string): { text: string; rule: RepairRule | null } {
  const trimmed = raw.trim();
  const text = unescapeFormula(trimmed);
  if (isMissingToken(text)) return { text: "", rule: "missing-token" };
  if (text !== trimmed) return { text, rule: "formula-escape" };
  return { text, rule: text !== raw && text !== "" ? "surrounding-spaces" : null };
}

/** The distinct texts that are no missing value, and what was cleaned of any, by code. */
export function cleanedEntries(raw: RawColumn): { entries: Entry[]; cleaned: Map<number, TextRepair> } {
  const counts = countTexts(raw);
  const all = raw.texts.map((text, code) => ({ code, count: counts[code], ...cleanText(text) }));
  const cleaned = all.flatMap(({ code, text, rule }): [number, TextRepair][] => (rule ? [[code, { became: text, rule }]] : []));
  return { entries: all.filter((entry) => entry.text !== ""), cleaned: new Map(cleaned) };
}
