import { createSHA256 } from "hash-wasm";
import type { AsyncWork } from "../core/progress.ts";
import { storedBytes } from "./file-source.ts";

/**
 * SHA-256 of a file as it is stored, in hexadecimal. WebCrypto has no way to take a file in pieces.
 * @throws TrendloomError file-unreadable
 */
export async function* hashFile(file: Blob): AsyncWork<string> {
  const hash = await createSHA256();
  for await (const { bytes, share } of storedBytes(file).pieces()) {
    hash.update(bytes);
    yield { stage: "read", done: share * file.size, total: file.size };
  }
  return hash.digest("hex");
}
