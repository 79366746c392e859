import type { FoldRequest, FoldResult } from "../evaluate/fold-result.ts";
import type { LearnerId } from "../evaluate/learner.ts";
import type { LedgerReport } from "../evaluate/ledger-report.ts";
import type { PredictReport } from "../evaluate/predict-report.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

export type { ArmMode, FoldRequest, FoldResult, Metrics } from "../evaluate/fold-result.ts";
export type { LedgerEntry, LedgerReport } from "../evaluate/ledger-report.ts";
export type { Baseline, ModelReport, PredictReport, Spread } from "../evaluate/predict-report.ts";

export interface FinalModelReport {
  readonly learner: LearnerId;
  readonly nReal: number;
  readonly nSynthetic: number;
  readonly fitSeconds: number;
  /** For every real row of the learning table: the predicted class or value as text, and the class's probability. */
  readonly predicted: readonly string[];
  readonly probability: Float64Array;
}

export interface LearnJobs {
  /** Keeps a copy of the learning table for the jobs below. */
  load: { input: { table: Table; task: Task }; output: null };
  fitFold: { input: FoldRequest; output: FoldResult };
  assess: { input: { results: readonly FoldResult[]; nFolds: number; seed: number }; output: PredictReport };
  settleLedger: { input: { results: readonly FoldResult[]; nFolds: number; seed: number }; output: LedgerReport };
  /** The model for use, on all real rows and the generated ones. */
  fitFinal: {
    input: { learner: "random-forest" | "xgboost"; synthetic: Table; seed: number; quick: boolean };
    output: FinalModelReport;
  };
}
