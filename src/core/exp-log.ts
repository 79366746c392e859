/**
 * Exponential and natural logarithm built from IEEE-754 additions, multiplications and divisions alone,
 * so that every browser gives the same bits (`Math.exp` and `Math.log` may differ between engines).
 *
 * Method: argument reduction by powers of two and a power series (exp) or odd power series (log) on the rest;
 * see W. J. Cody and W. Waite, "Software Manual for the Elementary Functions" (1980). Relative error < 1e-15.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = 1.4426950408889634;

/** 1/i! for i = 0 … 13: enough for |x| ≤ ln 2 / 2. */
const INVERSE_FACTORIALS = Float64Array.from({ length: 14 }, (_, n) => {
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return 1 / factorial;
});

const doubleBits = new Float64Array(1);
const wordBits = new Uint32Array(doubleBits.buffer);
const HIGH_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** 2^exponent for integer exponents in [-1074, 1023]. */
function powerOfTwo(exponent: number): number {
  if (exponent < -1022) return powerOfTwo(exponent + 60) * powerOfTwo(-60);
  doubleBits[0] = 1;
  wordBits[HIGH_WORD] = (exponent + 1023) << 20;
  return doubleBits[0];
}

/** e^x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const exponent = Math.round(x * INVERSE_LN2);
  const rest = x - exponent * LN2_HIGH - exponent * LN2_LOW;
  let sum = INVERSE_FACTORIALS[INVERSE_FACTORIALS.length - 1];
  for (let i = INVERSE_FACTORIALS.length - 2; i >= 0; i--) sum = sum * rest + INVERSE_FACTORIALS[i];
  if (exponent > 1023) return sum * powerOfTwo(exponent - 1) * 2;
  return sum * powerOfTwo(exponent);
}

/** Natural logarithm; NaN below 0, −Infinity at 0. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let exponent = 0;
  let mantissa = x;
  if (mantissa < 2.2250738585072014e-308) {
    mantissa *= 2 ** 54;
    exponent -= 54;
  }
  doubleBits[0] = mantissa;
  const high = wordBits[HIGH_WORD];
  exponent += (high >>> 20) - 1023;
  wordBits[HIGH_WORD] = (high & 0x000fffff) | 0x3ff00000;
  mantissa = doubleBits[0];
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let power = s;
  let sum = s;
  for (let i = 3; i <= 25; i += 2) {
    power *= square;
    sum += power / i;
  }
  return exponent * LN2_HIGH + (2 * sum + exponent * LN2_LOW);
}
