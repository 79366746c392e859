import type { CellBlock } from "./cell-block.ts";
import { MAX_DECIMALS, type PlainNumber, plainText, readPlainNumber } from "./plain-number.ts";
import { TextPool } from "./text-pool.ts";

/** As narrow as the codes allow: fresh memory is what reading a large file costs most. */
export type Codes = Int8Array | Int16Array | Int32Array;

/**
 * A column as text. `codes[row]` ≥ 0 points into `texts`, which holds every distinct text once, in order of appearance. In a
 * column of many numbers, a code below 0 says that the text is the number `plain.values[row]` with −1 − code decimals.
 */
export interface RawColumn {
  readonly name: string;
  readonly texts: readonly string[];
  readonly codes: Codes;
  readonly plain: PlainNumbers | null;
}

export interface PlainNumbers {
  readonly values: Float64Array;
  /** How many rows hold such a number, and how many of these by decimals. */
  readonly count: number;
  readonly countByDecimals: readonly number[];
  /** The most decimals of any, zeros at the end not counted. */
  readonly nSignificantDecimals: number;
}

const FIRST_CAPACITY = 64;
/** An estimate of the rows to come is trusted up to so many times what came so far: packed files can deceive. */
const MAX_GROWTH = 1024;

/** Room for `nNeeded` values and, where `nExpected` can be believed, for all that come. */
const roomFor = (nNow: number, nNeeded: number, nExpected: number): number =>
  Math.max(nNeeded, 2 * nNow, Math.min(nExpected, MAX_GROWTH * nNeeded));

/** Int32 values appended one by one. */
export class Int32List {
  private values = new Int32Array(FIRST_CAPACITY);
  private size = 0;

  /** Makes room for `nMore` values; `nExpected` are thought to come in all. */
  reserve(nMore: number, nExpected: number): void {
    const nNeeded = this.size + nMore;
    if (nNeeded <= this.values.length) return;
    const larger = new Int32Array(roomFor(this.values.length, nNeeded, nExpected));
    larger.set(this.values);
    this.values = larger;
  }

  /** Only where room was made. */
  push(value: number): void {
    this.values[this.size++] = value;
  }

  /** The values so far, not a copy. */
  view(): Int32Array {
    return this.values.subarray(0, this.size);
  }
}

/** A column with so many distinct texts, nearly all of them plain numbers, keeps the others by their value. */
const MAX_DISTINCT_NUMBERS = 4096;
const MIN_PLAIN_SHARE = 0.9;

/** The largest code that fits. */
const largestIn = (codes: Codes): number => 2 ** (8 * codes.BYTES_PER_ELEMENT - 1) - 1;

/** Collects a column's texts, block by block. Rows of numbers that mostly differ are kept as numbers, which costs no text. */
export class RawColumnBuilder {
  private pool = new TextPool();
  private codes: Codes = new Int8Array(FIRST_CAPACITY);
  private maxCode = largestIn(this.codes);
  private size = 0;
  /** Null while every text is in the pool. */
  private values: Float64Array | null = null;
  private readonly countByDecimals = new Array<number>(MAX_DECIMALS + 1).fill(0);
  private nSignificantDecimals = 0;
  private readonly number: PlainNumber = { value: 0, nDecimals: 0, nSignificantDecimals: 0 };

  constructor(private readonly name: string) {}

  /** Takes the cells of a column. `nExpected` rows are thought to come in all, and room is made for them at once. */
  push(block: CellBlock, column: number, nExpected: number): void {
    this.reserve(this.size + block.nRows, nExpected);
    const from = this.values ? 0 : this.pushTexts(block, column);
    this.pushNumbers(block, column, from);
  }

  finish(): RawColumn {
    const { name, size, values, countByDecimals, nSignificantDecimals } = this;
    const raw = { name, texts: this.pool.texts(), codes: this.codes.subarray(0, size) };
    if (!values) return { ...raw, plain: null };
    const count = countByDecimals.reduce((sum, n) => sum + n, 0);
    return { ...raw, plain: { values: values.slice(0, size), count, countByDecimals, nSignificantDecimals } };
  }

