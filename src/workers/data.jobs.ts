import type { Parcel } from "../rpc/parcel.ts";
import type { ColumnProfile, SegmentComparison, UmapSettings } from "../segments/compare-report.ts";
import type { MapLayout } from "../segments/map-layout.ts";
import type { AssignedSegments, OwnClusters, SegmentColumn, SegmentModel } from "../segments/segment-model.ts";
import type { SegmentMap, SegmentSettings, SegmentsReport } from "../segments/segments-report.ts";
import type { AssociationMeasure, AssociationsReport } from "../structure/association-report.ts";
import type { FileLabels } from "../structure/file-labels.ts";
import type { ColumnDetail, MissingTogether } from "../structure/profile-report.ts";
import type { StructureReport, TableSettings } from "../structure/structure-report.ts";
import type { SecondFileReport } from "../table/align-report.ts";
import type { DataReport } from "../table/data-report.ts";
import type { ListKind } from "../table/reading-list.ts";
import type { Table } from "../table/table.ts";
import type { TableEdits } from "../table/table-edits.ts";
import type { PackedLearning } from "./learn.jobs.ts";
import type { PredictedRows } from "./predicted-rows.ts";

export type {
  CategoricalProfile,
  ColumnDifference,
  ColumnProfile,
  NumericProfile,
  SegmentComparison,
  UmapSettings,
} from "../segments/compare-report.ts";
export type { MapLayout } from "../segments/map-layout.ts";
export type { AssignedSegments, OwnClusters, SegmentColumn, SegmentModel } from "../segments/segment-model.ts";
export type {
  ChoiceOfK,
  RfmReport,
  SampleSizes,
  SegmentAction,
  SegmentBounds,
  SegmentCard,
  SegmentMap,
  SegmentMethod,
  SegmentPreset,
  SegmentSettings,
  SegmentsReport,
  SegmentTrait,
  SegmentTree,
  Stability,
  SuggestedK,
  TreeLeaf,
  VerdictFacts,
} from "../segments/segments-report.ts";

export type {
  AssociationMeasure,
  AssociationsReport,
  PairMeasure,
  TestedAssociation,
} from "../structure/association-report.ts";
export type { FileLabels } from "../structure/file-labels.ts";
export type { ColumnDetail, MissingTogether } from "../structure/profile-report.ts";
export type {
  Association,
  Combination,
  Dependency,
  RowOrderLeak,
  StructureReport,
  Synonyms,
  TableSettings,
} from "../structure/structure-report.ts";
export type { MatchedColumn, SecondFileReport, TypeConflict, UnknownLevel } from "../table/align-report.ts";
export type {
  CategoricalSummary,
  ColumnSummary,
  DataReport,
  FlagRule,
  NumericSummary,
  Repair,
  RepairCount,
  RepairRule,
  SkippedLine,
} from "../table/data-report.ts";
export type { ListKind } from "../table/reading-list.ts";
export type { LevelEdit, RetypedColumn, SettableType, TableEdits } from "../table/table-edits.ts";

export interface DataJobs {
  /** Reads, types and keeps a table; everything else in this worker refers to it. */
  read: {
    /** `sampleRows`: see `readFile`. With a port, the file's bytes come from the thread at its other end. */
    input: { name: string; file: Blob; port: MessagePort | null; sampleRows: number; edits: TableEdits };
    output: Omit<DataReport, "sha256">;
  };
  /** Writes labels of the kept table otherwise; what is not named stands as in the file. */
  relabel: { input: TableEdits["levels"]; output: Pick<DataReport, "columns" | "suggestedTarget"> };
  /** The labels of a column as they stand in the file; null for a column of numbers. */
  labels: { input: { column: string }; output: FileLabels | null };
  /** Reads a file again and lists in full, as CSV, what was repaired, what was skipped, or what is hardly meant. */
  readingList: { input: { file: Blob; sampleRows: number; kind: ListKind }; output: Blob };
  /** A window of rows as text, in file order; of all columns, or of some that stand together. */
  rows: {
    input: { from: number; to: number; columns?: { from: number; to: number } };
    output: { columns: string[]; rows: string[][] };
  };
  /** Given rows as text, in the order given. */
  rowsAt: { input: { rows: Int32Array }; output: { columns: string[]; rows: string[][] } };
  structure: { input: TableSettings; output: StructureReport };
  /** Every pair of the named columns by one measure, with p-values. */
  associations: { input: { columns: readonly string[]; measure: AssociationMeasure }; output: AssociationsReport };
  /** One column in full, as it was read. */
  profile: { input: { column: string }; output: ColumnDetail };
  /** Which of the named columns are missing in the same rows. */
  missingTogether: { input: { columns: readonly string[] }; output: MissingTogether };
  segments: { input: { table: TableSettings; segments: SegmentSettings }; output: SegmentsReport };
  /** All rows laid out anew: by two columns, or by the first components of the columns that make the segments. */
  segmentMap: {
    input: { table: TableSettings; segments: SegmentSettings; labels: Uint8Array; nSegments: number; layout: MapLayout };
    output: SegmentMap;
  };
  /** A seeded sample of the rows laid out by UMAP: minutes on a slow machine, with progress, may be cancelled. */
  segmentUmap: { input: { table: TableSettings; segments: SegmentSettings; umap: UmapSettings }; output: SegmentMap };
  /** Every column in every segment, those in which segments differ most first. Identifiers and free text are left out. */
  segmentProfiles: {
    input: { table: TableSettings; labels: Uint8Array; nSegments: number };
    output: readonly ColumnProfile[];
  };
  /** Two segments column by column; `used` names the columns that made them. */
  compareSegments: {
    input: { table: TableSettings; labels: Uint8Array; used: readonly string[]; first: number; second: number };
    output: SegmentComparison;
  };
  /** Customers of a second file in the segments of the first. `csv` is that file with a column `segment`. */
  assignSegments: {
    input: { name: string; file: Blob; model: SegmentModel; names: readonly string[] };
    output: { assigned: AssignedSegments; csv: Blob };
  };
  /**
   * The table to learn from and its task: only features and target, synonyms merged, `rows` those that have a target.
   * With `segmentColumn`, segments are one more feature, or the target if it is named so; `ownClusters` then warns.
   */
  learningTable: {
    input: TableSettings & { nFolds: number; segmentColumn?: SegmentColumn };
    output: PackedLearning & { ownClusters?: OwnClusters };
  };
  /** The kept table with a column of segments, as CSV. `rows` limits it to those rows. */
  exportSegments: {
    input: { segment: { name: string; labels: Uint8Array; names: readonly string[] }; rows: Int32Array | null };
    output: Blob;
  };
  /**
   * Reads a second file, keeps it, and gives it in the features that models of the first learn from. The first stays open.
   */
  readSecond: {
    input: { name: string; file: Blob; settings: TableSettings & { nFolds: number } };
    output: { report: SecondFileReport; table: Parcel<Table> };
  };
  /**
   * The kept table, or the second file's own columns, with a model's answers, as CSV; `verdict`, where it is not empty, stands
   * in each row that has one.
   */
  exportScored: {
    input: {
      of: "kept" | "second";
      answers: Parcel<PredictedRows & { readonly rows?: Int32Array }>;
      target: string;
      verdict: string;
    };
    output: Blob;
  };
  /** A given table as CSV. With `origin`, a first column says where each row comes from. */
  exportGiven: {
    /** With `real`, the kept table's rows, as those settings read them, come first. */
    input: { table: Table; origin: "synthetic" | null; real: TableSettings | null };
    output: Blob;
  };
}
