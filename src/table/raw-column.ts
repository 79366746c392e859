import { MAX_DECIMALS, type PlainNumber, plainText, readPlainNumber } from "./plain-number.ts";

/**
 * A column as text. `codes[row]` ≥ 0 points into `texts`, which holds every distinct text once, in order of appearance. In a
 * column of many numbers, a code below 0 says that the text is the number `plain.values[row]` with −1 − code decimals.
 */
export interface RawColumn {
  readonly name: string;
  readonly texts: readonly string[];
  readonly codes: Int32Array;
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
const MAX_GROWTH = 128;

/** Int32 values appended one by one; memory doubles when it is full. */
export class Int32List {
  private values = new Int32Array(FIRST_CAPACITY);
  private size = 0;

  push(value: number): void {
    if (this.size === this.values.length) {
      const larger = new Int32Array(2 * this.size);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.size++] = value;
  }

  toArray(): Int32Array {
    return this.values.slice(0, this.size);
  }
}

/** A column with so many distinct texts, nearly all of them plain numbers, keeps the others by their value. */
const MAX_DISTINCT_NUMBERS = 4096;
const MIN_PLAIN_SHARE = 0.9;
const N_SLOTS = 1024;
const NO_VALUES = new Float64Array(0);
/** Shorter parts of a text are copied by every engine. */
const MIN_SHARED_LENGTH = 13;

/** The same text, which does not keep the whole piece of the file alive that it is a part of. */
const ownCopy = (text: string): string => (text.length < MIN_SHARED_LENGTH ? text : ` ${text}`.slice(1));

/**
 * Collects a column's texts row by row. A text that came before is found by its length and three of its characters, which
 * costs a fraction of a look-up in a Map; rows of numbers that mostly differ are kept as numbers, which costs no text.
 */
export class RawColumnBuilder {
  private readonly codeOf = new Map<string, number>();
  private readonly slotTexts = new Array<string | undefined>(N_SLOTS).fill(undefined);
  private readonly slotCodes = new Int32Array(N_SLOTS);
  private texts: string[] = [];
  private codes = new Int32Array(FIRST_CAPACITY);
  private size = 0;
  private values = NO_VALUES;
  private hasValues = false;
  private readonly countByDecimals = new Array<number>(MAX_DECIMALS + 1).fill(0);
  private nSignificantDecimals = 0;
  private readonly number: PlainNumber = { value: 0, nDecimals: 0, nSignificantDecimals: 0 };

  constructor(private readonly name: string) {}

  /** Takes the cell `at` of each row. `nExpected` rows are thought to come in all, and room is made for them at once. */
  pushCells(rows: readonly (readonly string[])[], at: number, nExpected: number): void {
    if (this.size + rows.length > this.codes.length) this.grow(this.size + rows.length, nExpected);
    for (let i = 0; i < rows.length; i++) {
      const text = rows[i][at];
      const row = this.size++;
      if (this.hasValues && readPlainNumber(text, this.number)) this.codes[row] = this.keepNumber(row);
      else this.codes[row] = this.codeFor(text);
    }
  }

  finish(): RawColumn {
    const codes = this.codes.slice(0, this.size);
    if (!this.hasValues) return { name: this.name, texts: this.texts, codes, plain: null };
    const { countByDecimals, nSignificantDecimals } = this;
    const count = countByDecimals.reduce((sum, n) => sum + n, 0);
    const plain = { values: this.values.slice(0, this.size), count, countByDecimals, nSignificantDecimals };
    return { name: this.name, texts: this.texts, codes, plain };
  }

  private codeFor(text: string): number {
    const { length } = text;
    const middle = length === 0 ? 0 : text.charCodeAt(length >> 1);
    const ends = length === 0 ? 0 : 7 * text.charCodeAt(0) + 131 * text.charCodeAt(length - 1);
    const slot = (31 * length + ends + 17 * middle) & (N_SLOTS - 1);
    if (this.slotTexts[slot] === text) return this.slotCodes[slot];
    const code = this.codeOf.get(text) ?? this.add(ownCopy(text));
    if (code >= 0) {
      this.slotTexts[slot] = text;
      this.slotCodes[slot] = code;
    }
    return code;
  }

  private add(text: string): number {
    const code = this.texts.length;
    this.codeOf.set(text, code);
    this.texts.push(text);
    if (code + 1 !== MAX_DISTINCT_NUMBERS || this.hasValues) return code;
    const nPlain = this.texts.reduce((sum, each) => sum + (readPlainNumber(each, this.number) ? 1 : 0), 0);
    return nPlain < MIN_PLAIN_SHARE * this.texts.length ? code : this.keepNumbers(code);
  }

  /** From here on plain numbers are kept by their value, and so are those of the rows so far. Gives the new code of `code`. */
  private keepNumbers(code: number): number {
    const { texts, codes, size } = this;
    this.hasValues = true;
    this.values = new Float64Array(codes.length);
    this.texts = [];
    this.codeOf.clear();
    this.slotTexts.fill(undefined);
    const row = size - 1;
    codes[row] = code;
    for (let at = 0; at < size; at++) {
      const text = texts[codes[at]];
      codes[at] = readPlainNumber(text, this.number) ? this.keepNumber(at) : this.codeFor(text);
    }
    return codes[row];
  }

  private keepNumber(row: number): number {
    const { value, nDecimals, nSignificantDecimals } = this.number;
    this.values[row] = value;
    this.countByDecimals[nDecimals]++;
    if (nSignificantDecimals > this.nSignificantDecimals) this.nSignificantDecimals = nSignificantDecimals;
    return -1 - nDecimals;
  }

  private grow(nNeeded: number, nExpected: number): void {
    const nTrusted = Math.min(nExpected, MAX_GROWTH * nNeeded);
    const codes = new Int32Array(Math.max(nNeeded, 2 * this.codes.length, nTrusted));
    codes.set(this.codes);
    this.codes = codes;
    if (!this.hasValues) return;
    const values = new Float64Array(codes.length);
    values.set(this.values);
    this.values = values;
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
  for (const code of raw.codes) if (code >= 0) counts[code]++;
  return counts;
}
