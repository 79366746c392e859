import { TrendloomError } from "../core/errors.ts";
import { PIECE_BYTES } from "../table/read-csv.params.ts";
import type { ByteSource } from "../table/read-csv.ts";

export interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly share: number;
  readonly isEnd: boolean;
}

/** Sees the bytes of a file as they are stored, in order. */
export type OnStored = (bytes: Uint8Array) => unknown;

/** Buffers of a piece each that are used again and again: fresh memory for every piece would take longer than reading it. */
export class PieceBuffers {
  private readonly free: ArrayBuffer[];
  private wake: (() => void) | null = null;
  private isClosed = false;

  constructor(nBuffers: number) {
    this.free = Array.from({ length: nBuffers }, () => new ArrayBuffer(PIECE_BYTES));
  }

  /** Whoever waits for a buffer fails. */
  close(): void {
    this.isClosed = true;
    this.wake?.();
  }

  async take(): Promise<ArrayBuffer> {
    for (;;) {
      if (this.isClosed) throw new TrendloomError("cancelled");
      const buffer = this.free.pop();
      if (buffer) return buffer;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Gives a buffer back; one that was handed on comes back later, from whoever has it. */
  give(buffer: ArrayBuffer): void {
    if (buffer.byteLength < PIECE_BYTES) return;
    this.free.push(buffer);
    this.wake?.();
  }
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

interface PieceReader {
  /** The next bytes, in the memory of a buffer. */
  read(buffer: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>>;
  cancel(): Promise<void>;
}

/** For browsers whose files are no streams of bytes: each piece is made by the browser, and copied. */
function sliceReader(file: Blob): PieceReader {
  let at = 0;
  return {
    async read(buffer) {
      const bytes = new Uint8Array(
        await file
          .slice(at, at + PIECE_BYTES)
          .arrayBuffer()
          .catch(refuseLost),
      );
      at += bytes.length;
      const target = new Uint8Array(buffer, 0, bytes.length);
      target.set(bytes);
      return target;
    },
    cancel: async () => {},
  };
}

function openReader(file: Blob): PieceReader {
  try {
    const reader = file.stream().getReader({ mode: "byob" });
    return { read: (buffer) => fill(reader, buffer), cancel: () => reader.cancel() };
  } catch {
    return sliceReader(file);
  }
}

async function* plainPieces(file: Blob, buffers: PieceBuffers, onStored: OnStored): AsyncGenerator<Piece, void, void> {
  const reader = openReader(file);
  try {
    for (let end = 0, isEnd = false; !isEnd; ) {
      const bytes = await reader.read(await buffers.take());
      onStored(bytes);
      end += bytes.length;
      isEnd = end >= file.size;
      yield { bytes, share: file.size === 0 ? 1 : end / file.size, isEnd };
      buffers.give(bytes.buffer);
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** Unpacked bytes in whole pieces; the last is what is left. */
async function* unpackedPieces(file: Blob, buffers: PieceBuffers, onStored: OnStored): AsyncGenerator<Piece, void, void> {
  let nTaken = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(bytes, controller) {
      nTaken += bytes.length;
      onStored(bytes);
      controller.enqueue(bytes);
    },
  });
  const reader = file.stream().pipeThrough(counter).pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    let piece = new Uint8Array(await buffers.take());
    let length = 0;
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
        buffers.give(piece.buffer);
        piece = new Uint8Array(await buffers.take());
        length = 0;
      }
    }
    yield { bytes: piece.subarray(0, length), share: 1, isEnd: true };
    buffers.give(piece.buffer);
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/**
 * The pieces of a file as the reader takes them; one that is packed by gzip is unpacked on the way. A piece is valid until the
 * next is asked for, or belongs to whoever takes its buffer and gives it back.
 */
export async function* filePieces(file: Blob, buffers: PieceBuffers, onStored: OnStored): AsyncGenerator<Piece, void, void> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer().catch(refuseLost));
  const pieces = head[0] === 0x1f && head[1] === 0x8b ? unpackedPieces : plainPieces;
  yield* pieces(file, buffers, onStored);
}

/** A file that is read on this thread. */
export const fileSource = (file: Blob): ByteSource => ({
  nBytes: file.size,
  pieces: () => filePieces(file, new PieceBuffers(1), () => {}),
});
