import { WorkerPool } from "../../rpc/pool.ts";
import type { Table } from "../../table/table.ts";
import type { Task } from "../../table/task.ts";
import type { GpuJobs } from "../../workers/gpu.jobs.ts";
import type { LearnJobs } from "../../workers/learn.jobs.ts";
import { openGpuWorker, openLearnWorker } from "../../workers/open.ts";

const MAX_WORKERS = 4;

/** The workers that hold one learning table. They live as long as the table, target and roles stay as they are. */
export class LearnSession {
  readonly learn: WorkerPool<LearnJobs>;
  /** Two, so that without a GPU two folds' generators can train side by side; on a GPU only the first is used. */
  readonly gpu: WorkerPool<GpuJobs>;

  constructor(
    readonly key: string,
    readonly table: Table,
    readonly task: Task,
    readonly nDropped: number,
  ) {
    const nWorkers = Math.max(1, Math.min(MAX_WORKERS, navigator.hardwareConcurrency || 2));
    const input = { table, task };
    this.learn = new WorkerPool<LearnJobs>(nWorkers, openLearnWorker, (client) => client.runUnprepared("load", input));
    this.gpu = new WorkerPool<GpuJobs>(Math.min(2, nWorkers), openGpuWorker, (client) => client.runUnprepared("load", input));
  }

  close(): void {
    this.learn.close();
    this.gpu.close();
  }
}
