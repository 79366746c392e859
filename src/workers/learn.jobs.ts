import type { AuditArmName, AuditChoice, AuditedArm } from "../evaluate/audit-report.ts";
import type { FoldRequest, FoldResult, LearnerParams, LedgerSampler } from "../evaluate/fold-result.ts";
import type { LeakScores } from "../evaluate/leak-replay.ts";
import type { Mistake } from "../evaluate/leak-replay-report.ts";
import type { LearnerId } from "../evaluate/learner.ts";
import type { ArmResult } from "../evaluate/ledger.ts";
import type { DrawPlan, LedgerDraw } from "../evaluate/ledger-draws.ts";
import type { LedgerArm, LedgerReport } from "../evaluate/ledger-report.ts";
import type { ColumnSignal, PredictReport, QuickSignalRequest, RefitRequest, TargetCheck } from "../evaluate/predict-report.ts";
import type { FoldSearch, SearchRequest } from "../evaluate/search-report.ts";
import type { Parcel } from "../rpc/parcel.ts";
import type { Condition } from "../samplers/sampler.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { PredictedRows } from "./predicted-rows.ts";

export type { AuditArm, AuditArmName, AuditChoice, AuditFigures, AuditReport, PrivacyFigures } from "../evaluate/audit-report.ts";
export type {
  ArmMode,
  FitRecord,
  FoldRequest,
  FoldResult,
  LearnerParams,
  LedgerSampler,
  Metrics,
} from "../evaluate/fold-result.ts";
export type { LeakReplay, Mistake } from "../evaluate/leak-replay-report.ts";
export type { ArmResult } from "../evaluate/ledger.ts";
export type { DrawPlan, LedgerDraw } from "../evaluate/ledger-draws.ts";
export type { LedgerArm, LedgerEntry, LedgerReport } from "../evaluate/ledger-report.ts";
export type {
  Baseline,
  CalibrationBins,
  ChosenCut,
  ClassCurves,
  ColumnSignal,
  CountsAtCuts,
  CutRule,
  Line,
  ModelReport,
  OtherTarget,
  PredictedAgainstTrue,
  PredictReport,
  Spread,
  TargetCheck,
  TargetRule,
  ThresholdTable,
} from "../evaluate/predict-report.ts";
export type { FoldSearch, SearchMethod, SearchRequest, Tuning } from "../evaluate/search-report.ts";

export interface FinalModelReport {
  readonly learner: LearnerId;
  readonly nReal: number;
  readonly nSynthetic: number;
  readonly fitSeconds: number;
  /** The model's answers for the rows that have a target; `rows` are their positions in the open table. */
  readonly answers: Parcel<PredictedRows & { readonly rows: Int32Array }>;
}

/** What a session learns from: `rows` are the positions of its rows in the open table. */
export interface LearningTable {
  readonly table: Table;
  readonly task: Task;
  readonly rows: Int32Array;
  /** Near-duplicate group of each row, which no split parts; null where no row has a near-duplicate. */
  readonly groups?: Int32Array | null;
  /** Labels that were written as another one, each group's first; exported models read files the same way. */
  readonly merged?: readonly { readonly column: string; readonly groups: readonly (readonly string[])[] }[];
}

/** A learning table as it goes through the page: packed, beside what the page itself has to know. */
export interface PackedLearning {
  readonly parcel: Parcel<LearningTable>;
  readonly task: Task;
  readonly nRows: number;
  readonly columns: readonly { readonly name: string; readonly kind: "numeric" | "categorical" }[];
}

/** Samplers that need no network. `floor` draws each column by itself. */
export type SamplerName = "sequentialTrees" | "blocks" | "floor";
export interface ReplayRequest {
  readonly mistake: Mistake;
  readonly learner: "random-forest";
  readonly params: LearnerParams;
  readonly seed: number;
  /** Rows of a generator that was fitted on the whole table, for our-gan-before-split. */
  readonly rows: Table | null;
  /** Size of the notebook's recipe. */
  readonly recipe: { readonly nSteps: number; readonly nRows: number };
}

export interface LearnJobs {
  /** Keeps a copy of the learning table for the jobs below. */
  load: { input: Parcel<LearningTable>; output: null };
  fitFold: { input: FoldRequest; output: FoldResult };
  /** Settings for one fold, searched for inside its training rows. */
  searchFold: { input: SearchRequest; output: FoldSearch };
  /** Every feature by itself against the target. */
  signalColumns: { input: { readonly seed: number }; output: ColumnSignal[] };
  assess: {
    input: {
      results: readonly FoldResult[];
      columns: readonly ColumnSignal[];
      searches: readonly FoldSearch[];
      nFolds: number;
      seed: number;
      refitLosses: readonly number[];
      checks: readonly TargetCheck[];
    };
    output: PredictReport;
  };
  /** Loss of cheap models fitted on one permutation of the target; 0 is the target as it is. */
  refit: { input: RefitRequest; output: number };
  /** The quick signal check of another column; null where it cannot be a target. */
  quickSignal: { input: QuickSignalRequest; output: TargetCheck | null };
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
  /** Rows of a sampler fitted on a fold's training rows, the same that the fold's generator was trained on. */
  sampleRows: {
    input: {
      readonly sampler: SamplerName;
      readonly fold: number;
      readonly nFolds: number;
      readonly seed: number;
      readonly nRows: number;
      readonly conditions: readonly Condition[];
    };
    output: Table;
  };
  /** Fits a sampler on a fold's training rows and draws from it all that the ledger's arms need. */
  sampleFold: {
    input: {
      readonly sampler: Exclude<LedgerSampler, "gan">;
      readonly fold: number;
      readonly nFolds: number;
      readonly seed: number;
      readonly plan: DrawPlan;
    };
    output: readonly LedgerDraw[];
  };
  settleLedger: {
    input: { results: readonly ArmResult[]; leftOut: readonly LedgerArm[]; nFolds: number; seed: number };
    output: LedgerReport;
  };
  /** Makes a mistake on purpose: mixes rows first, splits afterwards. */
  replayLeak: { input: ReplayRequest; output: LeakScores };
}
