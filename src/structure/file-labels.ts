import { countLevels } from "../table/column-summary.ts";
import { levelRanks } from "../table/ordered-levels.ts";
import type { Column } from "../table/table.ts";
import { synonymsOf } from "./synonyms.ts";

const MAX_LISTED = 200;

/** The labels of a column as they stand in the file, commonest first. */
export interface FileLabels {
  /** At most 200; `nLabels` counts all. `rank` is the label's place where all have an order of themselves, else null. */
  readonly labels: readonly { readonly label: string; readonly count: number; readonly rank: number | null }[];
  readonly nLabels: number;
  /** Labels that mean the same, the commonest of each group first. */
  readonly synonyms: readonly (readonly string[])[];
}

/** The labels of a column of words; null for numbers. */
export function fileLabels(column: Column): FileLabels | null {
  if (column.kind === "numeric") return null;
  const { counts } = countLevels(column);
  const ranks = levelRanks(column.levels);
  const labels = column.levels
    .map((label, code) => ({ label, count: counts[code], rank: ranks ? ranks[code] : null }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const synonyms = labels.length <= MAX_LISTED ? (synonymsOf(column)?.groups ?? []) : [];
  return { labels: labels.slice(0, MAX_LISTED), nLabels: labels.length, synonyms };
}
