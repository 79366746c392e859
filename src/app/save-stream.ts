import { saveFile } from "./save-file.ts";

/** A file that is written piece by piece. */
export interface SaveStream {
  write(piece: Blob): void;
  /** Resolves once everything is written. */
  close(): Promise<void>;
  /** Leaves no file behind. */
  abort(): Promise<void>;
}

/** The part of the File System Access API that is needed; only some browsers have it. */
interface FilePicker {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<PickedFile>;
}

interface PickedFile {
  createWritable(): Promise<{ write(piece: Blob): Promise<void>; close(): Promise<void>; abort(): Promise<void> }>;
  getFile(): Promise<Blob>;
  remove?(): Promise<void>;
}

/** Picking a new name makes an empty file at once, which nobody needs where nothing was written. */
async function removeEmpty(handle: PickedFile): Promise<void> {
  if ((await handle.getFile()).size === 0) await handle.remove?.();
}

/** Keeps the pieces as blobs, which the browser may put aside on disk, and offers them as one download. */
function collect(fileName: string): SaveStream {
  const pieces: Blob[] = [];
  return {
    write: (piece) => void pieces.push(piece),
    close: async () => saveFile(new Blob(pieces), fileName),
    abort: async () => void pieces.splice(0),
  };
}

/**
 * Opens a file to write: straight to disk where the browser can, after asking where to; else a download at the end. Null where
 * the user closed the question. To be called from a click.
 */
export async function openSaveStream(fileName: string): Promise<SaveStream | null> {
  const { showSaveFilePicker } = window as unknown as FilePicker;
  if (!showSaveFilePicker) return collect(fileName);
  try {
    const handle = await showSaveFilePicker.call(window, { suggestedName: fileName });
    const file = await handle.createWritable();
    let written = Promise.resolve();
    return {
      write: (piece) => {
        written = written.then(() => file.write(piece));
        written.catch(() => {});
      },
      async close() {
        await written;
        await file.close();
      },
      async abort() {
        await file.abort().catch(() => {});
        await removeEmpty(handle).catch(() => {});
      },
    };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    return collect(fileName);
  }
}
