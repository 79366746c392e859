import type { KnownColumn } from "./known-columns.ts";
import type { ColumnType, Role } from "./table.ts";
import type { RetypedColumn } from "./table-edits.ts";

/** Why a cell, a heading or the file itself was not taken as it stood. */
export type RepairRule =
  | "byte-order-mark"
  | "mixed-line-ends"
  | "empty-header"
  | "duplicate-header"
  | "surrounding-spaces"
  | "formula-escape"
  | "missing-token"
  | "currency"
  | "percent"
  | "thousands-separator"
  | "decimal-comma"
  | "parentheses"
  | "not-a-number"
  | "date-format"
  | "not-a-date"
  | "not-yes-or-no"
  | "spelling";

/** One repaired cell: where, what stood there, what it became, by which rule. Lines count from 1 and include the header. */
export interface Repair {
  readonly line: number;
  /** Empty for a repair of the whole file. */
  readonly column: string;
  readonly was: string;
  readonly became: string;
  readonly rule: RepairRule;
}

/** How often one rule was applied to one column. */
export interface RepairCount {
  readonly column: string;
  readonly rule: RepairRule;
  readonly count: number;
  readonly firstLine: number;
}

export interface SkippedLine {
  readonly line: number;
  readonly reason: "too-few-values" | "too-many-values" | "unclosed-quote";
  readonly text: string;
}

export type FlagRule = "out-of-range" | "far-from-others" | "invisible-characters";

/**
 * A value that was read as it stands and is hardly meant. `low` and `high` are what is possible, or where all others lie. Where
 * it holds characters that are not seen, `value` shows them (`showInvisible`).
 */
export interface Flag {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly rule: FlagRule;
  /** Empty where there is no such bound. */
  readonly low: string;
  readonly high: string;
}

export interface FlagCount extends Omit<Flag, "line" | "value"> {
  readonly count: number;
  readonly firstLine: number;
}

/** The part of the rows that is in use. */
export interface RowSample {
  readonly share: number;
  /** The column whose values hold the same share of the sample as of the file; null where each row had the same chance. */
  readonly by: string | null;
  /** Rows of the file, read or not. */
  readonly nRowsInFile: number;
}

/** What reading the text told beside the table itself. */
export interface ReadingFacts {
  readonly delimiter: string;
  readonly encoding: string;
  readonly lineEnd: "\n" | "\r\n" | "\r";
  /** `samples` holds at most 200 repairs, at most 20 of each rule in each column; `counts` holds all rules. */
  readonly repaired: { readonly count: number; readonly samples: readonly Repair[]; readonly counts: readonly RepairCount[] };
  /** `samples` holds at most 1,000 lines. */
  readonly skipped: { readonly count: number; readonly samples: readonly SkippedLine[] };
  /** Values that are hardly meant; they stand in the table unchanged. `samples` holds at most 200, at most 20 of each kind. */
  readonly flagged: { readonly count: number; readonly samples: readonly Flag[]; readonly counts: readonly FlagCount[] };
  /** Columns that the user gave a type. */
  readonly retyped: readonly RetypedColumn[];
  /** Null where all rows are in use. */
  readonly sample: RowSample | null;
}

export interface NumericSummary {
  readonly kind: "numeric";
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Sample standard deviation (n − 1). */
  readonly sd: number;
  readonly median: number;
  /** `counts[i]` values lie in [edges[i], edges[i + 1]), the last bin closed. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface CategoricalSummary {
  readonly kind: "categorical";
  /** Commonest first, at most 60. */
  readonly levels: readonly { readonly value: string; readonly count: number }[];
}

export interface ColumnSummary {
  readonly name: string;
  /** Which column of the shopping table this is, in whatever spelling; null for any other. */
  readonly known: KnownColumn | null;
  readonly type: ColumnType;
  /** The suggested role; the user may choose another. */
  readonly role: Role;
  readonly nMissing: number;
  readonly nDistinct: number;
  readonly summary: NumericSummary | CategoricalSummary;
}

export interface DataReport extends ReadingFacts {
  readonly name: string;
  readonly sha256: string;
  readonly nBytes: number;
  readonly nRows: number;
  readonly nColumns: number;
  readonly columns: readonly ColumnSummary[];
  /** Frequency of Purchases where present, else the last categorical column, else the last numeric one. */
  readonly suggestedTarget: string;
}
