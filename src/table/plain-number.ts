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
 * `Number`: both digits and power of ten are exact, so that one division rounds rightly (Clinger 1990).
 */
export function readPlainNumber(text: string, into: PlainNumber): boolean {
  const length = text.length;
  const start = length > 0 && text.charCodeAt(0) === MINUS ? 1 : 0;
  if (length === start || length > MAX_DIGITS + 2) return false;
  let digits = 0;
  let nDigits = 0;
  let point = -1;
  let lastNonZero = -1;
  for (let i = start; i < length; i++) {
    const code = text.charCodeAt(i);
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      nDigits++;
      if (digit > 0) lastNonZero = i;
    } else if (code === POINT && point < 0 && i > start) point = i;
    else return false;
  }
  const nWhole = (point < 0 ? length : point) - start;
  const hasLeadingZero = nWhole > 1 && text.charCodeAt(start) === ZERO;
  if (nDigits > MAX_DIGITS || hasLeadingZero || point === length - 1 || (start === 1 && digits === 0)) return false;
  into.nDecimals = point < 0 ? 0 : length - point - 1;
  into.nSignificantDecimals = point < 0 ? 0 : Math.max(0, lastNonZero - point);
  into.value = (start === 1 ? -digits : digits) / POWERS[into.nDecimals];
  return true;
}

/** The text that `readPlainNumber` read. */
export const plainText = (value: number, nDecimals: number): string => value.toFixed(nDecimals);
