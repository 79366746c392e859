import type { CrewJobs } from "../rpc/crew.ts";
import { serveJobs } from "../rpc/serve.ts";
import { serveGanPart } from "./gan-port.ts";

void serveJobs<CrewJobs>(self, { serve: ({ port }) => serveGanPart(port) });
