import { TrendloomError } from "../core/errors.ts";
import { fingerprint } from "../table/fingerprint.ts";
import { PIECE_BYTES } from "../table/read-csv.params.ts";
import type { ByteSource } from "../table/read-csv.ts";
import { Sha256 } from "../table/sha256.ts";

interface Piece {
  readonly bytes: Uint8Array;
  readonly share: number;
  readonly isEnd: boolean;
}

/** WebCrypto hashes on a thread of its own, but needs the whole file in memory, which beyond this size costs too much. */
const MAX_WHOLE_BYTES = 256_000_000;

/** A file that was moved, changed or locked since it was chosen. */
function refuseLost(): never {
  throw new TrendloomError("file-unreadable", { reason: "lost" });
}

async function bytesAt(file: Blob, at: number, nBytes = PIECE_BYTES): Promise<Uint8Array> {
  return new Uint8Array(
    await file
      .slice(at, at + nBytes)
      .arrayBuffer()
      .catch(refuseLost),
  );
}

/** The next piece is fetched while one is worked on. */
async function* plainPieces(file: Blob): AsyncGenerator<Piece, void, void> {
  let next = bytesAt(file, 0);
  for (let at = 0; ; ) {
    const bytes = await next;
    at += bytes.length;
    const isEnd = at >= file.size;
    if (!isEnd) next = bytesAt(file, at);
    // Who stops before it is there does not want to hear that it failed.
    next.catch(() => {});
    yield { bytes, share: file.size === 0 ? 1 : at / file.size, isEnd };
    if (isEnd) return;
  }
}

/** Unpacked bytes in whole pieces; the last is what is left. */
async function* unpackedPieces(file: Blob): AsyncGenerator<Piece, void, void> {
  let nTaken = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(bytes, controller) {
      nTaken += bytes.length;
      controller.enqueue(bytes);
    },
  });
  const reader = file.stream().pipeThrough(counter).pipeThrough(new DecompressionStream("gzip")).getReader();
  let piece = new Uint8Array(PIECE_BYTES);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new TrendloomError("file-unreadable", { reason: "damaged-archive" });
      });
      if (done) break;
      for (let from = 0; from < value.length; ) {
        const part = value.subarray(from, from + PIECE_BYTES - length);
        piece.set(part, length);
        length += part.length;
        from += part.length;
        if (length < PIECE_BYTES) continue;
        yield { bytes: piece, share: Math.min(1, nTaken / file.size), isEnd: false };
        piece = new Uint8Array(PIECE_BYTES);
        length = 0;
      }
    }
    yield { bytes: piece.subarray(0, length), share: 1, isEnd: true };
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** A file as the reader takes it; one that is packed by gzip is unpacked on the way. */
export function fileSource(file: Blob): ByteSource {
  return {
    nBytes: file.size,
    async *pieces() {
      const head = await bytesAt(file, 0, 2);
      yield* head[0] === 0x1f && head[1] === 0x8b ? unpackedPieces(file) : plainPieces(file);
    },
  };
}

/** SHA-256 of a file as it is stored. */
export async function fileFingerprint(file: Blob): Promise<string> {
  if (file.size <= MAX_WHOLE_BYTES && "subtle" in crypto) return fingerprint(await file.arrayBuffer().catch(refuseLost));
  const hash = new Sha256();
  for await (const { bytes } of plainPieces(file)) hash.push(bytes);
  return hash.finish();
}
