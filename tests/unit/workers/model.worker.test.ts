import { afterEach, describe, expect, test, vi } from "vitest";
import { WorkerClient } from "../../../src/rpc/client.ts";
import { pack } from "../../../src/rpc/parcel.ts";
import type { FromWorker, ToWorker } from "../../../src/rpc/protocol.ts";
import type { ModelJobs } from "../../../src/workers/model.jobs.ts";
import { mixedLearning, SMALL } from "./model-parts.ts";

/** The worker's own module in this thread, afresh for each; messages are cloned and cross in a later task. */
class ModuleWorker extends EventTarget {
  private readonly inside = new EventTarget();
  private readonly loaded: Promise<unknown>;

  constructor() {
    super();
    vi.resetModules();
    vi.stubGlobal("self", {
      postMessage: (message: FromWorker) => {
        const data = structuredClone(message);
        setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data })));
      },
      addEventListener: (_type: "message", listener: EventListener) => this.inside.addEventListener("message", listener),
    });
    this.loaded = import("../../../src/workers/model.worker.ts");
  }

  postMessage(message: ToWorker): void {
    const data = structuredClone(message);
    void this.loaded.then(() => this.inside.dispatchEvent(new MessageEvent("message", { data })));
  }

  terminate(): void {}

  crash(): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const learning = mixedLearning("two");
const request = { learner: "xgboost", params: SMALL.xgboost, seed: 3, synthetic: null, ports: [] } as const;
const values = { x: 0.4, z: 2, word: "b", flag: "yes" };

function open() {
  const workers: ModuleWorker[] = [];
  const client = new WorkerClient<ModelJobs>(
    () => {
      workers.push(new ModuleWorker());
      return workers[workers.length - 1] as unknown as Worker;
    },
    (fresh) => fresh.runUnprepared("load", pack(learning)),
  );
  return { client, workers };
}

describe("the worker that keeps the model", () => {
  test("says that a model is missing until one was fitted, then answers", async () => {
    const { client } = open();
    await expect(client.run("explainCustomer", { values }).result).rejects.toMatchObject({ code: "model-missing" });
    await expect(client.run("score", { table: pack(learning.table) }).result).rejects.toMatchObject({ code: "model-missing" });
    const stages: string[] = [];
    await client.run("fit", request, { onProgress: ({ stage }) => stages.push(stage) }).result;
    expect(stages).toContain("boosting");
    expect((await client.run("explainCustomer", { values }).result).prediction).toHaveLength(2);
    expect(await client.run("customer", { row: 14 }).result).toHaveProperty("word");
    expect(await client.run("customer", { row: 4 }).result).toBeNull();
    const { bytes } = await client.run("exportModel", { format: "onnx" }).result;
    expect(bytes.byteLength).toBeGreaterThan(1000);
  });

  test("one that died has its table back and no model; fitted again, it answers as before", async () => {
    const { client, workers } = open();
    await client.run("fit", request).result;
    const before = await client.run("explainCustomer", { values }).result;
    const pending = client.run("explain", { ...request, nFolds: 3, quick: true }).result;
    workers[0].crash();
    await expect(pending).rejects.toMatchObject({ code: "worker-died" });
    await expect(client.run("explainCustomer", { values }).result).rejects.toMatchObject({ code: "model-missing" });
    expect(workers).toHaveLength(2);
    await client.run("fit", request).result;
    expect(await client.run("explainCustomer", { values }).result).toEqual(before);
  });
});
