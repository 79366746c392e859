import type { CategoricalColumn, Column, Table } from "./table.ts";
import type { LevelEdit, TableEdits } from "./table-edits.ts";

/** The labels that a group stands for. */
export const labelsOfGroup = (group: readonly string[]): readonly string[] => (group.length > 1 ? group.slice(1) : group);

/** How each label of a column is written; labels that no group names stay as they are. */
export function writtenAs({ groups }: Pick<LevelEdit, "groups">): (label: string) => string {
  const written = new Map(groups.flatMap((group) => labelsOfGroup(group).map((label) => [label, group[0]] as const)));
  return (label) => written.get(label) ?? label;
}

/**
 * The column with its labels written as the groups say; labels of one name become one level. Ordered groups come first, in
 * their order, whether or not a row holds them; else levels keep the order in which their first label stood. O(nRows).
 */
export function recodeLevels(column: CategoricalColumn, edit: LevelEdit): CategoricalColumn {
  const write = writtenAs(edit);
  const codeOf = new Map<string, number>();
  const codeFor = (level: string): number => {
    const code = codeOf.get(level) ?? codeOf.size;
    codeOf.set(level, code);
    return code;
  };
  if (edit.isOrdered) for (const group of edit.groups) codeFor(group[0]);
  const recode = Int32Array.from(column.levels, (level) => codeFor(write(level)));
  const codes = column.codes.map((code) => (code < 0 ? -1 : recode[code]));
  const recoded = { ...column, levels: [...codeOf.keys()], codes };
  return edit.isOrdered ? { ...recoded, isOrdered: true } : recoded;
}

/** The table with the levels of its columns as the user wants them; columns of numbers stay as they are. */
export function recodeTable(table: Table, levels: TableEdits["levels"]): Table {
  const recode = (column: Column): Column =>
    column.kind === "categorical" && Object.hasOwn(levels, column.name) ? recodeLevels(column, levels[column.name]) : column;
  return { ...table, columns: table.columns.map(recode) };
}
