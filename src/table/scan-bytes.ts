import type { CellBlock } from "./cell-block.ts";
import type { Dialect } from "./csv-text.ts";

/** What a byte is to the scanner. A text's own bytes are 0. */
const TEXT = 0;
const DELIMITER = 1;
const NEWLINE = 2;
const OTHER = 3;
const [LF, CR, QUOTE, NUL] = [10, 13, 34, 0];
const CELLS_PER_BLOCK = 32_768;

/**
 * Why scanning stopped before a row: it is not complete; the block is full; it has another number of cells than the header; or it
 * is written in a way that is left to the parser of texts (doubled or stray quotes, another line end, characters that make no text).
 */
export type Stop = "incomplete" | "full" | "ragged" | "intricate";

function byteKinds({ delimiter, newline }: Dialect): Uint8Array {
  const kinds = new Uint8Array(256);
  for (const byte of [NUL, LF, CR]) kinds[byte] = OTHER;
  kinds[delimiter.charCodeAt(0)] = DELIMITER;
  kinds[newline.charCodeAt(0)] = NEWLINE;
  return kinds;
}

/**
 * Cuts rows from bytes of UTF-8 where these are simple: as many cells as the header has, quotes only around whole cells and none
 * within. All that is not stops it, in front of the row. What it takes, papaparse would read the same.
 */
export class ByteScanner implements CellBlock {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly capacity: number;
  /** How many line breaks stand between the beginning of the block and each of its rows. */
  readonly lines: Int32Array;
  bytes = new Uint8Array(0);
  nRows = 0;
  nLines = 0;
  isAscii = true;
  /** Where the first row begins that is not in the block. */
  position = 0;
  /** Behind a ragged row. */
  raggedEnd = 0;
  private readonly kinds: Uint8Array;
  private stop: Stop = "full";

  constructor(
    private readonly dialect: Dialect,
    private readonly nColumns: number,
  ) {
    this.kinds = byteKinds(dialect);
    this.capacity = Math.max(1, Math.floor(CELLS_PER_BLOCK / nColumns));
    this.starts = new Int32Array(this.capacity * nColumns);
    this.ends = new Int32Array(this.capacity * nColumns);
    this.lines = new Int32Array(this.capacity);
  }

  /** Fills the block with rows from `from` on. A NUL must stand at `end`, where the bytes end. */
  scan(bytes: Uint8Array<ArrayBuffer>, from: number, end: number): Stop {
    this.bytes = bytes;
    this.nRows = 0;
    this.nLines = 0;
    this.isAscii = true;
    this.position = from;
    while (this.nRows < this.capacity) {
      const next = this.scanRow(bytes, this.position, end);
      if (next < 0) return this.stop;
      this.position = next;
    }
    return "full";
  }

  /** Leaves only the rows of the block for which `takes` says so. */
  keepRows(takes: () => boolean): void {
    const { starts, ends, capacity, nColumns, lines } = this;
    let nKept = 0;
    for (let row = 0; row < this.nRows; row++) {
      if (!takes()) continue;
      lines[nKept] = lines[row];
      for (let column = 0; column < nColumns; column++) {
        starts[column * capacity + nKept] = starts[column * capacity + row];
        ends[column * capacity + nKept] = ends[column * capacity + row];
      }
      nKept++;
    }
    this.nRows = nKept;
  }

  /** Takes the row at `from`; gives where the next begins, or −1 where it stops. */
  private scanRow(bytes: Uint8Array, from: number, end: number): number {
    const { kinds, starts, ends, capacity, nColumns, nLines } = this;
    let at = from;
    let seen = 0;
    let slot = this.nRows;
    let isLong = false;
    for (let column = 0; ; column++, at++) {
      let start = at;
      let cellEnd: number;
      if (bytes[at] === QUOTE) {
        cellEnd = this.closingQuote(bytes, ++start);
        at = Math.min(cellEnd + 1, end);
      } else {
        for (let byte = bytes[at]; kinds[byte] === TEXT; byte = bytes[++at]) seen |= byte;
        cellEnd = at;
      }
      const kind = at < end ? kinds[bytes[at]] : OTHER;
      if (kind === TEXT || kind === OTHER) return this.stopAt(at < end ? "intricate" : "incomplete", nLines);
      if (column < nColumns) {
        starts[slot] = start;
        ends[slot] = cellEnd;
        slot += capacity;
      } else if (cellEnd > start) isLong = true;
      if (kind === DELIMITER) continue;
      const next = this.behindNewline(bytes, at, end);
      if (next < 0) return this.stopAt(at + 1 < end ? "intricate" : "incomplete", nLines);
      this.raggedEnd = next;
      if (column + 1 < nColumns || isLong) return this.stopAt("ragged", nLines);
      if (seen > 0x7f) this.isAscii = false;
      this.lines[this.nRows++] = nLines;
      this.nLines++;
      return next;
    }
  }

  /** The next quote, or the NUL before it; line breaks on the way are counted as `countLineBreaks` does. */
  private closingQuote(bytes: Uint8Array, from: number): number {
    let at = from;
    let seen = 0;
    for (; bytes[at] !== QUOTE && bytes[at] !== NUL; at++) {
      seen |= bytes[at];
      if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) this.nLines++;
    }
    if (seen > 0x7f) this.isAscii = false;
    return at;
  }

  /** Behind the line end at `at`; −1 where it is another one, or where that cannot be told yet. */
  private behindNewline(bytes: Uint8Array, at: number, end: number): number {
    const { newline } = this.dialect;
    if (newline === "\n") return at + 1;
    if (at + 1 >= end) return -1;
    const isPair = bytes[at + 1] === LF;
    if (newline === "\r") return isPair ? -1 : at + 1;
    return isPair ? at + 2 : -1;
  }

  private stopAt(stop: Stop, nLines: number): number {
    this.stop = stop;
    this.nLines = nLines;
    return -1;
  }
}
