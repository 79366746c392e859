import type { ColumnType, Role, Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

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

export type SegmentMethod = "k-means";
export type SegmentPreset = "none" | "seed-tiers" | "legal-cells";

export interface SegmentSettings {
  readonly method: SegmentMethod;
  readonly preset: SegmentPreset;
  /** Empty: chosen by rule (numeric feature columns). */
  readonly columns: readonly string[];
  readonly scale: "none" | "standard";
  /** 0: chosen by the silhouette. */
  readonly k: number;
  readonly seed: number;
}

export interface SegmentCard {
  /** A key of the tier preset (`diamond`, …), or `segment-1`, …; the app turns it into words. */
  readonly name: string;
  readonly size: number;
  readonly shareOfCustomers: number;
  /** Share of the money column's sum; absent where no money column is known. */
  readonly shareOfRevenue: number | null;
  readonly averageOrder: number | null;
  /** Bounds that describe the segment, e.g. Age at least 44. `low`/`high` are null where open. */
  readonly rule: readonly {
    readonly column: string;
    readonly low: number | null;
    readonly high: number | null;
    readonly values: readonly string[];
  }[];
  /** Share of the customers that the rule sorts as the segmentation does. */
  readonly ruleAccuracy: number;
  /** Mean (or share of the commonest value) as a percentage of the whole table's, with a 95 % interval. */
  readonly traits: readonly {
    readonly column: string;
    /** For a categorical column: the value whose share is compared. */
    readonly value: string | null;
    readonly index: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Key of the suggested action, e.g. `loyal`, `win-back`. */
  readonly action: string;
}

export interface ChoiceOfK {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number;
  /** Silhouettes of the same clustering on column-permuted data. */
  readonly nullSilhouettes: readonly number[];
}

export interface SegmentsReport {
  readonly method: SegmentMethod | "combinations";
  readonly preset: SegmentPreset;
  readonly columns: readonly string[];
  readonly scale: "none" | "standard";
  readonly k: number;
  readonly kChosenBy: "user" | "silhouette" | "preset";
  readonly elbow: number;
  readonly sizes: readonly number[];
  /** Centres in the columns' own units, (k × nColumns). */
  readonly centres: readonly (readonly number[])[];
  readonly inertia: number;
  readonly silhouette: number;
  readonly nullSilhouette: number;
  /** Natural only where the silhouette lies above every shuffled one by at least 0.02; else a useful cut. */
  readonly verdict: "natural" | "cut";
  readonly choices: readonly ChoiceOfK[];
  readonly segments: readonly SegmentCard[];
  /** Segment of each row. */
  readonly labels: Uint8Array;
  /** Where each row is drawn: the two columns with the widest centres, or the first two principal components. */
  readonly map: {
    readonly kind: "columns" | "principal-components";
    readonly x: Float32Array;
    readonly y: Float32Array;
    readonly xName: string;
    readonly yName: string;
    readonly explained: readonly [number, number];
    /** Unit steps of the drawn columns, for jitter; 0 where none is needed. */
    readonly xStep: number;
    readonly yStep: number;
  };
}

export interface DataJobs {
  /** Reads, types and keeps a table; everything else in this worker refers to it. */
  read: { input: { name: string; bytes: ArrayBuffer }; output: DataReport };
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
