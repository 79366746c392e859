import type { ReadingFacts } from "./data-report.ts";
import type { ColumnType } from "./table.ts";

/** A column of the model, and the second file's column that stands for it. */
export interface MatchedColumn {
  readonly column: string;
  /** The heading in the second file. */
  readonly from: string;
  /** The same heading; another known spelling of it, in English or Vietnamese; or the same but for case, accents and signs. */
  readonly by: "name" | "known-name" | "folded-name";
}

/** A column that holds another kind of values than the model learned from; what could be read was kept. */
export interface TypeConflict {
  readonly column: string;
  readonly expected: ColumnType;
  readonly got: ColumnType;
  /** Rows whose value could not be read and is missing now. */
  readonly nUnreadable: number;
}

/** Values that the learning table never held; a model treats them as it does any value it has not seen. */
export interface UnknownLevel {
  readonly column: string;
  readonly level: string;
  readonly nRows: number;
}

export interface AlignReport {
  readonly nRows: number;
  readonly matched: readonly MatchedColumn[];
  /** Columns of the model that the file has not: missing in every row. */
  readonly missing: readonly string[];
  /** Columns of the file that the model does not ask for; they are kept in what is written. */
  readonly extra: readonly string[];
  readonly conflicts: readonly TypeConflict[];
  /** Those of most rows first, at most 50; `nUnknownLevels` counts all. */
  readonly unknownLevels: readonly UnknownLevel[];
  readonly nUnknownLevels: number;
  /** Rows with at least one such value. */
  readonly nRowsWithUnknown: number;
}

/** What was read from a second file, beside the table itself. */
export interface SecondFileReport extends ReadingFacts, AlignReport {
  readonly name: string;
  readonly nBytes: number;
  readonly nColumns: number;
  /** The file's heading of the column that is predicted, where it has one; nothing is read from it. */
  readonly target: string | null;
}
