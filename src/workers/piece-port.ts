import { type ErrorRecord, fromErrorRecord, toErrorRecord } from "../core/errors.ts";
import { Inbox } from "../core/inbox.ts";
import type { AsyncWork } from "../core/progress.ts";
import type { ByteSource } from "../table/read-csv.ts";
import { filePieces, fileSource, type OnStored, type Piece, PieceBuffers } from "./file-source.ts";

/** What the reader asks of the thread that has the file. `pass` numbers its readings: a file may be read anew from its beginning. */
type Ask =
  | { readonly kind: "start"; readonly pass: number }
  | { readonly kind: "spare"; readonly buffer: ArrayBuffer }
  | { readonly kind: "done" };

type Answer =
  | { readonly kind: "piece"; readonly pass: number; readonly piece: Piece }
  | { readonly kind: "failed"; readonly pass: number; readonly error: ErrorRecord };

/** Pieces that are ready, or on their way, while the reader is at one. */
const N_AHEAD = 4;

/** The messages of a port, one after the other. */
function inboxOf<Message>(port: MessagePort): Inbox<Message> {
  const inbox = new Inbox<Message>();
  port.onmessage = ({ data }: MessageEvent<Message>) => inbox.put(data);
  return inbox;
}

/** One reading of the file, piece by piece, for as long as nobody asks for the next. */
async function sendPieces(file: Blob, port: MessagePort, pass: number, buffers: PieceBuffers, onStored: OnStored): Promise<void> {
  const post = (answer: Answer, transfer: Transferable[] = []) => port.postMessage(answer, transfer);
  try {
    for await (const piece of filePieces(file, buffers, onStored)) post({ kind: "piece", pass, piece }, [piece.bytes.buffer]);
  } catch (error) {
    post({ kind: "failed", pass, error: toErrorRecord(error) });
  }
}

/**
 * Reads a file for another thread, as often as that asks for it, until that is done. `onStart` is called before each reading and
 * gives who sees its stored bytes.
 */
export async function servePieces(file: Blob, port: MessagePort, onStart: () => OnStored): Promise<void> {
  const inbox = inboxOf<Ask>(port);
  let buffers = new PieceBuffers(0);
  let current = 0;
  for (;;) {
    const ask = await inbox.next();
    if (ask.kind === "spare") buffers.give(ask.buffer);
    else buffers.close();
    if (ask.kind === "done") return;
    if (ask.kind !== "start") continue;
    const { pass } = ask;
    const onStored = onStart();
    current = pass;
    buffers = new PieceBuffers(N_AHEAD);
    // A reading that was given up may still get a piece that it waits for.
    void sendPieces(file, port, pass, buffers, (bytes) => pass === current && onStored(bytes));
  }
}

/** A file that another thread reads; see `servePieces`. `done` must be called in the end. */
function portSource(port: MessagePort, nBytes: number): ByteSource & { done(): void } {
  const inbox = inboxOf<Answer>(port);
  const ask = (message: Ask, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  let pass = 0;
  return {
    nBytes,
    async *pieces() {
      ask({ kind: "start", pass: ++pass });
      for (;;) {
        const answer = await inbox.next();
        if (answer.pass !== pass) continue;
        if (answer.kind === "failed") throw fromErrorRecord(answer.error);
        const { piece } = answer;
        yield piece;
        if (piece.isEnd) return;
        ask({ kind: "spare", buffer: piece.bytes.buffer }, [piece.bytes.buffer]);
      }
    },
    done() {
      ask({ kind: "done" });
      port.close();
    },
  };
}

/** Reads a file by what the thread at the other end of a port gives of it; without a port on this thread. */
export async function* readServed<Output>(
  file: Blob,
  port: MessagePort | null,
  read: (source: ByteSource) => AsyncWork<Output>,
): AsyncWork<Output> {
  if (!port) return yield* read(fileSource(file));
  const source = portSource(port, file.size);
  try {
    return yield* read(source);
  } finally {
    source.done();
  }
}
