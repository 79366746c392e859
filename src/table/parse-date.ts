const ISO = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?Z?)?$/;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;

/** Milliseconds since 1970 (UTC), or NaN for a day that is in no calendar. Years 1000 to 9999. */
function dayValue(year: number, month: number, day: number, timeMs = 0): number {
  const value = Date.UTC(year, month - 1, day);
  const isDay = year >= 1000 && month >= 1 && month <= 12 && new Date(value).getUTCDate() === day;
  return isDay && timeMs < 86_400_000 ? value + timeMs : Number.NaN;
}

function readIso(text: string): number {
  const [, year, month, day, hour = 0, minute = 0, second = 0, ms = 0] = ISO.exec(text)?.map(Number).map(zeroIfNaN) ?? [];
  if (minute > 59 || second > 59) return Number.NaN;
  return dayValue(year ?? 0, month ?? 0, day ?? 0, ((hour * 60 + minute) * 60 + second) * 1000 + ms);
}

const zeroIfNaN = (value: number): number => (Number.isNaN(value) ? 0 : value);

/** Dates such as 31/12/2024: which of the first two numbers is the day, null where the column does not tell. */
function dayFirst(parts: readonly RegExpExecArray[]): boolean | null {
  if (parts.some((part) => part[2] === ".")) return true;
  const isDayFirst = parts.some((part) => Number(part[1]) > 12);
  const isMonthFirst = parts.some((part) => Number(part[3]) > 12);
  return isDayFirst === isMonthFirst ? null : isDayFirst;
}

function readParts(part: RegExpExecArray, isDayFirst: boolean): number {
  const [first, second] = [Number(part[1]), Number(part[3])];
  return dayValue(Number(part[4]), isDayFirst ? second : first, isDayFirst ? first : second);
}

/**
 * Dates of texts that need not all be dates, in the notation that reads most rows (`counts` of each text): ISO, else d/m/y or
 * m/d/y. Where both of these read as much, the day is taken to come first. NaN for what that notation cannot read.
 */
export function readDates(texts: readonly string[], counts: readonly number[]): Float64Array {
  const parts = texts.map((text) => NUMERIC.exec(text));
  const read = (isDayFirst: boolean) => Float64Array.from(parts, (part) => (part ? readParts(part, isDayFirst) : Number.NaN));
  const notations = [Float64Array.from(texts, readIso), read(true), read(false)];
  const nRead = (dates: Float64Array) => dates.reduce((sum, date, at) => (Number.isNaN(date) ? sum : sum + counts[at]), 0);
  return notations.reduce((best, dates) => (nRead(dates) > nRead(best) ? dates : best));
}

/**
 * The dates that all of `texts` write in one notation: ISO (with or without a time), or d/m/y or m/d/y where some value
 * tells which. Null when they do not, or when the notation is ambiguous. Times are taken as UTC.
 */
export function parseDates(texts: readonly string[]): Float64Array | null {
  if (texts.length === 0) return null;
  const iso = readIso(texts[0]);
  if (!Number.isNaN(iso)) {
    const values = Float64Array.from(texts, readIso);
    return values.some(Number.isNaN) ? null : values;
  }
  const parts: RegExpExecArray[] = [];
  for (const text of texts) {
    const part = NUMERIC.exec(text);
    if (!part) return null;
    parts.push(part);
  }
  const isDayFirst = dayFirst(parts);
  if (isDayFirst === null) return null;
  const values = Float64Array.from(parts, (part) => readParts(part, isDayFirst));
  return values.some(Number.isNaN) ? null : values;
}
