import Papa from "papaparse";
import { TrendloomError } from "../core/errors.ts";
import type { AsyncWork, Progress, Work } from "../core/progress.ts";
import { CsvText, type Dialect, type Plan, UNKNOWN_PLAN } from "./csv-text.ts";
import { type CsvReading, type FinishOptions, finishReading } from "./finish-reading.ts";
import { MAX_FILE_BYTES, PIECE_BYTES } from "./read-csv.params.ts";
import { type CollectorOptions, RowCollector } from "./row-collector.ts";

/**
 * Bytes become text in parts of this size, the first ones of a file in a larger part, from which the dialect is told. Texts so
 * short live where the engine makes and clears them fastest: parts of 1 MiB took 2.7 times as long to decode and to cut.
 */
const PART_BYTES = 32_768;
const FIRST_PART_BYTES = 262_144;
/** Rows are cut from this much text at a time; where it holds no complete row, from twice as much, up to the second length. */
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
class RowScanner {
  private text = "";
  private size = CHUNK_CHARS;
  private nUnclosed = 0;
  private isQuoted = true;

  constructor(
    private readonly dialect: Dialect,
    private readonly collector: RowCollector,
  ) {}

  /** Yields after each part whose rows were taken. `share` of the file is read with this text. What is not decided before more text is there waits for the next call. */
  *push(more: string, share: number, isEnd: boolean): Generator<void, void, void> {
    const text = this.text + more;
    let position = 0;
    while (position < text.length && (isEnd || text.length - position > this.size)) {
      const before = position;
      position = this.scan(text, position, share);
      if (position > before) yield;
    }
    this.text = text.slice(position);
  }

  /** Takes rows from `position` on; gives where the next begin, the same where a larger part has to be tried. */
  private scan(text: string, position: number, share: number): number {
    const { dialect, collector, size } = this;
    const chunk = text.slice(position, position + size);
    const isLast = position + size >= text.length;
    let parsed = parseRows(chunk, dialect, { isQuoted: this.isQuoted, isWhole: false });
    if (parsed.rows.length === 0 && isLast) parsed = parseRows(chunk, dialect, { isQuoted: this.isQuoted, isWhole: true });
    if (this.isQuoted && parsed.nStrayQuotes > MAX_STRAY_QUOTES) {
      this.isQuoted = false;
      return position;
    }
    if (parsed.rows.length > 0 && !parsed.isUnclosed) {
      collector.addRows(parsed.rows, chunk.includes('"'), share);
      this.size = CHUNK_CHARS;
      return position + parsed.end;
    }
    if (!isLast && size < MAX_ROW_CHARS) {
      this.size = 2 * size;
      return position;
    }
    const lineEnd = text.indexOf(dialect.newline, position);
    const end = lineEnd < 0 ? text.length : lineEnd;
    collector.skipLine("unclosed-quote", text.slice(position, end));
    this.size = CHUNK_CHARS;
    if (++this.nUnclosed >= MAX_UNCLOSED_QUOTES) this.isQuoted = false;
    return end + dialect.newline.length;
  }
}

export type ReadOptions = Partial<CollectorOptions & Pick<FinishOptions, "typeOf">>;

/** One pass over a file under a plan; a plan that turns out wrong is replaced, and the file is read from its beginning. */
class Pass {
  private readonly text: CsvText;
  private nBytes = 0;
  private scanner: RowScanner | null = null;
  private collector: RowCollector | null = null;

  constructor(
    plan: Plan,
    private readonly options: ReadOptions,
  ) {
    this.text = new CsvText(plan);
  }

