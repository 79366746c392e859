import type { FromWorker, JobMap, ToWorker } from "../../../src/rpc/protocol.ts";
import { type JobHandlers, serveJobs } from "../../../src/rpc/serve.ts";

/** A worker's two ends in one thread: messages are cloned and cross in a later task, as between threads. */
export class FakeWorker<Jobs extends JobMap<Jobs>> extends EventTarget {
  isTerminated = false;
  private readonly inside = new EventTarget();

  constructor(handlers: JobHandlers<Jobs>) {
    super();
    const port = {
      postMessage: (message: FromWorker, options: { transfer?: Transferable[] } = {}) =>
        this.deliver(this, structuredClone(message, options as StructuredSerializeOptions)),
      addEventListener: (_type: "message", listener: (event: { data: ToWorker }) => void) =>
        this.inside.addEventListener("message", (event) => listener(event as MessageEvent<ToWorker>)),
    };
    void serveJobs<Jobs>(port, handlers);
  }

  postMessage(message: ToWorker): void {
    this.deliver(this.inside, structuredClone(message));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  /** As a script error that nobody caught. */
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }

  private deliver(target: EventTarget, data: unknown): void {
    setTimeout(() => {
      if (!this.isTerminated) target.dispatchEvent(new MessageEvent("message", { data }));
    });
  }
}
