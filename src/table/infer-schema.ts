import { foldName } from "./known-columns.ts";
import { isMissingAmongNumbers } from "./missing-values.ts";
import { parseDates } from "./parse-date.ts";
import { countDecimals, type DecimalMark, isCode, parseNumber } from "./parse-number.ts";
import { type PlainNumbers, type RawColumn, withoutPlain } from "./raw-column.ts";
import { type CategoricalColumn, type Column, cellText, type NumericColumn } from "./table.ts";
import { cleanedEntries, type Entry, type TextRepair } from "./text-entries.ts";

/** A column with its type, and what was repaired: by the code of the text in the raw column. */
export interface TypedColumn {
  readonly column: Column;
  /** The texts that `repairs` speaks of. */
  readonly raw: RawColumn;
  readonly repairs: ReadonlyMap<number, TextRepair>;
}

const DAY_MS = 86_400_000;
/** A column of numbers may hold this share of other texts, of at most this many kinds; they become missing. */
const MAX_STRAY_SHARE = 0.02;
const MAX_STRAY_KINDS = 20;
const MIN_IDENTIFIER_ROWS = 20;

/** Pairs of answers, each sorted and joined by a stroke. */
export const BOOLEAN_PAIRS: ReadonlySet<string> = new Set(
  ["no/yes", "false/true", "n/y", "f/t", "0/1", "off/on", "có/không", "sai/đúng"].map((pair) => pair.split("/").sort().join("/")),
);

export interface NumberReading {
  readonly values: Map<Entry, number>;
  readonly repairs: Map<number, TextRepair>;
  readonly nStrays: number;
}

/** Takes an entry that is a number with that decimal mark, with what was repaired; gives its unit, null where it is none. */
export function readNumber(
  entry: Entry,
  mark: DecimalMark,
  values: Map<Entry, number>,
  repairs: Map<number, TextRepair>,
): { readonly unit: string } | null {
  const read = parseNumber(entry.text, mark);
  if (!read) return null;
  values.set(entry, read.value);
  if (read.rule) repairs.set(entry.code, { became: String(read.value), rule: read.rule });
  return read;
}

/** Reads all entries, beside `nPlain` numbers, with one decimal mark; null when they are no numbers, or in several currencies. */
function readNumbers(entries: readonly Entry[], mark: DecimalMark, nPlain = 0): NumberReading | null {
  const values = new Map<Entry, number>();
  const repairs = new Map<number, TextRepair>();
  const units = new Set<string>();
  let nNumbers = nPlain;
  let nStrays = 0;
  let nStrayKinds = 0;
  for (const entry of entries) {
    const read = readNumber(entry, mark, values, repairs);
    if (read) {
      nNumbers += entry.count;
      if (read.unit) units.add(read.unit);
      continue;
    }
    const isMissing = isMissingAmongNumbers(entry.text);
    repairs.set(entry.code, { became: "", rule: isMissing ? "missing-token" : "not-a-number" });
    if (isMissing) continue;
    nStrays += entry.count;
    nStrayKinds++;
    if (nStrayKinds > MAX_STRAY_KINDS) return null;
  }
  const isNumeric = nNumbers > 0 && nStrays <= MAX_STRAY_SHARE * (nNumbers + nStrays) && units.size <= 1;
  return isNumeric ? { values, repairs, nStrays } : null;
}

/** Of the two decimal marks the one that reads more of the column; the comma only where the point reads less or the file prefers it. */
function readBestNumbers(entries: readonly Entry[], prefersComma: boolean): NumberReading | null {
  if (entries.some((entry) => isCode(entry.text))) return null;
  const point = readNumbers(entries, ".");
  if (point?.nStrays === 0 && !(prefersComma && entries.some((entry) => entry.text.includes(",")))) return point;
  const comma = readNumbers(entries, ",");
  if (!point || !comma) return point ?? comma;
  return comma.nStrays < point.nStrays || (prefersComma && comma.nStrays === point.nStrays) ? comma : point;
}

/**
 * `readBestNumbers` of a column whose plain numbers are kept by value: with the point, unless the comma might read as much of
 * them. Null where the texts have to be looked at.
 */
