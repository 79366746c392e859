import { TrendloomError } from "../core/errors.ts";
import { type RunningJob, type RunOptions, WorkerClient } from "./client.ts";
import type { JobInput, JobMap, JobName, JobOutput, JobProgress } from "./protocol.ts";

/**
 * Several workers of one kind, one job each at a time. Jobs wait in one queue and go to the first worker that is
 * free, so what a job gives must not depend on which worker did it. Cancelling a job ends its worker at once:
 * learners have long steps, and a fresh worker costs less than waiting for one.
 */
export class WorkerPool<Jobs extends JobMap<Jobs>> {
  private readonly clients: WorkerClient<Jobs>[];
  private readonly waiting: ((client: WorkerClient<Jobs>) => void)[] = [];
  private readonly idle: WorkerClient<Jobs>[];

  constructor(nWorkers: number, open: () => Worker, prepare: (client: WorkerClient<Jobs>) => Promise<unknown> = async () => {}) {
    this.clients = Array.from({ length: nWorkers }, () => new WorkerClient<Jobs>(open, prepare));
    this.idle = [...this.clients];
  }

  get nWorkers(): number {
    return this.clients.length;
  }

  /** Runs a job on the next free worker. `onStart` hands out the running job, for pause and step. */
  async run<Name extends JobName<Jobs>>(
    name: Name,
    input: JobInput<Jobs, Name>,
    options: RunOptions<JobProgress<Jobs, Name>> = {},
    onStart: (job: RunningJob<JobOutput<Jobs, Name>>) => void = () => {},
  ): Promise<JobOutput<Jobs, Name>> {
    const { signal, ...rest } = options;
    const client = await this.acquire();
    const end = () => client.close();
    try {
      if (signal?.aborted) throw new TrendloomError("cancelled");
      signal?.addEventListener("abort", end, { once: true });
      const job = client.run(name, input, rest);
      onStart(job);
      return await job.result;
    } finally {
      signal?.removeEventListener("abort", end);
      this.release(client);
    }
  }

  /** Ends all workers; pending jobs are rejected as cancelled. */
  close(): void {
    for (const client of this.clients) client.close();
  }

  private acquire(): Promise<WorkerClient<Jobs>> {
    const client = this.idle.shift();
    if (client) return Promise.resolve(client);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private release(client: WorkerClient<Jobs>): void {
    const next = this.waiting.shift();
    if (next) next(client);
    else this.idle.push(client);
  }
}
