import { expect, test, vi } from "vitest";
import { TrendloomError, toErrorRecord } from "../../../../src/core/errors.ts";
import type { WorkerClient } from "../../../../src/rpc/client.ts";
import type { DataJobs } from "../../../../src/workers/data.jobs.ts";

/** A file worker that answers every job with an error. */
class FailingWorker extends EventTarget {
  constructor() {
    super();
    setTimeout(() => this.say({ kind: "ready", lock: null }));
  }

  postMessage({ kind, id }: { kind: string; id: number }): void {
    const error = toErrorRecord(new TrendloomError("file-unreadable", { reason: "lost" }));
    if (kind === "run") setTimeout(() => this.say({ kind: "failed", id, error }));
  }

  terminate(): void {}

  private say(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

vi.mock("../../../../src/workers/open.ts", () => ({ openFileWorker: () => new FailingWorker() }));
const { TableReader } = await import("../../../../src/app/state/table-reader.ts");

test("a reading whose file's thread fails does not wait for ever", async () => {
  const cancel = vi.fn();
  const reading = { result: new Promise<never>(() => {}), control: () => {}, cancel };
  const dataWorker = { run: () => reading, close: vi.fn(), warm() {} } as unknown as WorkerClient<DataJobs>;
  const context = { signal: new AbortController().signal, report() {}, steer() {}, isPaused: () => false };
  const input = { name: "a.csv", file: new Blob(["a\n1\n"]), sampleRows: 0, edits: { types: {}, levels: {} } };
  await expect(new TableReader(dataWorker).read(input, null, () => {}, context)).rejects.toThrow(
    expect.objectContaining({ code: "file-unreadable" }),
  );
  expect(cancel).toHaveBeenCalled();
});
