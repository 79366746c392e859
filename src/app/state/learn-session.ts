import type { Progress } from "../../core/progress.ts";
import { type RunningJob, type RunOptions, WorkerClient } from "../../rpc/client.ts";
import { withCrew } from "../../rpc/crew.ts";
import { WorkerPool } from "../../rpc/pool.ts";
import type { GpuJobs } from "../../workers/gpu.jobs.ts";
import type { LearnJobs, PackedLearning } from "../../workers/learn.jobs.ts";
import type { ModelJobs } from "../../workers/model.jobs.ts";
import { openGanPartWorker, openGpuWorker, openLearnWorker, openModelWorker, openShardWorker } from "../../workers/open.ts";

const MAX_WORKERS = 4;
/** Smaller tables are fitted before a crew would have started. */
const MIN_CREW_CELLS = 500_000;
/** Further workers of a generator's training, by the number of cores: its steps are shared by one, two or four. */
const HELPERS_OF: Readonly<Record<number, number>> = { 2: 1, 3: 1, 4: 3 };

type Synthesize = GpuJobs["synthesize"];

/** The workers that hold one learning table. They live as long as the table, target and roles stay as they are. */
export class LearnSession {
  readonly learn: WorkerPool<LearnJobs>;
  /** Two, so that without a GPU two folds' generators can train side by side; on a GPU only the first is used. */
  readonly gpu: WorkerPool<GpuJobs>;
  /** Keeps the model for use; a fresh one has the table back, but no model until `fit` is run again. */
  readonly model: WorkerClient<ModelJobs>;
  /** What the models learn from. */
  readonly features: readonly string[];
  /** What is predicted: classes or numbers. */
  readonly kind: PackedLearning["task"]["kind"];
  readonly nRows: number;
  /** Everything that generated rows have too. */
  readonly columns: readonly { readonly name: string; readonly kind: "numeric" | "categorical" }[];
  private readonly nCells: number;

  constructor(
    readonly key: string,
    { parcel, task, nRows, columns }: PackedLearning,
  ) {
    this.features = task.features;
    this.kind = task.kind;
    this.nRows = nRows;
    this.columns = columns;
    this.nCells = nRows * task.features.length;
    const nWorkers = Math.max(1, Math.min(MAX_WORKERS, navigator.hardwareConcurrency || 2));
    this.learn = new WorkerPool<LearnJobs>(nWorkers, openLearnWorker, (client) => client.runUnprepared("load", parcel));
    this.gpu = new WorkerPool<GpuJobs>(Math.min(2, nWorkers), openGpuWorker, (client) => client.runUnprepared("load", parcel));
    this.model = new WorkerClient<ModelJobs>(openModelWorker, (client) => client.runUnprepared("load", parcel));
  }

  /** The model for use. For large tables other workers help, which changes the time it takes and nothing else. */
  fitModel(input: Omit<ModelJobs["fit"]["input"], "ports">, options: RunOptions<Progress>): Promise<ModelJobs["fit"]["output"]> {
    const isCrewed = this.nCells >= MIN_CREW_CELLS;
    return withCrew(isCrewed ? this.learn.nWorkers - 1 : 0, openShardWorker, (ports, died) => {
      const signal = options.signal ? AbortSignal.any([options.signal, died]) : died;
      return this.model.run("fit", { ...input, ports }, { ...options, transfer: ports, signal }).result;
    });
  }

  /** The generator. Where our own engine may train it, other workers share its steps, which changes the time and nothing else. */
  synthesize(
    input: Omit<Synthesize["input"], "ports">,
    options: RunOptions<Synthesize["progress"]>,
    onStart: (job: RunningJob<Synthesize["output"]>) => void,
  ): Promise<Synthesize["output"]> {
    const isShared = input.engine === "auto" || input.engine === "wasm" || input.engine === "wasm-exact";
    const nHelpers = isShared ? (HELPERS_OF[this.learn.nWorkers] ?? 0) : 0;
    return withCrew(nHelpers, openGanPartWorker, (ports, died) => {
      const signal = options.signal ? AbortSignal.any([options.signal, died]) : died;
      return this.gpu.run("synthesize", { ...input, ports }, { ...options, transfer: ports, signal }, onStart);
    });
  }

  close(): void {
    this.learn.close();
    this.gpu.close();
    this.model.close();
  }
}
