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

type OnBlock = (block: Uint8Array, at: number) => void;

/** Each request to the browser for bytes is a trip to another process, so several pieces come with one. */
const BLOCK_BYTES = 8 * PIECE_BYTES;
/** WebCrypto hashes on a thread of its own, but needs the whole file in memory, which beyond this size costs too much. */
const MAX_WHOLE_BYTES = 256_000_000;

/** A file that was moved, changed or locked since it was chosen. */
function refuseLost(): never {
  throw new TrendloomError("file-unreadable", { reason: "lost" });
}

async function bytesAt(file: Blob, at: number, nBytes = BLOCK_BYTES): Promise<Uint8Array> {
  return new Uint8Array(
    await file
      .slice(at, at + nBytes)
      .arrayBuffer()
      .catch(refuseLost),
  );
}

/** The next block is fetched while one is worked on. `onBlock` sees each block, in order, before its pieces. */
async function* plainPieces(file: Blob, onBlock: OnBlock): AsyncGenerator<Piece, void, void> {
  let next = bytesAt(file, 0);
  for (let start = 0; ; ) {
    const block = await next;
    onBlock(block, start);
    const isLast = start + block.length >= file.size;
    if (!isLast) next = bytesAt(file, start + block.length);
    // Who stops before it is there does not want to hear that it failed.
    next.catch(() => {});
    for (let from = 0; from === 0 || from < block.length; from += PIECE_BYTES) {
      const bytes = block.subarray(from, from + PIECE_BYTES);
      const end = start + from + bytes.length;
      yield { bytes, share: file.size === 0 ? 1 : end / file.size, isEnd: isLast && from + bytes.length === block.length };
    }
    if (isLast) return;
    start += block.length;
  }
}

/** Unpacked bytes in whole pieces; the last is what is left. `onBlock` sees the packed bytes, in order. */
async function* unpackedPieces(file: Blob, onBlock: OnBlock): AsyncGenerator<Piece, void, void> {
  let nTaken = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(bytes, controller) {
      onBlock(bytes, nTaken);
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

/** Takes the bytes of a file in order and gives its SHA-256 in hexadecimal. */
interface FileHash {
  readonly push: OnBlock;
  finish(): Promise<string>;
}

function startHash({ size }: Blob): FileHash {
  if (size > MAX_WHOLE_BYTES || !("subtle" in crypto)) {
    const hash = new Sha256();
    return { push: (block) => hash.push(block), finish: async () => hash.finish() };
  }
  const whole = new Uint8Array(size);
  return { push: (block, at) => whole.set(block, at), finish: () => fingerprint(whole.buffer) };
}

/** SHA-256 of a file as it is stored. */
export async function fileFingerprint(file: Blob): Promise<string> {
  const hash = startHash(file);
  for await (const _ of plainPieces(file, hash.push));
  return hash.finish();
}

export interface FileSource extends ByteSource {
  /** SHA-256 of the file as it is stored. After its pieces were read to the end it is known, or nearly. */
  fingerprint(): Promise<string>;
}

/** A file as the reader takes it; one that is packed by gzip is unpacked on the way. */
export function fileSource(file: Blob): FileSource {
  let hashing: Promise<string> | null = null;
  return {
    nBytes: file.size,
    async *pieces() {
      const head = await bytesAt(file, 0, 2);
      const hash = startHash(file);
      yield* head[0] === 0x1f && head[1] === 0x8b ? unpackedPieces(file, hash.push) : plainPieces(file, hash.push);
      hashing = hash.finish();
      // Failures of the reading come first; this one is then nobody's.
      hashing.catch(() => {});
    },
    fingerprint: () => hashing ?? fileFingerprint(file),
  };
}
