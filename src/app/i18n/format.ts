import { m } from "./paraglide/messages.js";
import { getLocale } from "./paraglide/runtime.js";

/** Narrow no-break space: between a figure and its per-cent sign. */
const NARROW_SPACE = "\u202f";
/** No-break space: between a figure and its unit in words. */
const HARD_SPACE = "\u00a0";
const MINUS = "\u2212";
/** What stands where there is no figure. */
const ABSENT = "\u2013";

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = getLocale() + JSON.stringify(options);
  const known = numberFormats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(getLocale(), options);
  numberFormats.set(key, made);
  return made;
}

function written(value: number, options: Intl.NumberFormatOptions): string {
  if (!Number.isFinite(value)) return ABSENT;
  const parts = numberFormat({ signDisplay: "negative", ...options }).formatToParts(value);
  return parts.map((part) => (part.type === "minusSign" ? MINUS : part.value)).join("");
}

const fixed = (nDigits: number): Intl.NumberFormatOptions => ({
  minimumFractionDigits: nDigits,
  maximumFractionDigits: nDigits,
});

/** `3,900`, `−0.30`; always `nDigits` after the point. A missing figure is an en dash, here and below. */
export function formatNumber(value: number, nDigits = 0): string {
  return written(value, fixed(nDigits));
}

/** As many digits as needed, at most `nDigits` after the point: `0.5`, `12`. */
export function formatShortNumber(value: number, nDigits = 3): string {
  return written(value, { maximumFractionDigits: nDigits });
}

/** With its sign unless it rounds to zero: `+1.9`, `−0.3`. */
export function formatSigned(value: number, nDigits = 1): string {
  return written(value, { ...fixed(nDigits), signDisplay: "exceptZero" });
}

/** A share in [0, 1] as `14.3 %`. */
export function formatPercent(share: number, nDigits = 1): string {
  if (!Number.isFinite(share)) return ABSENT;
  return `${formatNumber(share * 100, nDigits)}${NARROW_SPACE}%`;
}

/** A difference of two shares in points of a hundred: `−0.3`. */
export function formatPoints(difference: number, nDigits = 1): string {
  return formatSigned(difference * 100, nDigits);
}

export function formatCurrency(value: number, currency = "USD", nDigits = 2): string {
  return written(value, { style: "currency", currency, currencyDisplay: "narrowSymbol", ...fixed(nDigits) });
}

/** `= 0.70`, `< 0.001`: written after the letter p. */
export function formatPValue(pValue: number): string {
  if (!Number.isFinite(pValue)) return `= ${ABSENT}`;
  if (pValue < 0.001) return `< ${formatNumber(0.001, 3)}`;
  return `= ${formatNumber(pValue, pValue < 0.1 ? 3 : 2)}`;
}

const BYTE_UNITS = ["B", "kB", "MB", "GB"] as const;

/** `940 B`, `4.2 MB`; a kilobyte is 1,000 bytes. */
export function formatBytes(nBytes: number): string {
  if (!Number.isFinite(nBytes)) return ABSENT;
  let amount = nBytes;
  let unit = 0;
  while (amount >= 999.5 && unit < BYTE_UNITS.length - 1) {
    amount /= 1000;
    unit++;
  }
  return formatNumber(amount, unit > 0 && amount < 99.95 ? 1 : 0) + HARD_SPACE + BYTE_UNITS[unit];
}

/** How many a second, with about two digits that mean something: `2.4`, `31`. */
export function formatRate(perSecond: number): string {
  return formatNumber(perSecond, perSecond < 10 ? 1 : 0);
}

/** Time that has passed: `60 ms`, `1.9 s`, `36 s`, `1 min 30 s`, `2 h 5 min`. */
export function durationWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return ABSENT;
  if (seconds < 0.0995) return m.common_milliseconds({ count: formatNumber(seconds * 1000) });
  if (seconds < 9.95) return m.common_seconds({ count: formatNumber(seconds, 1) });
  return wholeDuration(Math.round(seconds));
}

/** Time still to come: to the second under a minute, to ten seconds above. */
export function timeLeftWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return ABSENT;
  return wholeDuration(seconds < 60 ? Math.max(1, Math.ceil(seconds)) : Math.round(seconds / 10) * 10);
}

function wholeDuration(seconds: number): string {
  if (seconds < 60) return m.common_seconds({ count: formatNumber(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    const words = m.common_minutes({ count: formatNumber(minutes) });
    return seconds % 60 === 0 ? words : `${words} ${m.common_seconds({ count: formatNumber(seconds % 60) })}`;
  }
  const words = m.common_hours({ count: formatNumber(Math.floor(minutes / 60)) });
  return minutes % 60 === 0 ? words : `${words} ${m.common_minutes({ count: formatNumber(minutes % 60) })}`;
}

export function formatDate(date: Date): string {
  return new Intl.DateTimeFormat(getLocale(), { dateStyle: "long" }).format(date);
}

/** Hours and minutes of the day, `14:32`. */
export function formatTime(date: Date): string {
  return new Intl.DateTimeFormat(getLocale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
}

/** The time of day, with the date in front where it is not today's: `14:32`, `12 May 2031, 14:32`. */
export function formatMoment(date: Date): string {
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? formatTime(date) : `${formatDate(date)}, ${formatTime(date)}`;
}

/** `Age, Gender and Size`. */
export function formatList(words: readonly string[], type: "conjunction" | "disjunction" = "conjunction"): string {
  return new Intl.ListFormat(getLocale(), { type }).format(words);
}
