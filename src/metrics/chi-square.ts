import { exp, log } from "../core/exp-log.ts";

const MAX_TERMS = 10_000;
const PRECISION = 1e-14;
/** log √π */
const LOG_GAMMA_HALF = 0.5723649429247001;

/** log Γ(a) of a whole or half number, by Γ(a) = (a − 1) Γ(a − 1). */
function logGamma(a: number): number {
  let sum = a % 1 === 0 ? 0 : LOG_GAMMA_HALF;
  for (let at = a - 1; at > 0.25; at--) sum += log(at);
  return sum;
}

/**
 * Chance that a χ² variable of `degrees` degrees of freedom is at least `statistic`: the regularised upper incomplete gamma
 * function Q(degrees / 2, statistic / 2), as a power series below its mean and a continued fraction above (Lentz 1976).
 * @throws nothing; 1 where `degrees` < 1
 */
export function chiSquareSurvival(statistic: number, degrees: number): number {
  if (degrees < 1 || statistic <= 0) return 1;
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
