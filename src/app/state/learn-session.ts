import { WorkerClient } from "../../rpc/client.ts";
import { WorkerPool } from "../../rpc/pool.ts";
import type { GpuJobs } from "../../workers/gpu.jobs.ts";
import type { LearningTable, LearnJobs } from "../../workers/learn.jobs.ts";
import type { ModelJobs } from "../../workers/model.jobs.ts";
import { openGpuWorker, openLearnWorker, openModelWorker } from "../../workers/open.ts";

const MAX_WORKERS = 4;

/** The workers that hold one learning table. They live as long as the table, target and roles stay as they are. */
export class LearnSession {
  readonly learn: WorkerPool<LearnJobs>;
  /** Two, so that without a GPU two folds' generators can train side by side; on a GPU only the first is used. */
  readonly gpu: WorkerPool<GpuJobs>;
  /** Keeps the model for use; a fresh one has the table back, but no model until `fit` is run again. */
  readonly model: WorkerClient<ModelJobs>;

  constructor(
    readonly key: string,
    learning: LearningTable,
  ) {
    const nWorkers = Math.max(1, Math.min(MAX_WORKERS, navigator.hardwareConcurrency || 2));
    this.learn = new WorkerPool<LearnJobs>(nWorkers, openLearnWorker, (client) => client.runUnprepared("load", learning));
    this.gpu = new WorkerPool<GpuJobs>(Math.min(2, nWorkers), openGpuWorker, (client) => client.runUnprepared("load", learning));
    this.model = new WorkerClient<ModelJobs>(openModelWorker, (client) => client.runUnprepared("load", learning));
  }

  close(): void {
    this.learn.close();
    this.gpu.close();
    this.model.close();
  }
}
