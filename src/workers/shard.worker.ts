import type { CrewJobs } from "../rpc/crew.ts";
import { serveJobs } from "../rpc/serve.ts";
import { serveShard } from "./shard-port.ts";

void serveJobs<CrewJobs>(self, { serve: ({ port }) => serveShard(port) });
