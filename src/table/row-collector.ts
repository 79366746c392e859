import { TrendloomError } from "../core/errors.ts";
import { type CellBlock, encodeCells } from "./cell-block.ts";
import type { Dialect } from "./csv-text.ts";
import type { ReadingFacts, Repair, SkippedLine } from "./data-report.ts";
import { headerNames } from "./header-names.ts";
import { countLineBreaks } from "./line-ends.ts";
import { Int32List, type RawColumn, RawColumnBuilder } from "./raw-column.ts";
import { MAX_COLUMNS } from "./read-csv.params.ts";
import type { ByteScanner } from "./scan-bytes.ts";

const MAX_SKIPPED_SAMPLES = 1_000;
const MAX_SAMPLE_CHARS = 2_000;
/** Room for somewhat more rows than the part read so far foretells. */
const EXPECTED_SLACK = 1.02;

export interface CollectorOptions {
  /** Keep every skipped line, not just the first 1,000. */
  readonly keepsAllSkipped: boolean;
  /** Whether the next row is to be read; null for all. */
  readonly takesRow: (() => boolean) | null;
}

/** Takes rows as they are cut from the text: the first names the columns, the others fill them or are skipped. */
export class RowCollector {
  private builders: RawColumnBuilder[] = [];
  private headerRepairs: readonly Repair[] = [];
  private readonly lines = new Int32List();
  private readonly samples: SkippedLine[] = [];
  private nSkipped = 0;
  /** Rows that were taken. */
  nRows = 0;
  private nRowsInFile = 0;

  private line: number;

  constructor(
    private readonly dialect: Dialect,
    private readonly options: CollectorOptions,
  ) {
    this.line = dialect.firstLine;
  }

  /** Which part of the rows was taken; null where all were. */
  get sample(): ReadingFacts["sample"] {
    if (!this.options.takesRow) return null;
    return { share: this.nRows / Math.max(1, this.nRowsInFile), nRowsInFile: this.nRowsInFile, by: null };
  }

  /** How many columns the header names; 0 before it came. */
  get nColumns(): number {
    return this.builders.length;
  }

  /** `mayBreak` says that a cell may hold line breaks; `share` of the file is read with these rows. */
  addRows(rows: readonly string[][], mayBreak: boolean, share: number): void {
    const taken: (readonly string[])[] = [];
    this.lines.reserve(rows.length, this.expected(rows.length, share));
    for (const cells of rows) {
      if (this.takes(cells)) {
        taken.push(cells);
        this.lines.push(this.line);
      }
      this.line++;
      if (mayBreak) for (const cell of cells) this.line += countLineBreaks(cell);
    }
    if (taken.length > 0) this.fill(encodeCells(taken, this.nColumns), share);
  }

  /** Rows of as many cells as there are columns. */
  addBlock(block: ByteScanner, share: number): void {
    const { nRows, lines } = block;
    this.nRowsInFile += nRows;
    if (this.options.takesRow) block.keepRows(this.options.takesRow);
    this.lines.reserve(block.nRows, this.expected(block.nRows, share));
    for (let row = 0; row < block.nRows; row++) this.lines.push(this.line + lines[row]);
    this.line += block.nLines;
    this.fill(block, share);
  }

  private expected(nMore: number, share: number): number {
    return Math.ceil(((this.nRows + nMore) / share) * EXPECTED_SLACK);
  }

  private fill(block: CellBlock, share: number): void {
    const nExpected = this.expected(block.nRows, share);
    this.nRows += block.nRows;
    for (let i = 0; i < this.builders.length; i++) this.builders[i].push(block, i, nExpected);
  }

  /** Leaves out one line of the text. */
  skipLine(reason: SkippedLine["reason"], text: string): void {
    this.skip(reason, text);
    this.line++;
  }

  private skip(reason: SkippedLine["reason"], text: string): void {
    this.nSkipped++;
    if (this.options.keepsAllSkipped) this.samples.push({ line: this.line, reason, text });
    else if (this.samples.length < MAX_SKIPPED_SAMPLES)
      this.samples.push({ line: this.line, reason, text: text.slice(0, MAX_SAMPLE_CHARS) });
  }

  /** Names the columns by the first row; of the others says which are rows of the table, and lists what is skipped. */
  private takes(cells: readonly string[]): boolean {
    const isBlank = cells.length === 1 && cells[0].trim() === "";
    const nColumns = this.builders.length;
    if (nColumns === 0) {
      if (!isBlank) this.nameColumns(cells);
    } else if (isBlank && nColumns > 1) {
      return false;
    } else if (cells.length < nColumns) {
      this.skip("too-few-values", cells.join(this.dialect.delimiter));
    } else if (cells.length > nColumns && cells.slice(nColumns).some((cell) => cell.trim() !== "")) {
      this.skip("too-many-values", cells.join(this.dialect.delimiter));
    } else {
      this.nRowsInFile++;
      return this.options.takesRow?.() !== false;
    }
    return false;
  }

  private nameColumns(cells: readonly string[]): void {
    if (cells.length > MAX_COLUMNS)
      throw new TrendloomError("file-too-large", { unit: "columns", expected: MAX_COLUMNS, got: cells.length });
    const { names, repairs } = headerNames(cells, this.line);
    this.headerRepairs = repairs;
    this.builders = names.map((name) => new RawColumnBuilder(name));
  }

  /** `lines[row]` is the line on which a row begins. */
  finish(): {
    columns: RawColumn[];
    headerRepairs: readonly Repair[];
    lines: Int32Array;
    skipped: ReadingFacts["skipped"];
  } {
    return {
      columns: this.builders.map((builder) => builder.finish()),
      headerRepairs: this.headerRepairs,
      lines: this.lines.view(),
      skipped: { count: this.nSkipped, samples: this.samples },
    };
  }
}