  /** Takes the next bytes, after which `share` of the file is read. Gives a better plan where this one does not fit. */
  *push(bytes: Uint8Array, share: number, isEnd: boolean): Work<Plan | null> {
    const isFirst = this.nBytes === 0;
    this.nBytes += bytes.length;
    if (!this.options.takesRow) refuseTooLarge(this.nBytes);
    for (let from = 0, to = isFirst ? FIRST_PART_BYTES : PART_BYTES; ; from = to, to += PART_BYTES) {
      const isLast = to >= bytes.length;
      const taken = this.text.push(bytes.subarray(from, to), isEnd && isLast, bytes);
      if (taken.plan) return taken.plan;
      const { scanner, collector } = this.start();
      for (const _ of scanner.push(taken.text, share, isEnd && isLast)) yield progressAt(collector.nRows, share);
      if (isLast) return null;
    }
  }

  *finish(): Work<CsvReading> {
    const { collector } = this.start();
    const { keepsAllSkipped = false, typeOf = () => null } = this.options;
    return yield* finishReading(collector, this.text, { keepsDetails: keepsAllSkipped, typeOf });
  }

  private start(): { scanner: RowScanner; collector: RowCollector } {
    const { keepsAllSkipped = false, takesRow = null } = this.options;
    this.collector ??= new RowCollector(this.text.dialect, { keepsAllSkipped, takesRow });
    this.scanner ??= new RowScanner(this.text.dialect, this.collector);
    return { scanner: this.scanner, collector: this.collector };
  }
}

function refuseTooLarge(nBytes: number): void {
  if (nBytes > MAX_FILE_BYTES)
    throw new TrendloomError("file-too-large", { unit: "bytes", expected: MAX_FILE_BYTES, got: nBytes });
}

/** Rows done so far, and how many there will be if the rest of the file is like the part read. */
function progressAt(nRows: number, share: number): Progress {
  return { stage: "read", done: nRows, total: Math.max(nRows, Math.round(nRows / share)), unit: "row" };
}

/**
 * Reads a CSV file into a typed table. The first line that is not blank names the columns. Lines with too few or too many values
 * and lines whose quote is never closed are skipped and listed; cells are repaired by the rules of `RepairRule` and counted.
 * Delimiter: comma, semicolon, tab or pipe; line ends: any; encodings: see `sniffEncoding` and `legacyEncoding`. O(bytes).
 * @throws TrendloomError file-empty, file-binary, file-too-large, file-header-only, file-unreadable (no line could be read)
 */
export function* readCsv(bytes: ArrayBuffer, options: ReadOptions = {}): Work<CsvReading> {
  yield { stage: "read", done: 0, total: 1 };
  if (!options.takesRow) refuseTooLarge(bytes.byteLength);
  for (let plan: Plan | null = UNKNOWN_PLAN; ; ) {
    const pass: Pass = new Pass(plan, options);
    plan = null;
    for (let at = 0; plan === null && at < Math.max(1, bytes.byteLength); at += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, bytes.byteLength - at);
      const isEnd = at + length === bytes.byteLength;
      plan = yield* pass.push(new Uint8Array(bytes, at, length), (at + length) / bytes.byteLength, isEnd);
    }
    if (plan === null) return yield* pass.finish();
  }
}

/** A file that can be read more than once. */
export interface ByteSource {
  /** As it is stored; what is packed is larger. */
  readonly nBytes: number;
  /** Its bytes in pieces of PIECE_BYTES, the last one shorter, marked, and perhaps empty; `share` of the file is read with each. */
  pieces(): AsyncIterable<{ readonly bytes: Uint8Array; readonly share: number; readonly isEnd: boolean }>;
}

/** `readCsv` of a file whose bytes come one by one: no more than a piece of its text is held. */
export async function* readCsvStream(source: ByteSource, options: () => ReadOptions = () => ({})): AsyncWork<CsvReading> {
  yield { stage: "read", done: 0, total: 1 };
  for (let plan: Plan | null = UNKNOWN_PLAN; ; ) {
    const given = options();
    if (!given.takesRow) refuseTooLarge(source.nBytes);
    const pass: Pass = new Pass(plan, given);
    plan = null;
    for await (const { bytes, share, isEnd } of source.pieces()) {
      plan = yield* pass.push(bytes, share, isEnd);
      if (plan) break;
    }
    if (plan === null) return yield* pass.finish();
  }
}
