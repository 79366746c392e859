import { TrendloomError } from "../core/errors.ts";
import { PIECE_BYTES } from "../table/read-csv.params.ts";
import type { ByteSource } from "../table/read-csv.ts";

interface Piece {
  readonly bytes: Uint8Array;
  readonly share: number;
  readonly isEnd: boolean;
}

/** A file that was moved, changed or locked since it was chosen. */
function refuseLost(): never {
  throw new TrendloomError("file-unreadable", { reason: "lost" });
}

/** Fills a buffer from the stream as far as that goes; gives the bytes, whose memory the buffer was. */
async function fill(reader: ReadableStreamBYOBReader, buffer: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  let filled = new Uint8Array(buffer, 0, 0);
  while (filled.length < PIECE_BYTES) {
    const { length } = filled;
    const { done, value } = await reader.read(new Uint8Array(filled.buffer, length, PIECE_BYTES - length)).catch(refuseLost);
    filled = new Uint8Array(value?.buffer ?? new ArrayBuffer(0), 0, length + (value?.length ?? 0));
    if (done) break;
  }
  return filled;
}

/**
 * The next piece is fetched while one is worked on. Two buffers go to and fro: fresh memory for every piece would take longer than
 * reading it, so a piece is only valid until the next but one is asked for.
 */
async function* plainPieces(file: Blob): AsyncGenerator<Piece, void, void> {
  const reader = file.stream().getReader({ mode: "byob" });
  try {
    let next = fill(reader, new ArrayBuffer(PIECE_BYTES));
    let spare = new ArrayBuffer(PIECE_BYTES);
    for (let end = 0, isEnd = false; !isEnd; ) {
      const bytes = await next;
      end += bytes.length;
      isEnd = end >= file.size;
      if (!isEnd) {
        next = fill(reader, spare);
        // Who stops before it is there does not want to hear that it failed.
        next.catch(() => {});
      }
      yield { bytes, share: file.size === 0 ? 1 : end / file.size, isEnd };
      spare = bytes.buffer;
    }
  } finally {
    void reader.cancel().catch(() => {});
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
  const piece = new Uint8Array(PIECE_BYTES);
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
        length = 0;
      }
    }
    yield { bytes: piece.subarray(0, length), share: 1, isEnd: true };
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** The bytes of a file as they are stored. */
export const storedBytes = (file: Blob): ByteSource => ({ nBytes: file.size, pieces: () => plainPieces(file) });

/** A file as the reader takes it; one that is packed by gzip is unpacked on the way. */
export const fileSource = (file: Blob): ByteSource => ({
  nBytes: file.size,
  async *pieces() {
    const head = new Uint8Array(await file.slice(0, 2).arrayBuffer().catch(refuseLost));
    yield* head[0] === 0x1f && head[1] === 0x8b ? unpackedPieces(file) : plainPieces(file);
  },
});
