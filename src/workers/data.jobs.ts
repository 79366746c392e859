import type { SegmentSettings, SegmentsReport } from "../segments/segments-report.ts";
import type { StructureReport, TableSettings } from "../structure/structure-report.ts";
import type { DataReport } from "../table/data-report.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

export type {
  ChoiceOfK,
  SegmentAction,
  SegmentBounds,
  SegmentCard,
  SegmentMap,
  SegmentMethod,
  SegmentPreset,
  SegmentSettings,
  SegmentsReport,
  SegmentTrait,
} from "../segments/segments-report.ts";

export type {
  Association,
  Combination,
  Dependency,
  RowOrderLeak,
  StructureReport,
  Synonyms,
  TableSettings,
} from "../structure/structure-report.ts";
export type {
  CategoricalSummary,
  ColumnSummary,
  DataReport,
  NumericSummary,
  Repair,
  RepairCount,
  RepairRule,
  SkippedLine,
} from "../table/data-report.ts";

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
  /** The table to learn from and its task: only features and target, synonyms merged, `rows` those that have a target. */
  learningTable: { input: TableSettings & { nFolds: number }; output: { table: Table; task: Task; rows: Int32Array } };
  /** The kept table with extra columns, as CSV bytes. `rows` limits it to those rows. */
  exportTable: {
    input: { extra: readonly { name: string; values: readonly string[] }[]; rows: Int32Array | null };
    output: ArrayBuffer;
  };
  /** A given table as CSV bytes. With `origin`, a first column says where each row comes from. */
  exportGiven: {
    /** With `real`, the kept table's rows, as those settings read them, come first. */
    input: { table: Table; origin: "synthetic" | null; real: TableSettings | null };
    output: ArrayBuffer;
  };
}
