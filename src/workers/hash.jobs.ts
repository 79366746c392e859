export interface HashJobs {
  /** SHA-256 of a file as it is stored, in hexadecimal. */
  fingerprint: { input: { file: Blob }; output: string };
}
