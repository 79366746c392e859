import Papa from "papaparse";
import { TrendloomError } from "../core/errors.ts";
import type { Progress, Work } from "../core/progress.ts";
import type { ReadingFacts } from "./data-report.ts";
import { decodeText } from "./decode-text.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { inferColumn } from "./infer-schema.ts";
import { lineEndOutsideQuotes } from "./line-ends.ts";
import { RepairLog } from "./repair-log.ts";
import { RowCollector } from "./row-collector.ts";
import type { Column, Table } from "./table.ts";

export interface CsvReading {
  readonly table: Table;
  readonly facts: ReadingFacts;
}

interface Dialect {
  readonly delimiter: string;
  readonly newline: ReadingFacts["lineEnd"];
}

/** Text is cut into pieces of this length; a piece without a complete row is doubled up to the second length. */
const CHUNK_CHARS = 65_536;
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
  const parser = new Papa.Parser({
    ...dialect,
    ...(options.isQuoted ? {} : { fastMode: true }),
  });
  const parsed: Papa.ParseResult<string[]> = parser.parse(text, 0, !options.isWhole);
  return {
    rows: parsed.data,
    end: parsed.meta.cursor,
    isUnclosed: parsed.errors.some((error) => error.code === "MissingQuotes"),
    nStrayQuotes: parsed.errors.filter((error) => error.code === "InvalidQuotes").length,
  };
}

/** Cuts the text into rows, piece by piece. Bounded: no piece is parsed more than a few times, whatever its quotes. */
function* scanRows(text: string, start: number, dialect: Dialect, collector: RowCollector): Work<void> {
  let position = start;
  let size = CHUNK_CHARS;
  let nUnclosed = 0;
  let isQuoted = true;
  while (position < text.length) {
    const chunk = text.slice(position, position + size);
    const isLast = position + size >= text.length;
    let parsed = parseRows(chunk, dialect, { isQuoted, isWhole: false });
    if (parsed.rows.length === 0 && isLast) parsed = parseRows(chunk, dialect, { isQuoted, isWhole: true });
    if (isQuoted && parsed.nStrayQuotes > MAX_STRAY_QUOTES) {
      isQuoted = false;
    } else if (parsed.rows.length > 0 && !parsed.isUnclosed) {
      collector.addRows(parsed.rows, chunk.includes('"'));
      position += parsed.end;
      size = CHUNK_CHARS;
      yield progressAt(position, text.length, collector.nRows);
    } else if (!isLast && size < MAX_ROW_CHARS) {
      size *= 2;
    } else {
      const lineEnd = text.indexOf(dialect.newline, position);
      const end = lineEnd < 0 ? text.length : lineEnd;
      collector.skipLine("unclosed-quote", text.slice(position, end));
      position = end + dialect.newline.length;
      size = CHUNK_CHARS;
      if (++nUnclosed >= MAX_UNCLOSED_QUOTES) isQuoted = false;
    }
  }
}

/** Rows done so far, and how many there will be if the rest of the text is like the part read. */
function progressAt(position: number, length: number, nRows: number): Progress {
  return { stage: "read", done: nRows, total: Math.max(nRows, Math.round((nRows * length) / position)), unit: "row" };
}

/** Excel's own first line `sep=;`, which names the delimiter. */
const SEPARATOR_LINE = /^sep=([,;|\t])(\r\n|\r|\n)/i;

/**
 * Reads a CSV file into a typed table. The first line that is not blank names the columns. Lines with too few or too many values
 * and lines whose quote is never closed are skipped and listed; cells are repaired by the rules of `RepairRule` and counted.
 * Delimiter: comma, semicolon, tab or pipe; line ends: any; encodings: see `decodeText`. O(bytes).
 * @throws TrendloomError file-empty, file-binary, file-too-large, file-header-only, file-unreadable (no line could be read)
 */
export function* readCsv(bytes: ArrayBuffer): Work<CsvReading> {
  yield { stage: "read", done: 0, total: 1 };
  const decoded = decodeText(bytes);
  const log = new RepairLog();
  for (const repair of decoded.repairs) log.add(repair);
  const found = lineEndOutsideQuotes(decoded.text);
  const newline = found === "mixed" ? "\n" : found;
  const text = found === "mixed" ? decoded.text.replace(/\r\n?/g, "\n") : decoded.text;
  if (found === "mixed") log.add({ line: 1, column: "", was: "CR LF, CR, LF", became: "LF", rule: "mixed-line-ends" });
  const separator = SEPARATOR_LINE.exec(text);
  const start = separator?.[0].length ?? 0;
  const delimiter = separator?.[1] ?? detectDelimiter(text);

  const collector = new RowCollector(delimiter, separator ? 2 : 1);
  yield* scanRows(text, start, { delimiter, newline }, collector);
  const { columns, headerRepairs, lines, skipped } = collector.finish();
  if (lines.length === 0) {
    if (skipped.count === 0) throw new TrendloomError("file-header-only", {});
    throw new TrendloomError("file-unreadable", { reason: "every-line-skipped", line: skipped.samples[0]?.line ?? 0 });
  }
  for (const repair of headerRepairs) log.add(repair);
  const typed: Column[] = [];
  for (const raw of columns) {
    const inferred = inferColumn(raw, delimiter === ";");
    typed.push(inferred.column);
    log.addColumn(raw, inferred, lines);
    yield { stage: "read", done: lines.length, total: lines.length, unit: "row" };
  }
  const facts = { delimiter, encoding: decoded.encoding, lineEnd: newline, repaired: log.finish(), skipped };
  return { table: { nRows: lines.length, columns: typed }, facts };
}
