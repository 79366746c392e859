import type { SizeEstimate } from "../table/size-estimate.params.ts";

/** What is asked of a file beside its table, on a thread of its own. */
export interface FileJobs {
  /** How large a file is as a table, by its beginning; null where that is no table. */
  estimate: { input: { file: Blob }; output: SizeEstimate | null };
  /** SHA-256 of a file as it is stored, in hexadecimal. */
  fingerprint: { input: { file: Blob }; output: string };
  /** Reads a file for the data worker, at the other end of the port, and gives the same as `fingerprint` when that has read it. */
  serve: { input: { file: Blob; port: MessagePort }; output: string };
}
