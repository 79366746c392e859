/** The same bits as core/exp-log.ts; x is positive and not subnormal. */
function log(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
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
    sum += power / <f64>i;
  }
  return <f64>exponent * 0.6931471803691238 + (2 * sum + <f64>exponent * 1.9082149292705877e-10);
}

/** x ln x, with its limit at 0. */
export function timesLog(x: f64): f64 {
  return x > 0 ? x * log(x) : 0;
}
