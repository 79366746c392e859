import { TrendloomError } from "../core/errors.ts";
import type { Work } from "../core/progress.ts";
import type { CsvText } from "./csv-text.ts";
import type { ReadingFacts, Repair, SkippedLine } from "./data-report.ts";
import { FlagLog, implausibleValues } from "./implausible-values.ts";
import { inferColumn, type TypedColumn } from "./infer-schema.ts";
import type { RawColumn } from "./raw-column.ts";
import { RepairLog } from "./repair-log.ts";
import { retypeColumn } from "./retype-column.ts";
import type { RowCollector } from "./row-collector.ts";
import type { Table } from "./table.ts";
import type { RetypedColumn, SettableType } from "./table-edits.ts";

export interface CsvReading {
  readonly table: Table;
  readonly facts: ReadingFacts;
  /** What a list of all repairs needs; null unless it was asked for. */
  readonly details: ReadingDetails | null;
}

/** A table with the texts that it was read from. */
export interface ReadingDetails {
  readonly table: Table;
  readonly cells: readonly { readonly raw: RawColumn; readonly typed: TypedColumn }[];
  /** The line on which each row begins. */
  readonly lines: Int32Array;
  readonly skipped: readonly SkippedLine[];
  /** Repairs of the file and its header. */
  readonly headerRepairs: readonly Repair[];
}

const hex = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).toUpperCase()).join(" ");

function fileRepairs(text: CsvText): Repair[] {
  const { mark } = text.encoding;
  const repairs: Repair[] = [];
  if (mark.length > 0) repairs.push({ line: 1, column: "", was: hex(mark), became: "", rule: "byte-order-mark" });
  if (text.isMixed) repairs.push({ line: 1, column: "", was: "CR LF, CR, LF", became: "LF", rule: "mixed-line-ends" });
  return repairs;
}

/** What a reading is to give beside the table, and how. */
export interface FinishOptions {
  /** Keep what a list of all repairs needs. */
  readonly keepsDetails: boolean;
  /** The type that the user gave a column of that name; null where it is to be inferred. */
  readonly typeOf: (name: string) => SettableType | null;
}

/**
 * Gives the collected columns their types, and says what was repaired, skipped and is hardly meant.
 * @throws TrendloomError file-empty, file-header-only, file-unreadable
 */
export function* finishReading(
  collector: RowCollector,
  text: CsvText,
  { keepsDetails, typeOf }: FinishOptions,
): Work<CsvReading> {
  if (text.isBlank) throw new TrendloomError("file-empty", {});
  const { columns, lines, skipped, ...header } = collector.finish();
  if (lines.length === 0) {
    if (skipped.count === 0) throw new TrendloomError("file-header-only", {});
    throw new TrendloomError("file-unreadable", { reason: "every-line-skipped", line: skipped.samples[0]?.line ?? 0 });
  }
  const { delimiter, newline } = text.dialect;
  const headerRepairs = [...fileRepairs(text), ...header.headerRepairs];
  const log = new RepairLog();
  const flags = new FlagLog();
  for (const repair of headerRepairs) log.add(repair);
  const cells: { raw: RawColumn; typed: TypedColumn }[] = [];
  const typedColumns: Table["columns"][number][] = [];
  const retyped: RetypedColumn[] = [];
  for (const [at, raw] of columns.entries()) {
    const wanted = typeOf(raw.name);
    const given = wanted ? retypeColumn(raw, wanted, delimiter === ";") : null;
    const typed = given?.typed ?? inferColumn(raw, delimiter === ";");
    if (given) retyped.push(given.retyped);
    typedColumns.push(typed.column);
    log.addColumn(typed.raw, typed, lines);
    for (const flag of implausibleValues(typed.column, lines)) flags.add(flag);
    if (keepsDetails) cells.push({ raw: typed.raw, typed });
    delete columns[at];
    yield { stage: "read", done: lines.length, total: lines.length, unit: "row" };
  }
  const table = { nRows: lines.length, columns: typedColumns };
  const facts: ReadingFacts = {
    delimiter,
    encoding: text.encoding.name,
    lineEnd: newline,
    repaired: log.finish(),
    skipped,
    flagged: flags.finish(),
    retyped,
    sample: collector.sample,
  };
  return { table, facts, details: keepsDetails ? { table, cells, lines, skipped: skipped.samples, headerRepairs } : null };
}
