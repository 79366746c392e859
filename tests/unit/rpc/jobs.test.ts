import { beforeEach, describe, expect, test, vi } from "vitest";
import { TrendloomError } from "../../../src/core/errors.ts";
import type { Progress } from "../../../src/core/progress.ts";
import { WorkerClient } from "../../../src/rpc/client.ts";
import { WorkerPool } from "../../../src/rpc/pool.ts";
import { handOver, type JobHandlers } from "../../../src/rpc/serve.ts";
import { FakeWorker } from "./fake-worker.ts";

interface TestJobs {
  load: { input: number; output: null };
  add: { input: number; output: number };
  count: { input: number; output: number };
  refuse: { input: string; output: never };
  hang: { input: null; output: null };
  give: { input: number; output: { readonly whole: Float64Array; readonly part: Float64Array } };
}

let given: TestJobs["give"]["output"] | null = null;
const workers: FakeWorker<TestJobs>[] = [];
let isClean = false;

function open(): Worker {
  let loaded = 0;
  const handlers: JobHandlers<TestJobs> = {
    load(value) {
      loaded = value;
      return null;
    },
    add: (value) => loaded + value,
    *count(total) {
      try {
        for (let done = 0; done < total; done++) {
          const end = performance.now() + 5;
          while (performance.now() < end);
          yield { stage: "count", done, total };
        }
        return total;
      } finally {
        isClean = true;
      }
    },
    refuse: async (target) => {
      throw new TrendloomError("target-missing", { target });
    },
    hang: () => new Promise(() => {}),
    give(value) {
      given = { whole: Float64Array.of(value, value), part: Float64Array.of(0, value).subarray(1) };
      return handOver(given, [given.whole, given.part, given.whole]);
    },
  };
  const worker = new FakeWorker<TestJobs>(handlers);
  workers.push(worker);
  return worker as unknown as Worker;
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: TrendloomError) => error.code,
  );

beforeEach(() => {
  workers.length = 0;
  isClean = false;
});

describe("a client", () => {
  test("gives a job's output, its progress in order, and its named failure with the facts", async () => {
    const client = new WorkerClient<TestJobs>(open);
    const seen: number[] = [];
    const job = client.run("count", 30, { onProgress: (event: Progress) => seen.push(event.done) });
    expect(await job.result).toBe(30);
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => i));
    const error = await client.run("refuse", "Churn").result.catch((reason: TrendloomError) => reason);
    expect(error).toMatchObject({ code: "target-missing", details: { target: "Churn" } });
  });

  test("gets arrays that are handed over, which the worker then has no more; a part of a larger one is copied", async () => {
    const client = new WorkerClient<TestJobs>(open);
    const { whole, part } = await client.run("give", 7).result;
    expect([[...whole], [...part]]).toEqual([[7, 7], [7]]);
    expect(given?.whole.byteLength).toBe(0);
    expect([...(given?.part ?? [])]).toEqual([7]);
  });

  test("prepares each fresh worker before its first job", async () => {
    const client = new WorkerClient<TestJobs>(open, (fresh) => fresh.runUnprepared("load", 40));
    expect(await client.run("add", 2).result).toBe(42);
    workers[0].crash("out of memory");
    expect(await client.run("add", 3).result).toBe(43);
    expect(workers).toHaveLength(2);
  });

  test("a preparation that fails fails the job, and the next job tries afresh", async () => {
    let nTries = 0;
    const client = new WorkerClient<TestJobs>(open, async (fresh) => {
      if (nTries++ === 0) throw new TrendloomError("file-empty");
      await fresh.runUnprepared("load", 40);
    });
    expect(await codeOf(client.run("add", 1).result)).not.toBe("done");
    expect(await client.run("add", 2).result).toBe(42);
  });

  test("answers a cancel at once, lets the job clean up, and goes on with the same worker", async () => {
    const client = new WorkerClient<TestJobs>(open);
    const job = client.run("count", 10_000);
    await new Promise((resolve) => setTimeout(resolve, 60));
    job.cancel();
    expect(await codeOf(job.result)).toBe("cancelled");
    expect(await client.run("add", 1).result).toBe(1);
    await vi.waitFor(() => expect(isClean).toBe(true));
    expect(workers).toHaveLength(1);
  });

  test("a signal cancels, also one that was given before the start", async () => {
    const client = new WorkerClient<TestJobs>(open);
    const controller = new AbortController();
    const job = client.run("hang", null, { signal: controller.signal });
    controller.abort();
    expect(await codeOf(job.result)).toBe("cancelled");
    expect(await codeOf(client.run("add", 1, { signal: controller.signal }).result)).toBe("cancelled");
  });

  test("ends a worker that does not answer a cancel, and the next job gets a fresh one", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const client = new WorkerClient<TestJobs>(open);
      const job = client.run("hang", null);
      const outcome = codeOf(job.result);
      await vi.advanceTimersByTimeAsync(10);
      job.cancel();
      expect(await outcome).toBe("cancelled");
      await vi.advanceTimersByTimeAsync(2100);
      expect(workers[0].isTerminated).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test("a worker that dies rejects every pending job by name, and the next job runs", async () => {
    const client = new WorkerClient<TestJobs>(open);
    const pending = [client.run("hang", null), client.run("hang", null)].map((job) => codeOf(job.result));
    await new Promise((resolve) => setTimeout(resolve, 20));
    workers[0].crash("out of memory");
    expect(await Promise.all(pending)).toEqual(["worker-died", "worker-died"]);
    expect(await client.run("add", 5).result).toBe(5);
  });

  test("pauses, steps and resumes", async () => {
    const client = new WorkerClient<TestJobs>(open);
    let latest = -1;
    const job = client.run("count", 40, { onProgress: (event: Progress) => (latest = event.done) });
    await vi.waitFor(() => expect(latest).toBeGreaterThan(0));
    job.control("pause");
    await new Promise((resolve) => setTimeout(resolve, 120));
    const held = latest;
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(latest).toBe(held);
    job.control("step");
    await vi.waitFor(() => expect(latest).toBe(held + 1));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(latest).toBe(held + 1);
    job.control("resume");
    expect(await job.result).toBe(40);
  });
});

describe("a pool", () => {
  test("gives each job's own output whatever the number of workers", async () => {
    for (const nWorkers of [1, 2, 4]) {
      const pool = new WorkerPool<TestJobs>(nWorkers, open, (client) => client.runUnprepared("load", 100));
      const outputs = await Promise.all(Array.from({ length: 9 }, (_, i) => pool.run("add", i)));
      expect(outputs).toEqual(Array.from({ length: 9 }, (_, i) => 100 + i));
      pool.close();
    }
  });

  test("a cancel ends the worker, drops what waits, and leaves a working pool", async () => {
    const pool = new WorkerPool<TestJobs>(1, open);
    const controller = new AbortController();
    const jobs = [0, 1, 2].map(() => codeOf(pool.run("hang", null, { signal: controller.signal })));
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    expect(await Promise.all(jobs)).toEqual(["cancelled", "cancelled", "cancelled"]);
    expect(workers[0].isTerminated).toBe(true);
    expect(await pool.run("add", 1)).toBe(1);
  });
});
