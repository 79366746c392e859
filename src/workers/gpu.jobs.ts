import type { AuditChoice } from "../evaluate/audit-report.ts";
import type { EngineName, GanCheckpoint, GanProgress, GanReport, GanSettings } from "../gan/gan.types.ts";
import type { GeneratorData } from "../gan/generator.types.ts";
import type { Parcel } from "../rpc/parcel.ts";
import type { Condition } from "../samplers/sampler.ts";
import type { Table } from "../table/table.ts";
import type { DrawPlan, FoldRequest, FoldResult, LearningTable, LedgerDraw } from "./learn.jobs.ts";

export type {
  ColumnMatch,
  EngineCandidate,
  EngineChoice,
  EngineName,
  Fidelity,
  GanCheck,
  GanCheckpoint,
  GanPreset,
  GanProgress,
  GanReport,
  GanSettings,
} from "../gan/gan.types.ts";

export interface GpuJobs {
  load: { input: Parcel<LearningTable>; output: null };
  /** Softmax regression or the small neural classifier on one fold. */
  fitFold: { input: FoldRequest & { engine: EngineName | "auto" }; output: FoldResult };
  /** Trains the generator on a fold's training rows, or on all rows, and samples from it. */
  synthesize: {
    input: {
      /** The rest takes its defaults. */
      readonly settings: Partial<GanSettings>;
      readonly engine: EngineName | "auto";
      /** Null for all rows: whatever is scored afterwards has leaked. */
      readonly fold: number | null;
      readonly nFolds: number;
      readonly seed: number;
      /** Rows to keep, under the conditions. */
      readonly nRows: number;
      readonly conditions: readonly Condition[];
      /** Live match, preview and fidelity are measured only when asked for. */
      readonly measure: boolean;
      /** Unconditional rows for the arms of the fold's ledger; null for none. */
      readonly draws: DrawPlan | null;
      /** To workers that may share the steps of our own engine: none, one or three. */
      readonly ports: readonly MessagePort[];
      /** Where an earlier attempt stopped, and the engines that were lost on the way. */
      readonly resume: GanCheckpoint | null;
      readonly lost: readonly EngineName[];
    };
    progress: GanProgress;
    /** `untrained` holds rows of the same generator before its first step, where it was measured. */
    output: {
      report: GanReport;
      rows: Table;
      draws: readonly LedgerDraw[];
      nHeldOut: number;
      untrained: Table | null;
      /** The generator itself, where it was measured. */
      generator: GeneratorData | null;
    };
  };
  /** Trains the generator on side A of the audit; gives as many rows as A has, trained and untrained. */
  synthesizeForAudit: {
    input: {
      readonly settings: Partial<GanSettings>;
      readonly engine: EngineName | "auto";
      readonly choice: AuditChoice;
      readonly resume: GanCheckpoint | null;
      readonly lost: readonly EngineName[];
    };
    progress: GanProgress;
    output: { report: GanReport; rows: Table; untrained: Table };
  };
}
