import { serveJobs } from "../rpc/serve.ts";
import type { HashJobs } from "./hash.jobs.ts";
import { hashFile } from "./hash-file.ts";

void serveJobs<HashJobs>(self, { fingerprint: ({ file }) => hashFile(file) });
