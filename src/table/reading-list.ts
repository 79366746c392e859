import type { Work } from "../core/progress.ts";
import type { Flag, Repair, SkippedLine } from "./data-report.ts";
import type { ReadingDetails } from "./finish-reading.ts";
import { implausibleValues } from "./implausible-values.ts";
import { rawText } from "./raw-column.ts";
import { writeRecord } from "./write-csv.ts";

/** Values that were repaired, lines that were left out, values that are hardly meant. */
export type ListKind = "repaired" | "skipped" | "flagged";

const RECORDS_PER_PIECE = 8192;

/** All repairs in the order of their lines. */
function* repairsOf({ cells, lines, headerRepairs }: ReadingDetails): Generator<Repair, void, void> {
  yield* headerRepairs;
  const repaired = cells.filter(({ typed }) => typed.repairs.size > 0);
  for (let row = 0; row < lines.length; row++) {
    for (const { raw, typed } of repaired) {
      const repair = typed.repairs.get(raw.codes[row]);
      if (repair) yield { line: lines[row], column: raw.name, was: rawText(raw, row), ...repair };
    }
  }
}

const HEADINGS: Readonly<Record<ListKind, readonly string[]>> = {
  repaired: ["line", "column", "was", "became", "rule"],
  skipped: ["line", "reason", "text"],
  flagged: ["line", "column", "value", "rule", "low", "high"],
};

function* recordsOf(details: ReadingDetails, kind: ListKind): Generator<readonly string[], void, void> {
  const repair = ({ line, column, was, became, rule }: Repair) => [String(line), column, was, became, rule];
  const skipped = ({ line, reason, text }: SkippedLine) => [String(line), reason, text];
  const flag = ({ line, column, value, rule, low, high }: Flag) => [String(line), column, value, rule, low, high];
  if (kind === "repaired") for (const each of repairsOf(details)) yield repair(each);
  if (kind === "skipped") for (const each of details.skipped) yield skipped(each);
  if (kind === "flagged") {
    for (const column of details.table.columns) for (const each of implausibleValues(column, details.lines)) yield flag(each);
  }
}

/** One of the lists as CSV in full, in pieces of UTF-8 that belong together. Repairs and lines stand in the file's order. */
export function* writeReadingList(details: ReadingDetails, kind: ListKind): Work<Uint8Array<ArrayBuffer>[]> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let records = [writeRecord(HEADINGS[kind])];
  let nRecords = 0;
  for (const record of recordsOf(details, kind)) {
    nRecords++;
    if (records.push(writeRecord(record)) < RECORDS_PER_PIECE) continue;
    pieces.push(encoder.encode(records.join("")));
    records = [];
    yield { stage: "write", done: nRecords, total: nRecords, unit: "row" };
  }
  pieces.push(encoder.encode(records.join("")));
  return pieces;
}