function readBesidePlain(entries: readonly Entry[], plain: PlainNumbers, prefersComma: boolean): NumberReading | null {
  if (entries.some((entry) => isCode(entry.text))) return null;
  const point = readNumbers(entries, ".", plain.count);
  if (!point) return null;
  // In the notation with a decimal comma, a point before any but three digits makes no number.
  const nPointed = plain.countByDecimals.reduce((sum, n, decimals) => (decimals === 0 || decimals === 3 ? sum : sum + n), 0);
  const isPointed = nPointed > MAX_STRAY_SHARE * (plain.count + point.nStrays);
  const hasComma = entries.some((entry) => entry.text.includes(","));
  return isPointed || (point.nStrays === 0 && !(prefersComma && hasComma)) ? point : null;
}

/** The numbers that were read as a column; whole ones that number the rows are an identifier. */
export function numericColumn(raw: RawColumn, reading: Pick<NumberReading, "values">): NumericColumn {
  const ofCode = new Float64Array(raw.texts.length).fill(Number.NaN);
  let nDecimals = raw.plain?.nSignificantDecimals ?? 0;
  for (const [entry, value] of reading.values) {
    ofCode[entry.code] = value;
    nDecimals = Math.max(nDecimals, countDecimals(value));
  }
  const values = raw.plain?.values ?? new Float64Array(raw.codes.length);
  for (let row = 0; row < values.length; row++) if (raw.codes[row] >= 0) values[row] = ofCode[raw.codes[row]];
  const isIdentifier =
    nDecimals === 0 &&
    (((raw.plain !== null || raw.texts.length >= values.length) && isCounter(values)) ||
      isNamedIdentifier(raw.name, values.length, () => new Set(values).size));
  const type = isIdentifier ? "identifier" : nDecimals === 0 ? "integer" : "numeric";
  return { kind: "numeric", name: raw.name, type, values, step: Number(`1e-${nDecimals}`) };
}

