import { defaultValues } from "../../core/params.ts";
import { WorkerClient } from "../../rpc/client.ts";
import type { Role } from "../../table/table.ts";
import type {
  AssociationsReport,
  DataJobs,
  DataReport,
  ListKind,
  SegmentColumn,
  SegmentsReport,
  StructureReport,
  TableSettings,
} from "../../workers/data.jobs.ts";
import type { FinalModelReport, PredictReport } from "../../workers/learn.jobs.ts";
import { openDataWorker } from "../../workers/open.ts";
import { JobRun, type RunContext } from "./job-run.svelte.ts";
import { KeptTrainings, type TrainingKeeper } from "./kept-trainings.svelte.ts";
import { LearnSession } from "./learn-session.ts";
import { learnerParams } from "./learner-params.ts";
import { type LinkContent, type LinkSource, LOCALES, type Locale } from "./link.ts";
import { listen } from "./listen.ts";
import { Opening } from "./opening.svelte.ts";
import { makePlans, nFoldsOf, nStepsOf, type Plans } from "./plans.ts";
import type { Recovery } from "./recover-training.ts";
import { runPredict } from "./run-predict.ts";
import { LiveTraining, runSynthesize, type SynthesizeOutput } from "./run-synthesize.svelte.ts";
import { runVerdict, type VerdictOutput } from "./run-verdict.ts";
import { SegmentActions } from "./segment-actions.svelte.ts";
import { freeName, targetedAt } from "./segment-use.ts";
import { SETTINGS, type Settings, STEPS, type StepName } from "./settings.ts";
import { stepKeys } from "./step-keys.ts";
import { TableEditor } from "./table-editor.svelte.ts";
import { TableReader } from "./table-reader.ts";

export type StepState = "empty" | "running" | "done" | "stale" | "failed";

interface OpenedFile {
  readonly name: string;
  readonly blob: Blob;
  readonly source: LinkSource;
}

/** The open table, the settings, and what each step made of them. A step's output is a pure function of its key. */
export class Workspace {
  settings = $state<Settings>(defaultValues(SETTINGS));
  step = $state<StepName>("data");
  /** The start page is shown; whatever is open stays. */
  isHome = $state(true);
  file = $state.raw<OpenedFile | null>(null);
  readonly opening = new Opening();
  readonly live = new LiveTraining();
  readonly kept = new KeptTrainings();
  readonly segmentActions = new SegmentActions();

  readonly data = new JobRun<DataReport>();
  readonly structure = new JobRun<StructureReport>();
  readonly associations = new JobRun<AssociationsReport>();
  readonly segments = new JobRun<SegmentsReport>();
  readonly predict = new JobRun<PredictReport>();
  readonly synthesize = new JobRun<SynthesizeOutput>();
  readonly verdict = new JobRun<VerdictOutput>();
  /** Trainings of the verdict's latest run that were interrupted and went on. */
  recoveries = $state.raw<readonly Recovery[]>([]);
  readonly final = new JobRun<FinalModelReport>();

  readonly dataWorker = new WorkerClient<DataJobs>(openDataWorker, async (client) => {
    if (!this.file) return;
    const { name, blob } = this.file;
    const { sampleRows } = this.settings;
    await client.runUnprepared("read", { name, file: blob, port: null, sampleRows, edits: this.editor.current() });
  });
  private readonly reader = new TableReader(this.dataWorker);
  readonly editor = new TableEditor(this);
  private session: LearnSession | null = null;

  readonly report = $derived(this.data.output);
  readonly target = $derived(this.settings.target || (this.report?.suggestedTarget ?? ""));
  readonly nFolds = $derived(nFoldsOf(this.settings));
  readonly ganSteps = $derived(nStepsOf(this.settings));
  /** Role of every column: the suggested one unless the user chose another; just one column is the target. */
  readonly roles = $derived.by(() => {
    const roles: Record<string, Role> = Object.create(null);
    for (const column of this.report?.columns ?? []) {
      const suggested = column.role === "target" ? "feature" : column.role;
      // A column may be called constructor.
      const chosen = Object.hasOwn(this.settings.roles, column.name) ? this.settings.roles[column.name] : suggested;
      roles[column.name] = column.name === this.target ? "target" : chosen;
    }
    return roles;
  });
  readonly tableSettings: TableSettings = $derived({
    target: this.target,
    roles: { ...this.roles },
    mergeSynonyms: this.settings.mergeSynonyms,
  });

  private readonly keys: Record<StepName, string> = $derived(
    stepKeys(this.settings, {
      sha256: `${this.report?.sha256 ?? ""}${this.settings.sampleRows > 0 ? `/${this.settings.sampleRows}` : ""}`,
      target: this.target,
      roles: this.roles,
      segments: this.segments.outputKey,
    }),
  );

