import type { SegmentSettings, SegmentsReport } from "../segments/segments-report.ts";
import type { ColumnType, Role, Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

export type {
  ChoiceOfK,
  SegmentCard,
  SegmentMethod,
  SegmentPreset,
  SegmentSettings,
  SegmentsReport,
} from "../segments/segments-report.ts";

/** One repaired cell: where, what stood there, what it became, by which rule. Lines count from 1 and include the header. */
export interface Repair {
  readonly line: number;
  readonly column: string;
  readonly was: string;
  readonly became: string;
  readonly rule: string;
}

export interface SkippedLine {
  readonly line: number;
  readonly reason: "too-few-values" | "too-many-values";
  readonly text: string;
}

export interface NumericSummary {
  readonly kind: "numeric";
  readonly min: number;
  readonly max: number;
  readonly mean: number;
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
  readonly type: ColumnType;
  readonly role: Role;
  readonly nMissing: number;
  readonly nDistinct: number;
  readonly summary: NumericSummary | CategoricalSummary;
}

export interface DataReport {
  readonly name: string;
  readonly sha256: string;
  readonly nBytes: number;
  readonly nRows: number;
  readonly nColumns: number;
  readonly delimiter: string;
  readonly encoding: string;
  readonly repaired: { readonly count: number; readonly samples: readonly Repair[] };
  readonly skipped: { readonly count: number; readonly samples: readonly SkippedLine[] };
  readonly columns: readonly ColumnSummary[];
  /** Frequency of Purchases where present, else the last categorical column, else the last numeric one. */
  readonly suggestedTarget: string;
}

/** Changes the user made to the table's reading. */
export interface TableSettings {
  readonly target: string;
  readonly roles: Readonly<Record<string, Role>>;
  readonly mergeSynonyms: boolean;
}

export interface Association {
  readonly a: string;
  readonly b: string;
  /** Bias-corrected Cramér's V with numbers in 10 equal-width bins (Bergsma 2013). */
  readonly measure: "cramers-v";
  readonly value: number;
}

export interface StructureReport {
  readonly identifiers: readonly string[];
  readonly constants: readonly string[];
  readonly identical: readonly (readonly [string, string])[];
  readonly dependencies: readonly {
    readonly from: readonly string[];
    readonly to: string;
    readonly nFrom: number;
    readonly nTo: number;
  }[];
  readonly combinations: readonly {
    readonly columns: readonly string[];
    readonly cells: readonly { readonly values: readonly string[]; readonly count: number }[];
    /** Combinations of the columns' values that never occur. */
    readonly nAbsent: number;
  }[];
  readonly synonyms: readonly {
    readonly column: string;
    /** Each group names one meaning; counts stand in the same order as the labels. */
    readonly groups: readonly (readonly string[])[];
    readonly counts: readonly (readonly number[])[];
  }[];
  /** How well the row's position tells a two-valued column: AUC, 0.5 means not at all. */
  readonly rowOrder: readonly {
    readonly column: string;
    readonly value: string;
    readonly auc: number;
    readonly lastRow: number;
  }[];
  /** Columns compared, linked ones first: the order in which a heat map reads best. */
  readonly columns: readonly string[];
  readonly associations: readonly Association[];
  /** Associations above 0.3. */
  readonly signalPairs: readonly Association[];
  /** The strongest association that is not a signal pair. */
  readonly largestOther: number;
}

export interface DataJobs {
  /** Reads, types and keeps a table; everything else in this worker refers to it. */
  read: {
    /** With a fingerprint, another file is refused before it replaces the one that is kept. */
    input: { name: string; bytes: ArrayBuffer; expectedSha256: string | null };
    output: DataReport;
  };
  /** A window of rows as text, in file order. */
  rows: { input: { from: number; to: number }; output: { columns: string[]; rows: string[][] } };
  structure: { input: TableSettings; output: StructureReport };
  segments: { input: { table: TableSettings; segments: SegmentSettings }; output: SegmentsReport };
  /** The table to learn from, with its task: identifiers and ignored columns removed, synonyms merged, rows without target dropped. */
  learningTable: { input: TableSettings & { nFolds: number }; output: { table: Table; task: Task; nDropped: number } };
  /** The kept table with extra columns, as CSV bytes. `rows` limits it to those rows. */
  exportTable: {
    input: { extra: readonly { name: string; values: readonly string[] }[]; rows: Int32Array | null };
    output: ArrayBuffer;
  };
  /** A given table as CSV bytes. With `origin`, a first column says where each row comes from. */
  exportGiven: { input: { table: Table; origin: "synthetic" | null; appendReal: boolean }; output: ArrayBuffer };
}
