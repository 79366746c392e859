import { countLevels } from "../table/column-summary.ts";
import { FREQUENCY_WORDS, foldWords } from "../table/ordered-levels.ts";
import { recodeLevels } from "../table/recode-levels.ts";
import type { CategoricalColumn, Column, Table } from "../table/table.ts";
import type { Synonyms } from "./structure-report.ts";

const MAX_LEVELS = 500;

/** Words of one meaning, each row folded (`foldWords`): how often somebody buys, and short forms. */
const SAME_MEANING: readonly (readonly string[])[] = [
  ...FREQUENCY_WORDS.map(({ words }) => words),
  ["yes", "y", "có"],
  ["no", "n", "không"],
  ["male", "m", "nam"],
  ["female", "f", "nữ"],
];

const MEANING = new Map(SAME_MEANING.flatMap((words) => words.map((word) => [word, words[0]] as const)));

/**
 * A label without what spellings differ in: case, and spaces, hyphens or underscores beside a letter (`T-shirt`, `t shirt`,
 * `TShirt`). Signs stay (`A+`, `A-`), digits stay apart (`1-2`, `12`), accents stay.
 */
function foldLabel(label: string): string {
  const folded = label
    .normalize("NFC")
    .toLowerCase()
    .trim()
    .replace(/[\s_-]+/g, " ");
  return /[\s_-]$/.test(label.trim()) ? label.trim().toLowerCase() : folded.replace(/(?<=\p{L}) | (?=\p{L})/gu, "");
}

/** Labels with equal keys mean the same. */
function meaningKey(label: string): string {
  const meaning = MEANING.get(foldWords(label));
  return meaning ? `= ${meaning}` : foldLabel(label);
}

/** Labels of one column that mean the same; null where there are none. */
export function synonymsOf(column: CategoricalColumn): Synonyms | null {
  const { counts } = countLevels(column);
  const groups = new Map<string, number[]>();
  column.levels.forEach((level, code) => {
    if (counts[code] === 0) return;
    const key = meaningKey(level);
    groups.set(key, [...(groups.get(key) ?? []), code]);
  });
  const several = [...groups.values()].filter((codes) => codes.length > 1);
  if (several.length === 0) return null;
  for (const codes of several) codes.sort((a, b) => counts[b] - counts[a]);
  return {
    column: column.name,
    groups: several.map((codes) => codes.map((code) => column.levels[code])),
    counts: several.map((codes) => codes.map((code) => counts[code])),
  };
}

/** Labels that mean the same, column by column; identifiers and free text are not searched. */
export function findSynonyms(table: Table): Synonyms[] {
  return table.columns
    .filter((column) => column.kind === "categorical")
    .filter((column) => column.type !== "identifier" && column.type !== "text" && column.levels.length <= MAX_LEVELS)
    .map(synonymsOf)
    .filter((synonyms) => synonyms !== null);
}

/** The one of the known labels that means the same as the given one; the given one where none does. */
export function knownSynonym(label: string, known: readonly string[]): string {
  const key = meaningKey(label);
  return known.find((other) => meaningKey(other) === key) ?? label;
}

/** The table with each group of labels written as its first one. Rows and columns stay in their order. */
export function mergeSynonyms(table: Table, synonyms: readonly Pick<Synonyms, "column" | "groups">[]): Table {
  const groupsOf = new Map(synonyms.map(({ column, groups }) => [column, groups]));
  const merge = (column: Column): Column => {
    const groups = groupsOf.get(column.name);
    if (!groups || column.kind === "numeric") return column;
    return recodeLevels(column, { groups: groups.map((group) => [group[0], ...group]), isOrdered: false });
  };
  return { ...table, columns: table.columns.map(merge) };
}
