import { createSHA256 } from "hash-wasm";
import { filePieces, PieceBuffers } from "./file-source.ts";
import { servePieces } from "./piece-port.ts";

/**
 * SHA-256 of a file as it is stored, in hexadecimal. WebCrypto has no way to take a file in pieces.
 * @throws TrendloomError file-unreadable
 */
export async function hashFile(file: Blob): Promise<string> {
  const hash = await createSHA256();
  for await (const _ of filePieces(file, new PieceBuffers(1), (bytes) => hash.update(bytes)));
  return hash.digest("hex");
}

/** Reads a file for the other end of a port, and gives its SHA-256 once that is done with it. */
export async function hashWhileServing(file: Blob, port: MessagePort): Promise<string> {
  const hash = await createSHA256();
  await servePieces(file, port, () => {
    hash.init();
    return (bytes) => hash.update(bytes);
  });
  return hash.digest("hex");
}
