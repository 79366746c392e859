import type { SegmentSettings, SegmentsReport } from "../segments/segments-report.ts";
import type { StructureReport, TableSettings } from "../structure/structure-report.ts";
import type { DataReport } from "../table/data-report.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

export type {
  ChoiceOfK,
  SegmentCard,
  SegmentMethod,
  SegmentPreset,
  SegmentSettings,
  SegmentsReport,
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
