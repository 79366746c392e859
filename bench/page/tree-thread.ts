import { WorkerClient } from "../../src/rpc/client.ts";
import type { CrewJobs } from "../../src/rpc/crew.ts";
import { portShard, type TreeThread } from "../../src/workers/shard-port.ts";

/** A worker of the app as a second thread that grows trees. */
export function openTreeThread(): { thread: TreeThread; close: () => void } {
  const open = () => new Worker(new URL("../../src/workers/shard.worker.ts", import.meta.url), { type: "module" });
  const client = new WorkerClient<CrewJobs>(open);
  const { port1, port2 } = new MessageChannel();
  // Ends with the worker alone.
  client.run("serve", { port: port2 }, { transfer: [port2] }).result.catch(() => {});
  return { thread: portShard(port1), close: () => client.close() };
}
