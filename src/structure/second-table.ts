import type { AlignReport } from "../table/align-report.ts";
import { alignTable, matchNames } from "../table/align-table.ts";
import { selectColumns, type Table } from "../table/table.ts";
import { learningColumns } from "./learning-table.ts";
import type { TableSettings } from "./structure-report.ts";
import { knownSynonym } from "./synonyms.ts";

/**
 * A second table in the features that models of the first learn from. Where labels of one meaning are merged, the second
 * table's labels are written as the first's that mean the same.
 * @throws TrendloomError columns-missing, and as `learningColumns`
 */
export function alignSecond(
  second: Table,
  first: Table,
  settings: TableSettings & { readonly nFolds: number },
): { table: Table; report: AlignReport & { readonly target: string | null } } {
  const learning = learningColumns(first, settings);
  const features = selectColumns(learning.table, learning.task.features);
  const { table, report } = alignTable(second, features, settings.mergeSynonyms ? knownSynonym : (label) => label);
  const target = matchNames([settings.target], report.extra)[0]?.from ?? null;
  return { table, report: { ...report, target } };
}