/** Whole numbers that all differ and fill their range: they number the rows. */
function isCounter(values: Float64Array): boolean {
  const n = values.length;
  if (n < MIN_IDENTIFIER_ROWS) return false;
  let [min, max] = [values[0], values[0]];
  for (const value of values) {
    if (Number.isNaN(value)) return false;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const range = max - min + 1;
  if (range < n || n < 0.9 * range) return false;
  const isTaken = new Uint8Array(range);
  for (const value of values) {
    if (isTaken[value - min] === 1) return false;
    isTaken[value - min] = 1;
  }
  return true;
}

const IDENTIFIER_WORDS: ReadonlySet<string> = new Set(["id", "uuid", "guid", "identifier"]);

/** A heading that says "ID" (or Vietnamese "mã") over values that mostly differ. */
function isNamedIdentifier(name: string, nRows: number, countDistinct: () => number): boolean {
  const words = foldName(name).split(" ");
  const isNamed = words.some((word) => IDENTIFIER_WORDS.has(word)) || (words[0] === "ma" && words.length > 1);
  return isNamed && nRows >= MIN_IDENTIFIER_ROWS && countDistinct() >= 0.5 * nRows;
}

function dateColumn(raw: RawColumn, entries: readonly Entry[]): Omit<TypedColumn, "raw"> | null {
  const dated = entries.filter((entry) => !isMissingAmongNumbers(entry.text));
  const dates = parseDates(dated.map((entry) => entry.text));
  if (!dates) return null;
  const typed = datedColumn(raw, dated, dates);
  const isMissing = (entry: Entry) => isMissingAmongNumbers(entry.text);
  const missing = entries.filter(isMissing).map(({ code }) => [code, { became: "", rule: "missing-token" }] as const);
  return { ...typed, repairs: new Map([...typed.repairs, ...missing]) };
}

/** Entries with their dates as a column; dates that are not written as ISO are repairs. */
export function datedColumn(
  raw: RawColumn,
  dated: readonly Entry[],
  dates: Float64Array,
): { column: NumericColumn; repairs: Map<number, TextRepair> } {
  const ofCode = new Float64Array(raw.texts.length).fill(Number.NaN);
  dated.forEach((entry, i) => {
    ofCode[entry.code] = dates[i];
  });
  const step = dates.every((value) => value % DAY_MS === 0) ? DAY_MS : dates.every((value) => value % 1000 === 0) ? 1000 : 1;
  const values = Float64Array.from(raw.codes, (code) => ofCode[code]);
  const column: NumericColumn = { kind: "numeric", name: raw.name, type: "date", values, step };
  const repairs = new Map<number, TextRepair>();
  for (const entry of dated) {
    const became = cellText({ ...column, values: ofCode }, entry.code);
    if (!/^\d{4}-\d\d-\d\d/.test(entry.text)) repairs.set(entry.code, { became, rule: "date-format" });
  }
  return { column, repairs };
}

function categoricalType(name: string, levels: readonly string[], nPresent: number, nRows: number): CategoricalColumn["type"] {
  if (
    levels.length === 2 &&
    BOOLEAN_PAIRS.has(
      levels
        .map((level) => level.toLowerCase())
        .sort()
        .join("/"),
    )
  )
    return "boolean";
  if (levels.length <= MIN_IDENTIFIER_ROWS) return "categorical";
  if (isNamedIdentifier(name, nRows, () => levels.length)) return "identifier";
  if (levels.length >= 0.98 * nPresent && levels.every((level) => level.length <= 64 && !/\s/.test(level))) return "identifier";
  return levels.length > 0.5 * nPresent && levels.length > 50 ? "text" : "categorical";
}

/** Words; `textOf` gives the level of an entry. Levels stand in order of first appearance. */
export function categoricalColumn(
  raw: RawColumn,
  entries: readonly Entry[],
  textOf: (entry: Entry) => string,
): CategoricalColumn {
  const levelCodes = new Map<string, number>();
  const recode = new Int32Array(raw.texts.length).fill(-1);
  let nPresent = 0;
  for (const entry of entries) {
    const text = textOf(entry);
    const code = levelCodes.get(text) ?? levelCodes.size;
    levelCodes.set(text, code);
    recode[entry.code] = code;
    nPresent += entry.count;
  }
  const levels = [...levelCodes.keys()];
  const type = categoricalType(raw.name, levels, nPresent, raw.codes.length);
  const codes = new Int32Array(raw.codes.length);
  for (let row = 0; row < codes.length; row++) codes[row] = recode[raw.codes[row]];
  return { kind: "categorical", name: raw.name, type, codes, levels };
}

/** Numbers that are only ever 0 and 1, both present, answer yes or no. */
function isZeroOne(reading: NumberReading): boolean {
  const distinct = new Set(reading.values.values());
  return distinct.size === 2 && distinct.has(0) && distinct.has(1);
}

/**
 * Gives a column of text its type: numbers (with one decimal mark, one currency), else dates, else words, of which two-valued
 * yes/no columns are boolean, columns that name the row are identifiers and mostly different ones are text.
 * `prefersComma` decides between the marks where both read everything, as in `1,234`.
 */
export function inferColumn(raw: RawColumn, prefersComma: boolean): TypedColumn {
  const { entries, cleaned } = cleanedEntries(raw);
  const missingRepairs = [...cleaned].filter(([, { rule }]) => rule === "missing-token");

  const numbers = raw.plain ? readBesidePlain(entries, raw.plain, prefersComma) : readBestNumbers(entries, prefersComma);
  if (raw.plain && !numbers) return inferColumn(withoutPlain(raw), prefersComma);
  if (numbers) {
    const column =
      isZeroOne(numbers) && !raw.plain
        ? categoricalColumn(raw, [...numbers.values.keys()], (entry) => String(numbers.values.get(entry)))
        : numericColumn(raw, numbers);
    return { column, raw, repairs: new Map([...missingRepairs, ...numbers.repairs]) };
  }
  const dates = dateColumn(raw, entries);
  if (dates) return { column: dates.column, raw, repairs: new Map([...missingRepairs, ...dates.repairs]) };
  return { column: categoricalColumn(raw, entries, (entry) => entry.text), raw, repairs: cleaned };
}
