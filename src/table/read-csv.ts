import { TrendloomError } from "../core/errors.ts";
import type { AsyncWork, Progress, Work } from "../core/progress.ts";
import { CsvText, type Plan, UNKNOWN_PLAN } from "./csv-text.ts";
import { legacyEncoding } from "./decode-text.ts";
import { type CsvReading, type FinishOptions, finishReading } from "./finish-reading.ts";
import { PieceHold } from "./piece-hold.ts";
import { MAX_FILE_BYTES, PIECE_BYTES } from "./read-csv.params.ts";
import { type CollectorOptions, RowCollector } from "./row-collector.ts";
import { ByteScanner, type Stop } from "./scan-bytes.ts";
import { TextScanner } from "./scan-text.ts";
import { isUtf8 } from "./utf8.ts";

/** Bytes become text in parts of this size, the first ones of a file in a larger part, from which the dialect is told. */
const PART_BYTES = 32_768;
const FIRST_PART_BYTES = 262_144;

export type ReadOptions = Partial<CollectorOptions & Pick<FinishOptions, "typeOf">>;

/** Rows are cut up to `end`; or else a better plan was found. */
interface Cut {
  readonly end: number;
  readonly stop: Stop | null;
  readonly plan: Plan | null;
}

/**
 * One pass over a file under a plan; a plan that turns out wrong is replaced, and the file is read from its beginning. Rows are
 * cut from the bytes where these are simple UTF-8, and from text where they are not: the header, and what stops the scanner.
 */
class Pass {
  private readonly text: CsvText;
  private readonly hold = new PieceHold();
  private nBytes = 0;
  private rows: { readonly collector: RowCollector; readonly texts: TextScanner } | null = null;
  private bytes: ByteScanner | null = null;
  /** A file whose mark says UTF-8 holds bytes that are none: the decoder replaces them. */
  private hasBadBytes = false;

  constructor(
    plan: Plan,
    private readonly options: ReadOptions,
  ) {
    this.text = new CsvText(plan);
  }

  /** Takes the next bytes, after which `share` of the file is read. Gives a better plan where this one does not fit. */
  *push(piece: Uint8Array, share: number, isEnd: boolean): Work<Plan | null> {
    const { hold } = this;
    this.nBytes += piece.length;
    if (!this.options.takesRow) refuseTooLarge(this.nBytes);
    hold.add(piece);
    let at = 0;
    for (let isLast = false; !isLast; ) {
      const { end, stop, plan } = yield* this.cutBytes(at, share);
      if (plan) return plan;
      at = end;
      if (!isEnd && (at === hold.end || (stop === "incomplete" && hold.canKeep(at)))) break;
      const partEnd = stop === "ragged" && this.bytes ? this.bytes.raggedEnd : this.endOfPart(at, isEnd);
      isLast = isEnd && partEnd === hold.end;
      const better = yield* this.cutText(hold.bytes.subarray(at, partEnd), share, isLast);
      if (better) return better;
      at = partEnd;
    }
    hold.keep(at);
    return null;
  }

  *finish(): Work<CsvReading> {
    const { collector } = this.startRows();
    const { keepsAllSkipped = false, typeOf = () => null } = this.options;
    return yield* finishReading(collector, this.text, { keepsDetails: keepsAllSkipped, typeOf });
  }

  /** Cuts rows from bytes as far as they are simple. */
  private *cutBytes(from: number, share: number): Work<Cut> {
    const { hold, text } = this;
    const scanner = this.scanner();
    if (!scanner) return { end: from, stop: null, plan: null };
    for (let at = from; ; at = scanner.position) {
      const stop = scanner.scan(hold.bytes, at, hold.end);
      if (!scanner.isAscii && !isUtf8(hold.bytes, at, scanner.position)) {
        this.hasBadBytes = true;
        const plan = text.encoding.isGuess ? { encoding: legacyEncoding(hold.view()), lineEnd: null } : null;
        return { end: at, stop: null, plan };
      }
      if (scanner.nRows > 0) {
        this.startRows().collector.addBlock(scanner, share);
        yield this.progress(share);
      }
      if (stop !== "full") return { end: scanner.position, stop, plan: null };
    }
  }

  /** Cuts rows from bytes as text. */
  private *cutText(bytes: Uint8Array, share: number, isLast: boolean): Work<Plan | null> {
    const taken = this.text.push(bytes, isLast, this.hold.view());
    if (taken.plan) return taken.plan;
    for (const _ of this.startRows().texts.push(taken.text, share, isLast)) yield this.progress(share);
    return null;
  }

  /** Where a part of the bytes from `at` ends that becomes text: at the end of a line if it can. */
  private endOfPart(at: number, isEnd: boolean): number {
    const { hold } = this;
    const limit = at + (this.rows ? PART_BYTES : FIRST_PART_BYTES);
    return isEnd && limit >= hold.end ? hold.end : hold.behindLineBreak(at, limit);
  }

  /** What cuts rows from bytes, where that can be done; null elsewhere. */
  private scanner(): ByteScanner | null {
    const { rows, text } = this;
    if (!rows?.texts.isIdle || this.hasBadBytes || text.isMixed || text.encoding.name !== "utf-8") return null;
    const { nColumns } = rows.collector;
    if (nColumns > 0) this.bytes ??= new ByteScanner(text.dialect, nColumns);
    return this.bytes;
  }

  /** Rows done so far, and how many there will be if the rest of the file is like the part read. */
  private progress(share: number): Progress {
    const { nRows } = this.startRows().collector;
    return { stage: "read", done: nRows, total: Math.max(nRows, Math.round(nRows / share)), unit: "row" };
  }

  private startRows(): { readonly collector: RowCollector; readonly texts: TextScanner } {
    if (this.rows) return this.rows;
    const { keepsAllSkipped = false, takesRow = null } = this.options;
    const collector = new RowCollector(this.text.dialect, { keepsAllSkipped, takesRow });
    this.rows = { collector, texts: new TextScanner(this.text.dialect, collector) };
    return this.rows;
  }
}

function refuseTooLarge(nBytes: number): void {
  if (nBytes > MAX_FILE_BYTES)
    throw new TrendloomError("file-too-large", { unit: "bytes", expected: MAX_FILE_BYTES, got: nBytes });
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
