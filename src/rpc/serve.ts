import { TrendloomError, toErrorRecord } from "../core/errors.ts";
import type { Control, FromWorker, JobInput, JobMap, JobName, JobOutput, JobProgress, ToWorker } from "./protocol.ts";

/** An output whose arrays leave the worker instead of being copied: the worker has them no more. See `handOver`. */
export class HandedOver<Output> {
  readonly transfer: Transferable[];

  constructor(
    readonly output: Output,
    arrays: readonly ArrayBufferView[],
  ) {
    const isWhole = ({ buffer, byteLength }: ArrayBufferView) =>
      buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
    // A view of something larger, as a kernel's memory, stays and is copied.
    this.transfer = [...new Set(arrays.filter(isWhole).map(({ buffer }) => buffer as ArrayBuffer))];
  }
}

/** A job's output with arrays in it that nothing in the worker looks at afterwards: they cost the page no copying. */
export const handOver = <Output>(output: Output, arrays: readonly ArrayBufferView[]): HandedOver<Output> =>
  new HandedOver(output, arrays);

type Answer<Output> = Output | HandedOver<Output>;

type JobRunner<Input, Output, Event> = (
  input: Input,
) =>
  | Generator<Event, Answer<Output>, void>
  | AsyncGenerator<Event, Answer<Output>, void>
  | Promise<Answer<Output>>
  | Answer<Output>;

/** One function per job: a (possibly asynchronous) generator whose yields are progress events, or a plain function. */
export type JobHandlers<Jobs extends JobMap<Jobs>> = {
  [Name in JobName<Jobs>]: JobRunner<JobInput<Jobs, Name>, JobOutput<Jobs, Name>, JobProgress<Jobs, Name>>;
};

const FLUSH_EVERY_MS = 50;

/** The side of a worker that jobs need; the global scope of a worker satisfies it. */
export interface JobPort {
  postMessage(message: FromWorker, options?: { transfer?: Transferable[] }): void;
  addEventListener(type: "message", listener: (event: { data: ToWorker }) => void): void;
}

interface RunningJob {
  isCancelled: boolean;
  isPaused: boolean;
  mayStep: boolean;
  wake: () => void;
}

/** Lets messages that wait in the worker's queue be heard. */
function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

function isGenerator(value: unknown): value is Generator | AsyncGenerator {
  return typeof value === "object" && value !== null && "next" in value && "return" in value;
}

/** Pumps a generator to its end: events go out in batches, and after each batch a cancel or a pause is heard. */
async function pump(work: Generator | AsyncGenerator, job: RunningJob, send: (events: unknown[]) => void): Promise<unknown> {
  let events: unknown[] = [];
  // The first event goes out at once: a job's first step may be long.
  let flushedAt = Number.NEGATIVE_INFINITY;
  const flush = () => {
    if (events.length > 0) send(events);
    events = [];
    flushedAt = performance.now();
  };
  for (;;) {
    const step = await work.next();
    if (step.done) {
      flush();
      return step.value;
    }
    events.push(step.value);
    if (job.isPaused || job.mayStep || performance.now() - flushedAt >= FLUSH_EVERY_MS) {
      flush();
      await nextMacrotask();
    }
    job.mayStep = false;
    while (job.isPaused && !job.isCancelled && !job.mayStep) {
      await new Promise<void>((resolve) => {
        job.wake = resolve;
      });
    }
    if (job.isCancelled) {
      await work.return(undefined);
      throw new TrendloomError("cancelled");
    }
  }
}

function obey(job: RunningJob, action: Control): void {
  if (action === "cancel") job.isCancelled = true;
  if (action === "pause") job.isPaused = true;
  if (action === "resume") job.isPaused = false;
  if (action === "step") job.mayStep = true;
  job.wake();
}

/**
 * Holds a lock for as long as this worker lives. The page waits for the same lock and so learns of the worker's
 * death whatever its cause; no browser event tells of a worker that was killed from outside.
 */
async function holdLifeLock(): Promise<string | null> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return null;
  const name = `trendloom-worker-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
  await new Promise<void>((resolve, reject) => {
    locks
      .request(name, () => {
        resolve();
        return new Promise<never>(() => {});
      })
      .catch(reject);
  });
  return name;
}

/** Serves jobs on a port (a worker's global scope). Several jobs may be under way at once; they take turns. */
export async function serveJobs<Jobs extends JobMap<Jobs>>(port: JobPort, handlers: JobHandlers<Jobs>): Promise<void> {
  const running = new Map<number, RunningJob>();

  async function run(id: number, name: string, input: unknown): Promise<void> {
    const job: RunningJob = { isCancelled: false, isPaused: false, mayStep: false, wake: () => {} };
    running.set(id, job);
    try {
      const handler = handlers[name as JobName<Jobs>] as JobRunner<unknown, unknown, unknown>;
      const work = handler(input);
      const answer = isGenerator(work)
        ? await pump(work, job, (events) => port.postMessage({ kind: "progress", id, events }))
        : await work;
      if (answer instanceof HandedOver)
        port.postMessage({ kind: "done", id, output: answer.output }, { transfer: answer.transfer });
      else port.postMessage({ kind: "done", id, output: answer });
    } catch (error) {
      port.postMessage({ kind: "failed", id, error: toErrorRecord(error) });
    } finally {
      running.delete(id);
    }
  }

  port.addEventListener("message", ({ data }) => {
    if (data.kind === "run") void run(data.id, data.name, data.input);
    else {
      const job = running.get(data.id);
      if (job) obey(job, data.action);
    }
  });
  const lock = await holdLifeLock().catch(() => null);
  port.postMessage({ kind: "ready", lock });
}