  stateOf(step: StepName): StepState {
    const run = this[step];
    if (run.state === "running") return "running";
    // Another file that could not be read leaves the open one as it was.
    if (step === "data" && run.output !== null) return "done";
    if (run.state === "failed") return "failed";
    if (run.output === null) return "empty";
    return run.outputKey === this.keys[step] ? "done" : "stale";
  }

  /** What the column of segments is called: no other column has that name. */
  readonly segmentColumnName = $derived(freeName("segment", this.report?.columns.map(({ name }) => name) ?? []));
  readonly isBusy = $derived(STEPS.some((step) => this[step].state === "running"));

  /** Gets ready for the first file. */
  warm(): void {
    this.reader.warm();
  }

  /**
   * Reads a file. The table that was open, and all results, stay until the new one has been read. With a source of
   * kind file the fingerprint must agree.
   */
  async open(
    blob: Blob,
    name: string,
    source: LinkSource | null,
    settings: Settings = defaultValues(SETTINGS),
  ): Promise<boolean> {
    this.cancelAll();
    this.opening.begin({ blob, name, source, settings });
    return this.data.start("", async (context) => {
      const { sampleRows, types, levels } = settings;
      const input = { name, file: blob, sampleRows, edits: { types, levels } };
      const expectedSha256 = source?.kind === "file" ? source.sha256 : null;
      const data = await this.reader.read(input, expectedSha256, (estimate) => this.opening.tell(blob, estimate), context);
      this.forgetResults();
      this.settings = settings;
      this.editor.forget();
      this.isHome = false;
      this.file = {
        name,
        blob,
        source: source ?? { kind: "file", sha256: data.sha256, nRows: data.nRows, nColumns: data.nColumns },
      };
      return data;
    });
  }

  /** Reads the open file anew, or the one that was too large, as a sample of so many rows; 0 for all. Settings stay. */
  async readRows(sampleRows: number): Promise<boolean> {
    const last = this.opening.last;
    if (!last) return false;
    const isOpen = this.file?.blob === last.blob;
    const settings = isOpen ? ($state.snapshot(this.settings) as Settings) : last.settings;
    return this.open(last.blob, last.name, isOpen ? (this.file?.source ?? null) : last.source, { ...settings, sampleRows });
  }

  /** One of the lists that reading the open file gave, in full, as CSV. */
  readingList(kind: ListKind, context: RunContext): Promise<Blob> {
    if (!this.file) throw new Error("no file is open");
    return this.dataWorker.run(
      "readingList",
      { file: this.file.blob, sampleRows: this.settings.sampleRows, kind },
      listen(context),
    ).result;
  }

  /** Runs one step on what is open. Steps that another needs are run first. */
  async run(step: StepName): Promise<boolean> {
    if (!this.report) return false;
    if (step === "verdict" && this.stateOf("synthesize") !== "done" && !(await this.run("synthesize"))) return false;
    const needsSegments = step === "predict" && this.settings.segmentUse !== "none" && this.stateOf("segments") !== "done";
    if (needsSegments && !(await this.run("segments"))) return false;
    const key = this.keys[step];
    switch (step) {
      case "data":
        return true;
      case "structure":
        return this.structure.start(
          key,
          (context) => this.dataWorker.run("structure", this.currentTable(), listen(context)).result,
        );
      case "segments":
        return this.segments.start(key, (context) => {
          const input = { table: this.currentTable(), segments: this.currentPlans().segments };
          return this.dataWorker.run("segments", input, listen(context)).result;
        });
      case "predict":
        return this.predict.start(key, async (context) =>
          runPredict(await this.learnSession(context, this.segmentColumn()), this.currentPlans().predict, context),
        );
      case "synthesize":
        return this.synthesize.start(key, async (context) =>
          runSynthesize(await this.learnSession(context), this.currentPlans().synthesize, this.live, this.keeper(key), context),
        );
      case "verdict":
        return this.verdict.start(key, async (context) => {
          this.recoveries = [];
          const recovered = (recovery: Recovery) => {
            this.recoveries = [...this.recoveries, recovery];
          };
          const session = await this.learnSession(context);
          return runVerdict(session, this.currentPlans().verdict, this.synthesized(), { ...context, recovered });
        });
    }
  }

  /** The training that `synthesize` would go on with now: an earlier visit, or a cancel, left it half done. */
  readonly interrupted = $derived.by(() => this.kept.interrupted.find(({ id }) => id === this.keys.synthesize) ?? null);