  /** Takes cells as texts up to the one with which the column turns out to be of numbers; gives the row behind it. */
  private pushTexts({ bytes, starts, ends, capacity, nRows }: CellBlock, column: number): number {
    const { pool } = this;
    const base = column * capacity;
    const size = this.size - base;
    let { codes, maxCode } = this;
    for (let at = base; at < base + nRows; at++) {
      const nBefore = pool.size;
      const code = pool.codeOf(bytes, starts[at], ends[at]);
      if (code > maxCode) {
        this.widen();
        ({ codes, maxCode } = this);
      }
      codes[size + at] = code;
      if (pool.size === nBefore || pool.size !== MAX_DISTINCT_NUMBERS) continue;
      this.size = size + at + 1;
      if (!this.isMostlyNumbers()) continue;
      this.keepNumbers();
      return at + 1 - base;
    }
    this.size = size + base + nRows;
    return nRows;
  }

  /** Takes cells from a row on, numbers by their value. */
  private pushNumbers({ bytes, starts, ends, capacity, nRows }: CellBlock, column: number, from: number): void {
    const base = column * capacity;
    for (let row = from; row < nRows; row++) this.putNumber(bytes, starts[base + row], ends[base + row]);
  }

  private put(code: number): void {
    if (code > this.maxCode) this.widen();
    this.codes[this.size++] = code;
  }

  private widen(): void {
    const { codes } = this;
    this.codes = codes instanceof Int8Array ? new Int16Array(codes.length) : new Int32Array(codes.length);
    this.codes.set(codes);
    this.maxCode = largestIn(this.codes);
  }

  private putNumber(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): void {
    const { number, values } = this;
    if (!values || !readPlainNumber(bytes, start, end, number)) {
      this.put(this.pool.codeOf(bytes, start, end));
      return;
    }
    values[this.size] = number.value;
    this.countByDecimals[number.nDecimals]++;
    if (number.nSignificantDecimals > this.nSignificantDecimals) this.nSignificantDecimals = number.nSignificantDecimals;
    this.codes[this.size++] = -1 - number.nDecimals;
  }

  private isMostlyNumbers(): boolean {
    let nPlain = 0;
    for (const text of this.pool.stretches()) if (readPlainNumber(text, 0, text.length, this.number)) nPlain++;
    return nPlain >= MIN_PLAIN_SHARE * this.pool.size;
  }

  /** From here on plain numbers are kept by their value, and so are those of the rows so far. */
  private keepNumbers(): void {
    const { codes, size } = this;
    const texts = [...this.pool.stretches()];
    this.pool = new TextPool();
    this.values = new Float64Array(codes.length);
    this.codes = new Int8Array(codes.length);
    this.maxCode = largestIn(this.codes);
    this.size = 0;
    for (let row = 0; row < size; row++) this.putNumber(texts[codes[row]], 0, texts[codes[row]].length);
  }

  private reserve(nNeeded: number, nExpected: number): void {
    const { codes, values } = this;
    if (nNeeded <= codes.length) return;
    const capacity = roomFor(codes.length, nNeeded, nExpected);
    this.codes = new (codes.constructor as new (n: number) => Codes)(capacity);
    this.codes.set(codes);
    if (!values) return;
    this.values = new Float64Array(capacity);
    this.values.set(values);
  }
}

/** The text of a row. */
export function rawText(raw: RawColumn, row: number): string {
  const code = raw.codes[row];
  return code < 0 ? plainText(raw.plain?.values[row] ?? 0, -1 - code) : raw.texts[code];
}

/** The same column with a text for every number. */
export function withoutPlain(raw: RawColumn): RawColumn {
  if (!raw.plain) return raw;
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(raw.codes, (_, row) => {
    const text = rawText(raw, row);
    const code = codeOf.get(text) ?? codeOf.size;
    codeOf.set(text, code);
    return code;
  });
  return { name: raw.name, texts: [...codeOf.keys()], codes, plain: null };
}

/** How many rows hold each text. */
export function countTexts(raw: RawColumn): Int32Array {
  const counts = new Int32Array(raw.texts.length);
  const { codes } = raw;
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) counts[codes[row]]++;
  return counts;
}
