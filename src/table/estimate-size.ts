import { type AsyncWork, finish } from "../core/progress.ts";
import { type ByteSource, readCsv } from "./read-csv.ts";
import type { SizeEstimate } from "./size-estimate.params.ts";
import type { Column } from "./table.ts";

/** The page, its workers and the engine's own heap. */
const BASE_BYTES = 150_000_000;
/** Copies of the table that live at once while it is typed and described: about 3.3 by one peak at 1,000,000 rows × 19 columns. */
const N_COPIES = 4;

const bytesPerCell = (column: Column): number => (column.kind === "numeric" ? 8 : 4);

/**
 * Rows, columns and memory of a file by its first mebibyte, as if the rest were like it. Null where that cannot be read as a
 * table; reading the file then says why.
 */
export async function* estimateSize(source: ByteSource): AsyncWork<SizeEstimate | null> {
  yield { stage: "read", done: 0, total: 1 };
  for await (const { bytes, share } of source.pieces()) {
    try {
      const { table } = finish(readCsv(Uint8Array.from(bytes).buffer));
      const nRows = Math.round(table.nRows / share);
      const tableBytes = nRows * table.columns.reduce((sum, column) => sum + bytesPerCell(column), 0);
      // The fingerprint needs the whole file, or a copy of it, for a moment.
      const memoryBytes = BASE_BYTES + 2 * Math.min(source.nBytes, 256_000_000) + N_COPIES * tableBytes;
      return { nRows, nColumns: table.columns.length, nBytes: Math.round(bytes.length / share), memoryBytes };
    } catch {
      return null;
    }
  }
  return null;
}
