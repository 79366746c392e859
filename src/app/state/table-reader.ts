import { TrendloomError } from "../../core/errors.ts";
import { WorkerClient } from "../../rpc/client.ts";
import type { JobInput } from "../../rpc/protocol.ts";
import type { SizeEstimate } from "../../table/size-estimate.params.ts";
import type { DataJobs, DataReport } from "../../workers/data.jobs.ts";
import type { FileJobs } from "../../workers/file.jobs.ts";
import { openFileWorker } from "../../workers/open.ts";
import type { RunContext } from "./job-run.svelte.ts";
import { listen } from "./listen.ts";

/** A link names the file that it was made for. */
function refuseOther(sha256: string, expected: string): void {
  if (sha256 === expected) return;
  throw new TrendloomError("fingerprint-mismatch", { expected: expected.slice(0, 12), got: sha256.slice(0, 12) });
}

/** Reads a file as the table that the data worker keeps; another worker looks at its size and takes its fingerprint meanwhile. */
export class TableReader {
  private readonly fileWorker = new WorkerClient<FileJobs>(openFileWorker);

  constructor(private readonly dataWorker: WorkerClient<DataJobs>) {}

  /** Starts the workers, so that they are there when a file comes. */
  warm(): void {
    this.dataWorker.warm();
    this.fileWorker.warm();
  }

  /**
   * `onEstimate` is told the size before the file is read, and where it is refused. With a fingerprint, another file is refused
   * before it replaces the one that is kept.
   */
  async read(
    input: Omit<JobInput<DataJobs, "read">, "port">,
    expectedSha256: string | null,
    onEstimate: (estimate: SizeEstimate | null) => void,
    context: RunContext,
  ): Promise<DataReport> {
    const { file } = input;
    const { signal } = context;
    this.fileWorker.run("estimate", { file }, { signal }).result.then(onEstimate, () => {});
    if (expectedSha256 !== null)
      refuseOther(await this.fileWorker.run("fingerprint", { file }, { signal }).result, expectedSha256);
    const { port1, port2 } = new MessageChannel();
    const serving = this.fileWorker.run("serve", { file, port: port1 }, { signal, transfer: [port1] });
    // Where the reading fails too, that is what is told.
    serving.result.catch(() => {});
    const reading = this.dataWorker.run("read", { ...input, port: port2 }, { ...listen(context), transfer: [port2] });
    try {
      // A reader whose file's thread died would wait for its next piece for ever.
      const described = await Promise.race([reading.result, serving.result.then(() => reading.result)]);
      return { ...described, sha256: await this.fingerprint(serving.result) };
    } finally {
      reading.cancel();
      serving.cancel();
    }
  }

  private fingerprint(hashing: Promise<string>): Promise<string> {
    return hashing.catch((error: unknown) => {
      // The worker holds a table that is not opened after all; the next one is given what is open.
      this.dataWorker.close();
      throw error;
    });
  }
}
