import type { Table } from "../../table/table.ts";
import type { GeneratorData } from "../../workers/generator.jobs.ts";
import type { ColumnMatch, EngineChoice, EngineName, GanCheck, GanProgress, GanReport, GpuJobs } from "../../workers/gpu.jobs.ts";
import type { LedgerDraw } from "../../workers/learn.jobs.ts";
import type { RunContext } from "./job-run.svelte.ts";
import type { TrainingKeeper } from "./kept-trainings.svelte.ts";
import type { LearnSession } from "./learn-session.ts";
import type { Recovery } from "./recover-training.ts";
import { superviseTraining } from "./supervise-training.ts";

export interface SynthesizePlan {
  readonly settings: GpuJobs["synthesize"]["input"]["settings"];
  readonly engine: EngineName | "auto";
  readonly nFolds: number;
  readonly seed: number;
  readonly nRows: number;
  readonly conditions: readonly string[];
  /** Draws of each fold's generator for the ledger. */
  readonly nDraws: number;
}

export interface SynthesizeOutput {
  readonly report: GanReport;
  readonly rows: Table;
  /** Unconditional rows for the ledger's first fold. */
  readonly draws: readonly LedgerDraw[];
  readonly nHeldOut: number;
  /** Rows of the generator before its first step. */
  readonly untrained: Table | null;
  readonly generator: GeneratorData | null;
}

/** What training shows while it runs. */
export class LiveTraining {
  engine = $state.raw<EngineChoice | null>(null);
  checks = $state.raw<readonly GanCheck[]>([]);
  columns = $state.raw<readonly ColumnMatch[] | null>(null);
  preview = $state.raw<GanProgress["preview"]>(null);

  /** Engines that stopped while they trained. */
  recoveries = $state.raw<readonly Recovery[]>([]);
  /** Where an earlier visit stopped, if this one goes on from there. */
  resumed = $state.raw<{ readonly step: number; readonly savedAt: Date } | null>(null);

  clear(): void {
    this.recoveries = [];
    this.resumed = null;
    this.engine = null;
    this.checks = [];
    this.columns = null;
    this.preview = null;
  }

  /** The next attempt sends the checks before its checkpoint once more. */
  recover(recovery: Recovery): void {
    this.recoveries = [...this.recoveries, recovery];
    this.checks = [];
  }

  receive(event: GanProgress): void {
    this.engine = event.engine ?? this.engine;
    if (event.checks.length > 0) this.checks = [...this.checks, ...event.checks];
    this.columns = event.columns ?? this.columns;
    this.preview = event.preview ?? this.preview;
  }
}

/** `Column=Value`, split at the first equals sign. */
export function parseCondition(text: string): { column: string; value: string } {
  const at = text.indexOf("=");
  return { column: text.slice(0, at), value: text.slice(at + 1) };
}

/** The job's input for one fold; only the first fold's generator is measured and shown. */
export function synthesizeInput(
  plan: SynthesizePlan,
  kind: LearnSession["kind"],
  fold: number,
  measure: boolean,
): Omit<GpuJobs["synthesize"]["input"], "ports"> {
  return {
    settings: plan.settings,
    engine: plan.engine,
    fold,
    nFolds: plan.nFolds,
    seed: plan.seed,
    nRows: measure ? plan.nRows : 0,
    conditions: measure ? plan.conditions.map(parseCondition) : [],
    measure,
    draws: { nDraws: plan.nDraws, isTripleNeeded: true, isBalanceNeeded: kind === "classification" },
    resume: null,
    lost: [],
  };
}

/** Share of a whole run that each stage has behind it when it begins; training takes nearly all. */
const STAGE_START: Record<GanProgress["stage"], number> = { race: 0, encode: 0.02, train: 0.04, calibrate: 0.94, sample: 0.96 };
const STAGE_SHARE: Record<GanProgress["stage"], number> = { race: 0.02, encode: 0.02, train: 0.9, calibrate: 0.02, sample: 0.04 };

export function synthesizeFraction(event: GanProgress): number {
  return STAGE_START[event.stage] + STAGE_SHARE[event.stage] * (event.done / Math.max(1, event.total));
}

/** Trains the generator on the first fold's training rows; its held-out rows are the yardstick. */
export async function runSynthesize(
  session: LearnSession,
  plan: SynthesizePlan,
  live: LiveTraining,
  keeper: TrainingKeeper,
  context: RunContext,
): Promise<SynthesizeOutput> {
  live.clear();
  const kept = await keeper.begin();
  if (kept) live.resumed = { step: kept.content.checkpoint.step, savedAt: new Date(kept.savedAt) };
  const onProgress = (event: GanProgress) => {
    live.receive(event);
    if (event.checkpoint && event.engine) keeper.save(event.checkpoint, event.engine.engine);
    context.report({
      stage: event.stage,
      fraction: synthesizeFraction(event),
      done: event.done,
      total: event.total,
      unit: event.unit,
    });
  };
  const input = synthesizeInput(plan, session.kind, 0, true);
  try {
    const output = await superviseTraining(
      (restart, options) => session.synthesize({ ...input, ...restart }, options, (job) => context.steer(job)),
      {
        signal: context.signal,
        engine: plan.engine,
        first: kept?.content.checkpoint ?? null,
        isPaused: () => context.isPaused(),
        onProgress,
        onRecovery: (recovery) => live.recover(recovery),
      },
    );
    await keeper.end(null);
    return output;
  } catch (error) {
    await keeper.end(error);
    throw error;
  }
}
