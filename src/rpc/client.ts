import { fromErrorRecord, TrendloomError } from "../core/errors.ts";
import type { Control, FromWorker, JobInput, JobMap, JobName, JobOutput, JobProgress, ToWorker } from "./protocol.ts";

export interface RunOptions<Event> {
  readonly onProgress?: (event: Event) => void;
  readonly signal?: AbortSignal;
  readonly transfer?: Transferable[];
}

/** A job under way. `result` rejects with a TrendloomError: as sent by the worker, or cancelled, or worker-died. */
export interface RunningJob<Output> {
  readonly result: Promise<Output>;
  control(action: Exclude<Control, "cancel">): void;
  cancel(): void;
}

interface PendingJob {
  isSent: boolean;
  resolve(output: unknown): void;
  reject(error: TrendloomError): void;
  onProgress(event: unknown): void;
}

/** A worker that has not started by then never will: it died before it could take its lock. */
const START_LIMIT_MS = 60_000;
/** A worker that does not answer a cancel within this time is ended. */
const CANCEL_GRACE_MS = 2000;

/**
 * The page's side of one worker. A worker that dies rejects every pending job, and the next job gets a fresh one.
 * `prepare` runs on each fresh worker before its first job (to give it back the data that died with the old one).
 */
export class WorkerClient<Jobs extends JobMap<Jobs>> {
  private worker: Worker | null = null;
  private prepared: Promise<void> = Promise.resolve();
  private readonly pending = new Map<number, PendingJob>();
  private nextId = 1;

  constructor(
    private readonly open: () => Worker,
    private readonly prepare: (client: WorkerClient<Jobs>) => Promise<unknown> = async () => {},
  ) {}

  get nPending(): number {
    return this.pending.size;
  }

  /** Starts a job on a worker that is ready for it. */
  run<Name extends JobName<Jobs>>(
    name: Name,
    input: JobInput<Jobs, Name>,
    options: RunOptions<JobProgress<Jobs, Name>> = {},
  ): RunningJob<JobOutput<Jobs, Name>> {
    this.warm();
    return this.post(name, input, options, this.prepared);
  }

  /** Starts the worker if it is not there, as the next job would. */
  warm(): void {
    if (this.worker) return;
    this.start();
    this.prepared = this.prepare(this).then(
      () => {},
      (error: unknown) => {
        this.close();
        throw error;
      },
    );
    // Whoever runs a job hears of it.
    this.prepared.catch(() => {});
  }

  /** For `prepare` alone: a job that does not wait for the preparation it is part of. */
  runUnprepared<Name extends JobName<Jobs>>(name: Name, input: JobInput<Jobs, Name>): Promise<JobOutput<Jobs, Name>> {
    return this.post(name, input, {}, Promise.resolve()).result;
  }

  /** Ends the worker; pending jobs are rejected. */
  close(error = new TrendloomError("cancelled")): void {
    this.worker?.terminate();
    this.worker = null;
    for (const job of [...this.pending.values()]) job.reject(error);
  }

  private post<Name extends JobName<Jobs>>(
    name: Name,
    input: JobInput<Jobs, Name>,
    options: RunOptions<JobProgress<Jobs, Name>>,
    ready: Promise<void>,
  ): RunningJob<JobOutput<Jobs, Name>> {
    const id = this.nextId++;
    const worker = this.worker as Worker;
    const cancel = () => this.cancel(id, worker);
    const result = new Promise<JobOutput<Jobs, Name>>((resolve, reject) => {
      const job: PendingJob = {
        isSent: false,
        resolve: (output) => this.settle(id, () => resolve(output as JobOutput<Jobs, Name>)),
        reject: (error) => this.settle(id, () => reject(error)),
        onProgress: (event) => options.onProgress?.(event as JobProgress<Jobs, Name>),
      };
      this.pending.set(id, job);
      options.signal?.addEventListener("abort", cancel, { once: true });
      if (options.signal?.aborted) return cancel();
      ready.then(
        () => {
          if (!this.pending.has(id)) return;
          job.isSent = true;
          worker.postMessage({ kind: "run", id, name, input } satisfies ToWorker, options.transfer ?? []);
        },
        (error: unknown) =>
          job.reject(error instanceof TrendloomError ? error : new TrendloomError("internal", { what: String(error) })),
      );
    });
    return {
      result,
      cancel,
      control: (action) => worker.postMessage({ kind: "control", id, action } satisfies ToWorker),
    };
  }

  private settle(id: number, deliver: () => void): void {
    const job = this.pending.get(id);
    if (!job) return;
    this.pending.delete(id);
    deliver();
  }

  /** The caller is answered at once; the worker has a short time to stop by itself. */
  private cancel(id: number, worker: Worker): void {
    const job = this.pending.get(id);
    if (!job) return;
    job.reject(new TrendloomError("cancelled"));
    if (!job.isSent) return;
    worker.postMessage({ kind: "control", id, action: "cancel" } satisfies ToWorker);
    const timer = setTimeout(() => {
      worker.removeEventListener("message", hear);
      if (this.worker === worker) this.close(new TrendloomError("worker-unresponsive"));
    }, CANCEL_GRACE_MS);
    const hear = ({ data }: MessageEvent<FromWorker>) => {
      if ((data.kind !== "failed" && data.kind !== "done") || data.id !== id) return;
      clearTimeout(timer);
      worker.removeEventListener("message", hear);
    };
    worker.addEventListener("message", hear);
  }

  private start(): void {
    const worker = this.open();
    this.worker = worker;
    const die = (what: string) => {
      if (this.worker === worker) this.close(new TrendloomError("worker-died", { what }));
    };
    const startTimer = setTimeout(() => die("did not start"), START_LIMIT_MS);
    worker.addEventListener("error", (event) => die(event.message || "script error"));
    worker.addEventListener("messageerror", () => die("unreadable message"));
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "ready") {
        clearTimeout(startTimer);
        if (data.lock) void navigator.locks.request(data.lock, () => die("ended from outside"));
        return;
      }
      const job = this.pending.get(data.id);
      if (!job) return;
      if (data.kind === "progress") for (const event of data.events) job.onProgress(event);
      else if (data.kind === "done") job.resolve(data.output);
      else job.reject(fromErrorRecord(data.error));
    });
  }
}
