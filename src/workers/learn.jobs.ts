import type { AuditArmName, AuditChoice, AuditedArm } from "../evaluate/audit-report.ts";
import type { FoldRequest, FoldResult } from "../evaluate/fold-result.ts";
import type { LearnerId } from "../evaluate/learner.ts";
import type { LedgerReport } from "../evaluate/ledger-report.ts";
import type { PredictReport } from "../evaluate/predict-report.ts";
import type { FoldSearch, SearchRequest } from "../evaluate/search-report.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

export type { AuditArm, AuditArmName, AuditChoice, AuditFigures, AuditReport, PrivacyFigures } from "../evaluate/audit-report.ts";
export type { ArmMode, FoldRequest, FoldResult, LearnerParams, Metrics } from "../evaluate/fold-result.ts";
export type { LeakReplay, Mistake } from "../evaluate/leak-replay-report.ts";
export type { LedgerEntry, LedgerReport, LedgerSampler } from "../evaluate/ledger-report.ts";
export type {
  Baseline,
  CalibrationBins,
  ChosenCut,
  ClassCurves,
  CountsAtCuts,
  CutRule,
  Line,
  ModelReport,
  OtherTarget,
  PredictedAgainstTrue,
  PredictReport,
  Spread,
  TargetRule,
  ThresholdTable,
} from "../evaluate/predict-report.ts";
export type { FoldSearch, SearchMethod, SearchRequest, Tuning } from "../evaluate/search-report.ts";

export interface FinalModelReport {
  readonly learner: LearnerId;
  readonly nReal: number;
  readonly nSynthetic: number;
  readonly fitSeconds: number;
  /** Positions in the open table of the rows that were predicted: all that have a target. */
  readonly rows: Int32Array;
  /** The predicted class or value of each of them as text, and the class's probability (empty for a numeric target). */
  readonly predicted: readonly string[];
  readonly probability: Float64Array;
}

/** What a session learns from: `rows` are the positions of its rows in the open table. */
export interface LearningTable {
  readonly table: Table;
  readonly task: Task;
  readonly rows: Int32Array;
  /** Labels that were written as another one, each group's first; exported models read files the same way. */
  readonly merged?: readonly { readonly column: string; readonly groups: readonly (readonly string[])[] }[];
}

export interface LearnJobs {
  /** Keeps a copy of the learning table for the jobs below. */
  load: { input: LearningTable; output: null };
  fitFold: { input: FoldRequest; output: FoldResult };
  /** Settings for one fold, searched for inside its training rows. */
  searchFold: { input: SearchRequest; output: FoldSearch };
  assess: {
    input: { results: readonly FoldResult[]; searches: readonly FoldSearch[]; nFolds: number; seed: number };
    output: PredictReport;
  };
  /** One arm of the audit. `rows` are those of a generator trained elsewhere; null: the arm's own sampler makes them. */
  auditArm: {
    input: {
      readonly choice: AuditChoice;
      readonly arm: AuditArmName;
      readonly rows: Table | null;
      readonly quick: boolean;
      /** Trained on the rows alone and scored on real ones. */
      readonly learner: LearnerId;
    };
    output: AuditedArm;
  };
  settleLedger: { input: { results: readonly FoldResult[]; nFolds: number; seed: number }; output: LedgerReport };
}
