/** A number as its digits stand: `value` is the nearest double, `nDecimals` how many digits follow the point. */
export interface PlainNumber {
  value: number;
  nDecimals: number;
  /** Of these, without zeros at the end. */
  nSignificantDecimals: number;
}

const MAX_DIGITS = 15;
/** Of 15 digits one stands before the point. */
export const MAX_DECIMALS = MAX_DIGITS - 1;
const POWERS = Float64Array.from({ length: MAX_DIGITS + 1 }, (_, i) => Number(`1e${i}`));
const [MINUS, POINT, ZERO] = [45, 46, 48];

/**
 * Reads `53`, `-1.50` and the like into `into`: at most 15 digits, no sign but the minus, no leading zeros, digits on both
 * sides of the point. False for any other text. Such a text is `plainText` of what was read, and the value is that of
 * `Number`: both digits and power of ten are exact, so that one division rounds rightly (Clinger 1990). The text stands in
 * `bytes` from `from` to `end`.
 */
export function readPlainNumber(bytes: Uint8Array, from: number, end: number, into: PlainNumber): boolean {
  const isNegative = end > from && bytes[from] === MINUS;
  const start = isNegative ? from + 1 : from;
  if (end === start || end - from > MAX_DIGITS + 2) return false;
  let digits = 0;
  let nDigits = 0;
  let point = -1;
  let lastNonZero = -1;
  for (let i = start; i < end; i++) {
    const code = bytes[i];
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      nDigits++;
      if (digit > 0) lastNonZero = i;
    } else if (code === POINT && point < 0 && i > start) point = i;
    else return false;
  }
  const nWhole = (point < 0 ? end : point) - start;
  const hasLeadingZero = nWhole > 1 && bytes[start] === ZERO;
  if (nDigits > MAX_DIGITS || hasLeadingZero || point === end - 1 || (isNegative && digits === 0)) return false;
  into.nDecimals = point < 0 ? 0 : end - point - 1;
  into.nSignificantDecimals = point < 0 ? 0 : Math.max(0, lastNonZero - point);
  into.value = (isNegative ? -digits : digits) / POWERS[into.nDecimals];
  return true;
}

/** The text that `readPlainNumber` read. */
export const plainText = (value: number, nDecimals: number): string => value.toFixed(nDecimals);
