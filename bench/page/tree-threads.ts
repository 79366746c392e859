import { WorkerClient } from "../../src/rpc/client.ts";
import type { CrewJobs } from "../../src/rpc/crew.ts";
import type { GrowTreesRemotely } from "../../src/trees/forest-over-shards.ts";
import type { Shard } from "../../src/trees/shard-protocol.ts";
import type { LearnJobs } from "../../src/workers/learn.jobs.ts";
import { portShard } from "../../src/workers/shard-port.ts";

/** A learning worker of the app as a second thread for forests. */
export function openForestThread(): { grow: GrowTreesRemotely; close: () => void } {
  const open = () => new Worker(new URL("../../src/workers/learn.worker.ts", import.meta.url), { type: "module" });
  const client = new WorkerClient<LearnJobs>(open);
  return {
    grow: (plan, from, to) => client.run("growTrees", { plan, from, to }).result,
    close: () => client.close(),
  };
}

/** A worker of the app as a second thread for boosting. */
export function openBoostingThread(): { shard: Shard; close: () => void } {
  const open = () => new Worker(new URL("../../src/workers/shard.worker.ts", import.meta.url), { type: "module" });
  const client = new WorkerClient<CrewJobs>(open);
  const { port1, port2 } = new MessageChannel();
  // Ends with the worker alone.
  client.run("serve", { port: port2 }, { transfer: [port2] }).result.catch(() => {});
  return { shard: portShard(port1), close: () => client.close() };
}
