import Papa from "papaparse";
import type { Dialect } from "./csv-text.ts";
import type { RowCollector } from "./row-collector.ts";

/**
 * Rows are cut from this much text at a time, since texts so short live where the engine makes and clears them fastest. Where it
 * holds no complete row, from twice as much, up to the second length.
 */
const CHUNK_CHARS = 32_768;
const MAX_ROW_CHARS = 1_048_576;
/** After so many quotes that are never closed, or so many stray ones in a piece, quotes are taken as ordinary characters. */
const MAX_UNCLOSED_QUOTES = 20;
const MAX_STRAY_QUOTES = 1_000;

interface ParsedRows {
  readonly rows: string[][];
  /** Where the first row begins that is not complete. */
  readonly end: number;
  readonly isUnclosed: boolean;
  readonly nStrayQuotes: number;
}

function parseRows(text: string, dialect: Dialect, options: { isQuoted: boolean; isWhole: boolean }): ParsedRows {
  const { delimiter, newline } = dialect;
  const parser = new Papa.Parser({ delimiter, newline, ...(options.isQuoted ? {} : { fastMode: true }) });
  const parsed: Papa.ParseResult<string[]> = parser.parse(text, 0, !options.isWhole);
  return {
    rows: parsed.data,
    end: parsed.meta.cursor,
    isUnclosed: parsed.errors.some((error) => error.code === "MissingQuotes"),
    nStrayQuotes: parsed.errors.filter((error) => error.code === "InvalidQuotes").length,
  };
}

/** Cuts text into rows as it comes. Bounded: nothing is parsed more than a few times, whatever its quotes. */
export class TextScanner {
  private text = "";
  private size = CHUNK_CHARS;
  private nUnclosed = 0;
  private isQuoted = true;

  constructor(
    private readonly dialect: Dialect,
    private readonly collector: RowCollector,
  ) {}

  /** All text that came was cut into rows, and quotes are quotes: the next row may come from elsewhere. */
  get isIdle(): boolean {
    return this.text === "" && this.isQuoted;
  }

  /**
   * Yields after each part whose rows were taken. `share` of the file is read with this text. What is not decided before more
   * text is there waits for the next call.
   */
  *push(more: string, share: number, isEnd: boolean): Generator<void, void, void> {
    const text = this.text + more;
    let position = 0;
    while (position < text.length && (isEnd || this.mayCut(text.length - position))) {
      const before = position;
      position = this.scan(text, position, share, isEnd);
      if (position > before) yield;
    }
    this.text = text.slice(position);
  }

  /** Of less than a part of text rows are cut too, but only once while it grows. */
  private mayCut(length: number): boolean {
    return length > this.size || this.size === CHUNK_CHARS;
  }

  /** Takes rows from `position` on; gives where the next begin, the same where a larger part has to be tried. */
  private scan(text: string, position: number, share: number, isEnd: boolean): number {
    const { dialect, collector, size } = this;
    const chunk = text.slice(position, position + size);
    const isLast = position + size >= text.length;
    let parsed = parseRows(chunk, dialect, { isQuoted: this.isQuoted, isWhole: false });
    if (parsed.rows.length === 0 && isLast && isEnd)
      parsed = parseRows(chunk, dialect, { isQuoted: this.isQuoted, isWhole: true });
    if (this.isQuoted && parsed.nStrayQuotes > MAX_STRAY_QUOTES) {
      this.isQuoted = false;
      return position;
    }
    if (parsed.rows.length > 0 && !parsed.isUnclosed) {
      collector.addRows(parsed.rows, chunk.includes('"'), share);
      this.size = CHUNK_CHARS;
      return position + parsed.end;
    }
    if ((!isLast || !isEnd) && size < MAX_ROW_CHARS) {
      this.size = 2 * size;
      return position;
    }
    return this.skipLine(text, position);
  }

  /** Leaves out the line at `position`, which no quote ends. */
  private skipLine(text: string, position: number): number {
    const { newline } = this.dialect;
    const lineEnd = text.indexOf(newline, position);
    const end = lineEnd < 0 ? text.length : lineEnd;
    this.collector.skipLine("unclosed-quote", text.slice(position, end));
    this.size = CHUNK_CHARS;
    if (++this.nUnclosed >= MAX_UNCLOSED_QUOTES) this.isQuoted = false;
    return end + newline.length;
  }
}
