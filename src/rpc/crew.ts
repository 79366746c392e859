import { TrendloomError } from "../core/errors.ts";
import { WorkerClient } from "./client.ts";

/** What a worker of a crew does: it answers what comes over a port until it is ended. */
export interface CrewJobs {
  serve: { input: { readonly port: MessagePort }; output: null };
}

/**
 * Runs one job with workers to lean on: each gets one end of a channel, and `run` the other ends, to be transferred to
 * the worker that does the job. Workers are ended with the job. One that dies aborts the job and rejects.
 */
export async function withCrew<Output>(
  nWorkers: number,
  open: () => Worker,
  run: (ports: MessagePort[], signal: AbortSignal) => Promise<Output>,
): Promise<Output> {
  const clients = Array.from({ length: nWorkers }, () => new WorkerClient<CrewJobs>(open));
  const abort = new AbortController();
  const channels = clients.map(() => new MessageChannel());
  const ended = clients.map(async (client, i): Promise<never> => {
    const port = channels[i].port2;
    await client.run("serve", { port }, { transfer: [port] }).result;
    throw new TrendloomError("worker-died", { what: "left its job" });
  });
  try {
    return await Promise.race([
      run(
        channels.map((channel) => channel.port1),
        abort.signal,
      ),
      ...ended,
    ]);
  } finally {
    for (const client of clients) client.close();
    abort.abort();
    await Promise.allSettled(ended);
  }
}