  private keeper(key: string): TrainingKeeper {
    const link = { ...this.linkContent(LOCALES[0]), run: ["data", "synthesize"] as const, step: "synthesize" as const };
    return this.kept.keeper(key, { fileName: this.file?.name ?? "", link, nSteps: this.ganSteps });
  }

  /** Names what the map shows now: the columns of the structure there is, by the chosen measure. */
  readonly associationsKey = $derived(`${this.settings.associationMeasure} ${this.structure.outputKey}`);

  /** Measures and tests every pair of the columns that the structure compared. */
  testAssociations(): Promise<boolean> {
    const measure = this.settings.associationMeasure;
    const columns = this.structure.output?.columns ?? [];
    return this.associations.start(
      this.associationsKey,
      (context) => this.dataWorker.run("associations", { columns, measure }, listen(context)).result,
    );
  }

  /** Shows a step, and runs it if it has not been run yet. */
  goTo(step: StepName): void {
    this.step = step;
    scrollTo(0, 0);
    if (this.stateOf(step) === "empty") void this.run(step);
  }

  /** The given steps in order, those done already left as they are; stops at the first that fails or is cancelled. */
  async runAll(steps: readonly StepName[] = STEPS): Promise<boolean> {
    for (const step of STEPS.filter((name) => steps.includes(name))) {
      if (this.stateOf(step) === "done") continue;
      this.step = step;
      if (!(await this.run(step))) return false;
    }
    return true;
  }

  /** The final model's answers, as long as they are of the current settings. */
  readonly finalReport = $derived(this.final.outputKey === this.keys.synthesize ? this.final.output : null);

  /** The model for use: all real rows and the generated ones. */
  async trainFinal(learner: "random-forest" | "xgboost"): Promise<boolean> {
    if (this.stateOf("synthesize") !== "done" && !(await this.run("synthesize"))) return false;
    return this.final.start(this.keys.synthesize, async (context) => {
      const session = await this.learnSession(context);
      const settings = $state.snapshot(this.settings) as Settings;
      const params = learnerParams(settings)[learner] ?? {};
      const input = { learner, params, seed: settings.seed, synthetic: this.synthesized().rows };
      return session.fitModel(input, listen(context));
    });
  }

  /** What a link to this analysis holds: where the rows come from, the settings, and which steps to run. */
  linkContent(language: Locale): LinkContent {
    const run = STEPS.filter((step) => this[step].output !== null);
    return {
      source: this.file?.source ?? null,
      step: this.step,
      language,
      run,
      settings: $state.snapshot(this.settings) as Settings,
    };
  }

  cancelAll(): void {
    for (const step of STEPS) this[step].cancel();
    this.associations.cancel();
    this.final.cancel();
  }

  private forgetResults(): void {
    for (const step of STEPS) if (step !== "data") this[step].reset();
    this.associations.reset();
    this.final.reset();
    this.live.clear();
    this.segmentActions.clear();
    this.session?.close();
    this.session = null;
  }

  async learnSession(context: Pick<RunContext, "signal">, segmentColumn?: SegmentColumn): Promise<LearnSession> {
    const isTarget = segmentColumn !== undefined && this.settings.segmentUse === "target";
    const table = isTarget ? targetedAt(this.currentTable(), segmentColumn.name) : this.currentTable();
    const settings = { ...table, nFolds: this.nFolds };
    const segments = segmentColumn ? this.segments.outputKey : "";
    const key = JSON.stringify([this.report?.sha256, this.editor.current(), settings, segments]);
    const input = segmentColumn ? { ...settings, segmentColumn } : settings;
    if (this.session?.key === key) return this.session;
    this.session?.close();
    this.session = null;
    this.session = new LearnSession(key, await this.dataWorker.run("learningTable", input, { signal: context.signal }).result);
    return this.session;
  }

  private synthesized(): SynthesizeOutput {
    const output = this.synthesize.output;
    if (!output) throw new Error("nothing was synthesized yet");
    return output;
  }

  /** The segments as one more column, where Predict is to have them. */
  private segmentColumn(): SegmentColumn | undefined {
    const report = this.segments.output;
    if (this.settings.segmentUse === "none" || !report) return undefined;
    const names = report.segments.map((card) => card.name);
    return { name: this.segmentColumnName, labels: report.labels, names, from: report.columns };
  }

  currentTable(): TableSettings {
    return $state.snapshot(this.tableSettings) as TableSettings;
  }

  /** What each step would be asked to do now. */
  currentPlans(): Plans {
    return makePlans($state.snapshot(this.settings) as Settings, this.report?.nRows ?? 0);
  }
}
