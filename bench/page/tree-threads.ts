import { WorkerClient } from "../../src/rpc/client.ts";
import type { GrowTreesRemotely } from "../../src/trees/forest-over-shards.ts";
import type { LearnJobs } from "../../src/workers/learn.jobs.ts";

/** A learning worker of the app as a second thread for forests, started and warm. */
export async function openTreeThread(): Promise<{ grow: GrowTreesRemotely; close: () => void }> {
  const open = () => new Worker(new URL("../../src/workers/learn.worker.ts", import.meta.url), { type: "module" });
  const client = new WorkerClient<LearnJobs>(open);
  return {
    grow: (plan, from, to) => client.run("growTrees", { plan, from, to }).result,
    close: () => client.close(),
  };
}
