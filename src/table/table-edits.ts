import type { ColumnType } from "./table.ts";

/** Types that a user may give a column. */
export type SettableType = Exclude<ColumnType, "integer">;

/** How the levels of one column are to be written, see `recodeLevels`. */
export interface LevelEdit {
  /** Each level as it is written, then the labels of the file that stand for it; one name alone stands for itself. */
  readonly groups: readonly (readonly string[])[];
  /** The order of the groups means something, from low to high. */
  readonly isOrdered: boolean;
}

/** What the user changed in the reading of a file, by column name. */
export interface TableEdits {
  readonly types: Readonly<Record<string, SettableType>>;
  readonly levels: Readonly<Record<string, LevelEdit>>;
}

export const NO_EDITS: TableEdits = { types: {}, levels: {} };

/** A column that the user gave another type. */
export interface RetypedColumn {
  readonly column: string;
  /** The type that the values suggest. */
  readonly inferred: ColumnType;
  readonly wanted: SettableType;
  /** False where no value could be read so: the column then stays as it was. */
  readonly isDone: boolean;
  /** Rows whose value could not be read as that type, and is missing now. */
  readonly nUnreadable: number;
}
