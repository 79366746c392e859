import type { Work } from "../core/progress.ts";
import { escapeFormula } from "./formula-escape.ts";
import { type Column, cellText, type Table } from "./table.ts";

const ROWS_PER_PIECE = 8192;
/** RFC 4180's reasons to quote, and every delimiter that a reader might guess. */
const NEEDS_QUOTES = /["\r\n,;\t|]|^\s|\s$/;

function quote(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of a CSV file with its end: text is quoted and made harmless where needed. */
export const writeRecord = (cells: readonly string[]): string =>
  `${cells.map((cell) => quote(escapeFormula(cell))).join(",")}\r\n`;

/** Text of a cell by row, made once per level. */
function cellWriter(column: Column): (row: number) => string {
  if (column.kind === "numeric") return (row) => cellText(column, row);
  const ofLevel = column.levels.map((level) => quote(escapeFormula(level)));
  return (row) => ofLevel[column.codes[row]] ?? "";
}

function joinPieces(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

/**
 * A table as CSV (RFC 4180): UTF-8 without a mark, commas, CR LF after every line, quotes where needed. Text that a
 * spreadsheet might run as a formula gets a leading apostrophe, which `readCsv` takes off again; numbers never do.
 */
export function* writeCsv(table: Table): Work<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const writers = table.columns.map(cellWriter);
  const pieces = [encoder.encode(writeRecord(table.columns.map((column) => column.name)))];
  for (let from = 0; from < table.nRows; from += ROWS_PER_PIECE) {
    const to = Math.min(table.nRows, from + ROWS_PER_PIECE);
    const lines: string[] = [];
    for (let row = from; row < to; row++) lines.push(writers.map((write) => write(row)).join(","));
    pieces.push(encoder.encode(`${lines.join("\r\n")}\r\n`));
    yield { stage: "write", done: to, total: table.nRows, unit: "row" };
  }
  return joinPieces(pieces);
}
