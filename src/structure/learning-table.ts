import { dropUnusedLevels } from "../table/drop-unused-levels.ts";
import { resolveRoles } from "../table/roles.ts";
import { allRows, type Column, findColumn, selectColumns, type Table, takeRows } from "../table/table.ts";
import type { TableEdits } from "../table/table-edits.ts";
import { makeTask, type Task } from "../table/task.ts";
import { findDuplicateGroups } from "./duplicates.ts";
import type { Synonyms, TableSettings } from "./structure-report.ts";
import { findSynonyms, mergeSynonyms } from "./synonyms.ts";

const isMissing = (column: Column, row: number): boolean =>
  column.kind === "categorical" ? column.codes[row] < 0 : Number.isNaN(column.values[row]);

/** The rows that hold a value of `target`, and their positions. */
export function dropMissingTarget(table: Table, target: string): { table: Table; rows: Int32Array } {
  const column = findColumn(table, target);
  const rows = allRows(table.nRows).filter((row) => column === undefined || !isMissing(column, row));
  return { table: rows.length === table.nRows ? table : takeRows(table, rows), rows };
}

/** Labels of one meaning that are to be merged: none in columns whose labels the user set by hand. */
function wantedSynonyms(table: Table, settings: TableSettings, levels: TableEdits["levels"]): Synonyms[] {
  return settings.mergeSynonyms ? findSynonyms(table).filter(({ column }) => !Object.hasOwn(levels, column)) : [];
}

/** The table as the user set it: labels of one meaning merged where asked for. */
export function applySettings(table: Table, settings: TableSettings, levels: TableEdits["levels"] = {}): Table {
  return mergeSynonyms(table, wantedSynonyms(table, settings, levels));
}

export interface LearningTable {
  readonly table: Table;
  readonly task: Task;
  /** Near-duplicate group of each row, found once for all splits; null where no row has a near-duplicate. */
  readonly groups: Int32Array | null;
  /** Positions of the rows in the table as it was read. */
  readonly rows: Int32Array;
  /** Labels that were written as another one; each group names the one first. */
  readonly merged: readonly Pick<Synonyms, "column" | "groups">[];
}

/** How the table is read for learning: `levels` are those that its labels were written by already. */
type LearningSettings = TableSettings & { readonly nFolds: number; readonly levels?: TableEdits["levels"] };

/** Every label that is written as another one, by the user's hand or as of one meaning. */
function mergedLabels(synonyms: readonly Synonyms[], levels: TableEdits["levels"]): LearningTable["merged"] {
  const renamed = Object.entries(levels).map(([column, { groups }]) => ({
    column,
    groups: groups.filter((group) => group.length > 1),
  }));
  return [...renamed, ...synonyms.map(({ column, groups }) => ({ column, groups }))].filter(({ groups }) => groups.length > 0);
}

/**
 * The columns and rows to learn from and their task: synonyms merged where asked for, rows without a target left out, only
 * features and the target kept, every class present.
 * @throws TrendloomError as `makeTask`
 */
export function learningColumns(table: Table, settings: LearningSettings): Omit<LearningTable, "groups"> {
  const roleOf = resolveRoles(table, settings.target, settings.roles);
  const levels = settings.levels ?? {};
  const synonyms = wantedSynonyms(table, settings, levels);
  const { table: present, rows } = dropMissingTarget(mergeSynonyms(table, synonyms), settings.target);
  const names = present.columns.map((column) => column.name);
  const kept = selectColumns(
    present,
    names.filter((name) => roleOf(name) === "feature" || name === settings.target),
  );
  const columns = kept.columns.map((column) =>
    column.name === settings.target && column.kind === "categorical" ? dropUnusedLevels(column) : column,
  );
  const learning = { nRows: kept.nRows, columns };
  const merged = mergedLabels(synonyms, levels).filter(({ column }) => findColumn(learning, column));
  const task = makeTask(learning, settings.target, roleOf, settings.nFolds);
  return { table: learning, task, rows, merged };
}

/**
 * The table to learn from and its task, see `learningColumns`, with the groups of near-duplicates over features and target.
 * @throws TrendloomError as `makeTask`
 */
export function learningTable(table: Table, settings: LearningSettings): LearningTable {
  const learning = learningColumns(table, settings);
  const { groupOf, nNearDuplicates } = findDuplicateGroups(learning.table);
  return { ...learning, groups: nNearDuplicates > 0 ? groupOf : null };
}

/**
 * The same rows with one of the features as the target, and the target among the features.
 * @throws TrendloomError as `makeTask`
 */
export function retarget(
  learning: Pick<LearningTable, "table"> & { readonly groups?: Int32Array | null },
  target: string,
  nFolds: number,
): Pick<LearningTable, "table" | "task" | "groups"> {
  const { table, rows } = dropMissingTarget(learning.table, target);
  const columns = table.columns.map((column) =>
    column.name === target && column.kind === "categorical" ? dropUnusedLevels(column) : column,
  );
  const groups = learning.groups ? rows.map((row) => learning.groups![row]) : null;
  const kept = { nRows: table.nRows, columns };
  return { table: kept, task: makeTask(kept, target, () => "feature", nFolds), groups };
}
