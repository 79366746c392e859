import type { NumericCodes } from "../encode/numeric-codes.ts";
import { gridTolerance, type NumberRange } from "../samplers/conditions.ts";

/** The positions of a code whose numbers lie in a range: from `begin` on, `share` of them all. */
export interface PartOfCode {
  readonly begin: number;
  readonly share: number;
}

/** What a range leaves of a code, numbers being rounded to `step`. */
export function partWithin(numeric: NumericCodes, step: number, code: number, { low, high }: NumberRange): PartOfCode {
  const rounding = numeric.kind === "bins" ? step / 2 : 0;
  const below = low - rounding - gridTolerance(low, step);
  const begin = numeric.shareUpTo(code, below);
  return { begin, share: Math.max(0, numeric.shareUpTo(code, high + rounding) - begin) };
}

export const clampTo = ({ low, high }: NumberRange, value: number): number => Math.min(high, Math.max(low, value));

export const isWithin = ({ low, high }: NumberRange, value: number): boolean => low <= value && value <= high;

export const overlap = (a: NumberRange, b: NumberRange): NumberRange => ({
  low: Math.max(a.low, b.low),
  high: Math.min(a.high, b.high),
});
