import { exp, log } from "../core/exp-log.ts";

const MAX_TERMS = 10_000;
const PRECISION = 1e-14;
/** ½ log 2π */
const HALF_LOG_TWO_PI = 0.9189385332046727;
/** From here on three terms of Stirling's series are exact to a double's precision. */
const STIRLING_FROM = 30;

/** log Γ(a), a > 0: Stirling's series, reached by Γ(a) = Γ(a + 1) / a. */
function logGamma(a: number): number {
  let product = 0;
  let at = a;
  for (; at < STIRLING_FROM; at++) product += log(at);
  const inverse = 1 / at;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 * (1 / 1260 - inverse ** 2 / 1680)));
  return (at - 0.5) * log(at) - at + HALF_LOG_TWO_PI + series - product;
}

/**
 * Chance that a χ² variable of `degrees` degrees of freedom is at least `statistic`: the regularised upper incomplete gamma
 * function Q(degrees / 2, statistic / 2), as a power series below its mean and a continued fraction above (Lentz 1976). `degrees` need not be
 * whole. @throws nothing; 1 where `degrees` is not above 0
 */
export function chiSquareSurvival(statistic: number, degrees: number): number {
  if (!(degrees > 0) || statistic <= 0) return 1;
  const a = degrees / 2;
  const x = statistic / 2;
  const scale = exp(a * log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MAX_TERMS && term > PRECISION * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - scale * sum);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return scale * fraction;
}
