import { SvelteMap } from "svelte/reactivity";
import { type ErrorRecord, toErrorRecord } from "../../core/errors.ts";
import type { SecondFileReport } from "../../workers/data.jobs.ts";
import type { FinalModelReport } from "../../workers/learn.jobs.ts";
import type {
  CustomerValues,
  ExplainReport,
  Explanation,
  FitRequest,
  ModelFormat,
  ModelLearner,
  ScoredRows,
} from "../../workers/model.jobs.ts";
import { JobRun } from "./job-run.svelte.ts";
import type { LearnSession } from "./learn-session.ts";
import { learnerParams } from "./learner-params.ts";
import { listen } from "./listen.ts";
import { exportSecondFile, readSecondFile } from "./second-file.ts";
import type { Settings } from "./settings.ts";
import type { Workspace } from "./workspace.svelte.ts";

/** Which rows the model for use learns from. */
export type ModelRows = "real" | "mixed";

/** A second file, as it was read, and what the model for use says of its rows. */
export interface ScoredFile {
  readonly report: SecondFileReport;
  readonly scored: ScoredRows;
}

/** What the page asks of the worker that keeps the model for use. Results stay while their inputs do. */
export class ModelSession {
  /** Which model is explained, and which one is used. */
  explainedLearner = $state<ModelLearner>("random-forest");
  usedLearner = $state<ModelLearner>("random-forest");
  rows = $state<ModelRows>("real");
  readonly explaining = new JobRun<ExplainReport>();
  readonly fitting = new JobRun<FinalModelReport>();
  readonly scoring = new JobRun<ScoredFile>();
  /** The values asked about, and the answer to them; null before the first. */
  values = $state.raw<CustomerValues>({});
  explanation = $state.raw<Explanation | null>(null);
  askError = $state.raw<ErrorRecord | null>(null);

  private readonly reports = new SvelteMap<string, ExplainReport>();
  /** Where the model for use is kept. */
  private home: LearnSession | null = null;
  private isAsking = false;
  private isOutdated = false;

  constructor(private readonly workspace: Workspace) {}

  private readonly learning = $derived.by(() => {
    const { report, target, roles, settings } = this.workspace;
    const { types, levels, mergeSynonyms, seed } = settings;
    return JSON.stringify([report?.sha256, types, levels, target, roles, mergeSynonyms, seed]);
  });
  private readonly explainKey = $derived.by(() =>
    JSON.stringify([this.learning, this.workspace.nFolds, this.workspace.settings.quick, this.requestOf(this.explainedLearner)]),
  );
  private readonly fitKey = $derived.by(() =>
    JSON.stringify([
      this.learning,
      this.requestOf(this.usedLearner),
      this.rows === "mixed" ? this.workspace.synthesize.outputKey : "",
    ]),
  );

  readonly explained = $derived(this.reports.get(this.explainKey) ?? null);
  readonly fitted = $derived(this.fitting.outputKey === this.fitKey ? this.fitting.output : null);
  readonly scoredFile = $derived(this.fitted && this.scoring.outputKey === this.fitKey ? this.scoring.output : null);
  readonly canMix = $derived.by(() => this.workspace.stateOf("synthesize") === "done");

  private requestOf(learner: ModelLearner): FitRequest {
    const settings = $state.snapshot(this.workspace.settings) as Settings;
    return { learner, params: learnerParams(settings)[learner] ?? {}, seed: settings.seed };
  }

  async explain(): Promise<void> {
    const key = this.explainKey;
    const request = this.requestOf(this.explainedLearner);
    const { nFolds, settings } = this.workspace;
    const isDone = await this.explaining.start(key, async (context) => {
      const session = await this.workspace.learnSession(context);
      return session.model.run("explain", { ...request, nFolds, quick: settings.quick }, listen(context)).result;
    });
    if (isDone && this.explaining.output) this.reports.set(key, this.explaining.output);
  }

  /** The model for use: on all real rows, and on the generated ones where asked. */
  async fit(): Promise<boolean> {
    const request = this.requestOf(this.usedLearner);
    const synthetic = this.rows === "mixed" ? (this.workspace.synthesize.output?.rows ?? null) : null;
    this.explanation = null;
    this.askError = null;
    this.scoring.reset();
    return this.fitting.start(this.fitKey, async (context) => {
      const session = await this.workspace.learnSession(context);
      const report = await session.fitModel({ ...request, synthetic }, listen(context));
      this.home = session;
      return report;
    });
  }

  /** Asks about these values; while an answer is on its way only the latest values are kept for the next question. */
  async ask(values: CustomerValues): Promise<void> {
    this.values = values;
    this.isOutdated = true;
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      while (this.isOutdated) {
        this.isOutdated = false;
        this.explanation = await this.kept().model.run("explainCustomer", { values: this.values }).result;
        this.askError = null;
      }
    } catch (error) {
      this.askError = toErrorRecord(error);
    } finally {
      this.isAsking = false;
    }
  }

  /** Values of a row of the open table; null where nothing is learned from it. */
  customer(row: number): Promise<CustomerValues | null> {
    return this.kept().model.run("customer", { row }).result;
  }

  /** The rows of another file, in the columns of this table. */
  score(name: string, blob: Blob): Promise<boolean> {
    return this.scoring.start(this.fitKey, async (context) => {
      const { report, table } = await readSecondFile(this.workspace, { name, blob }, context);
      const scored = await this.kept().model.run("score", { table }, listen(context)).result;
      return { report, scored };
    });
  }

  /** The scored file as CSV; `verdict` says in each row what the predictions are worth. */
  saveScored({ scored }: ScoredFile, verdict: string): Promise<Blob> {
    return exportSecondFile(this.workspace, scored, verdict);
  }

  export(format: ModelFormat): Promise<{ fileName: string; bytes: ArrayBuffer }> {
    return this.kept().model.run("exportModel", { format }).result;
  }

  private kept(): LearnSession {
    if (!this.home) throw new Error("no model for use was trained");
    return this.home;
  }
}

const sessions = new WeakMap<Workspace, ModelSession>();

/** The one session of a workspace; it outlives the screen, and comes with it, so that the first paint does without. */
export function modelSession(workspace: Workspace): ModelSession {
  let session = sessions.get(workspace);
  if (session) return session;
  // Apart from the screen that asks first: what is derived inside a screen is never derived again once the screen is left.
  $effect.root(() => {
    session = new ModelSession(workspace);
  });
  if (!session) throw new Error("no session was made");
  sessions.set(workspace, session);
  return session;
}
