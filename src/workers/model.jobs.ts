import type { ExplainReport, Explanation } from "../evaluate/explain-report.ts";
import type { LearnerParams } from "../evaluate/fold-result.ts";
import type { Parcel } from "../rpc/parcel.ts";
import type { Table } from "../table/table.ts";
import type { FinalModelReport, LearningTable } from "./learn.jobs.ts";
import type { PredictedRows } from "./predicted-rows.ts";

export type {
  DecisionPath,
  Estimate,
  ExplainReport,
  Explanation,
  FeatureImportance,
  PartialDependence,
  PathStep,
  ShapSummary,
} from "../evaluate/explain-report.ts";

/** Learners whose models can be explained in full, kept, and taken away. */
export type ModelLearner = "random-forest" | "xgboost";
export type ModelFormat = "xgboost-json" | "onnx" | "python" | "dask";

/** A customer's values by feature: a number, a category's name, or null where missing. */
export type CustomerValues = Readonly<Record<string, number | string | null>>;

export interface FitRequest {
  readonly learner: ModelLearner;
  readonly params: LearnerParams;
  readonly seed: number;
}

/** Predictions for rows of another table. */
export interface ScoredRows {
  readonly answers: Parcel<PredictedRows>;
  readonly nRows: number;
  /** How many rows are given each class; empty for a numeric target. */
  readonly counts: readonly number[];
  /** Of a numeric target's answers; null for classes and where there is no row. */
  readonly spread: { readonly mean: number; readonly least: number; readonly most: number } | null;
  /** Level of a categorical feature that training never saw, and how many rows hold it. */
  readonly unknownLevels: readonly { readonly column: string; readonly level: string; readonly nRows: number }[];
}

/** One worker that keeps the learning table and, once fitted, the model for use. */
export interface ModelJobs {
  load: { input: Parcel<LearningTable>; output: null };
  /** Fits on the training rows of fold 0 and explains on its held-out rows. */
  explain: { input: FitRequest & { nFolds: number; quick: boolean }; output: ExplainReport };
  /**
   * The model for use, on all real rows and the generated ones where given; kept for the jobs below. Never a score.
   * Workers at the other ends of `ports` help to fit (src/rpc/crew.ts).
   */
  fit: { input: FitRequest & { synthetic: Table | null; ports: readonly MessagePort[] }; output: FinalModelReport };
  /** The model for use on one customer. */
  explainCustomer: { input: { values: CustomerValues }; output: Explanation };
  /** Values of one row of the open table, by feature; null where it is not among those to learn from. */
  customer: { input: { row: number }; output: CustomerValues | null };
  score: { input: { table: Parcel<Table> }; output: ScoredRows };
  exportModel: { input: { format: ModelFormat }; output: { fileName: string; bytes: ArrayBuffer } };
}
