import { describe, expect, test } from "vitest";
import { type CrewJobs, withCrew } from "../../../src/rpc/crew.ts";
import { FakeWorker } from "./fake-worker.ts";

/** A worker that takes its job and, unlike a real one, no port: messages are cloned without transfer here. */
function openFake(opened: FakeWorker<CrewJobs>[]): () => Worker {
  return () => {
    const worker = new FakeWorker<CrewJobs>({ serve: () => new Promise<null>(() => {}) });
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (message) => post("input" in message ? { ...message, input: { port: null } } : message);
    opened.push(worker);
    return worker as unknown as Worker;
  };
}

describe("a crew", () => {
  test("gives the job as many ports as workers, and ends them with it", async () => {
    const opened: FakeWorker<CrewJobs>[] = [];
    const output = await withCrew(3, openFake(opened), async (ports) => ports.length);
    expect(output).toBe(3);
    expect(opened.map((worker) => worker.isTerminated)).toEqual([true, true, true]);
  });

  test("aborts the job when one of it dies", async () => {
    const opened: FakeWorker<CrewJobs>[] = [];
    let isAborted = false;
    const done = withCrew(2, openFake(opened), (_ports, signal) => {
      signal.addEventListener("abort", () => {
        isAborted = true;
      });
      return new Promise<never>(() => {});
    });
    setTimeout(() => opened[1].crash("out of memory"), 20);
    await expect(done).rejects.toMatchObject({ code: "worker-died", details: { what: "out of memory" } });
    expect(isAborted).toBe(true);
    expect(opened.every((worker) => worker.isTerminated)).toBe(true);
  });

  test("hands on the job's own failure", async () => {
    const opened: FakeWorker<CrewJobs>[] = [];
    await expect(withCrew(1, openFake(opened), () => Promise.reject(new Error("no room")))).rejects.toThrow("no room");
    expect(opened[0].isTerminated).toBe(true);
  });
});
