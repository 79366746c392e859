import { serveJobs } from "../rpc/serve.ts";
import { estimateSize } from "../table/estimate-size.ts";
import type { FileJobs } from "./file.jobs.ts";
import { fileSource } from "./file-source.ts";
import { hashFile, hashWhileServing } from "./hash-file.ts";

void serveJobs<FileJobs>(self, {
  estimate: ({ file }) => estimateSize(fileSource(file)),
  fingerprint: ({ file }) => hashFile(file),
  serve: ({ file, port }) => hashWhileServing(file, port),
});
