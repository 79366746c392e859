import { log } from "../core/exp-log.ts";
import type { DerivedNumeric } from "../structure/derived-numeric.ts";
import { formulaValues } from "../structure/formula-values.ts";
import { getColumn, type NumericColumn, type Table } from "../table/table.ts";

/** How the noise around a formula grows: not at all, or as √(count − from), times the product's other factor or not. */
export interface NoiseGrowth {
  /** The column of a product that counts; null for constant noise. */
  readonly count: string | null;
  readonly countFrom: 0 | 1;
  /** The column that the noise is multiplied by as well. */
  readonly factor: string | null;
}

const CONSTANT: NoiseGrowth = { count: null, countFrom: 0, factor: null };

/** Every growth that is tried: either factor may be the one that counts. */
function growthsOf([a, b]: readonly string[]): NoiseGrowth[] {
  const growths: NoiseGrowth[] = [CONSTANT];
  for (const [count, other] of [
    [b, a],
    [a, b],
  ])
    for (const countFrom of [0, 1] as const) for (const factor of [null, other]) growths.push({ count, countFrom, factor });
  return growths;
}

const valuesOf = (table: Table, name: string): Float64Array => (getColumn(table, name) as NumericColumn).values;

/** What the noise is multiplied by, one number per row. */
export function noiseScales({ count, countFrom, factor }: NoiseGrowth, table: Table): Float64Array {
  if (count === null) return new Float64Array(table.nRows).fill(1);
  const factors = factor === null ? null : valuesOf(table, factor);
  return valuesOf(table, count).map(
    (value, row) => Math.sqrt(Math.max(0, value - countFrom)) * (factors ? Math.abs(factors[row]) : 1),
  );
}

/** Log likelihood of normal noise that grows so, up to a constant; what lies below the column's step counts as rounding. */
function likelihood(residuals: Float64Array, scales: Float64Array, step: number): number {
  let squares = 0;
  let n = 0;
  for (let row = 0; row < residuals.length; row++) {
    if (Number.isNaN(residuals[row]) || !(scales[row] > 0)) continue;
    squares += (residuals[row] / scales[row]) ** 2;
    n++;
  }
  const variance = squares / Math.max(1, n);
  let sum = 0;
  for (let row = 0; row < residuals.length; row++) {
    if (Number.isNaN(residuals[row]) || Number.isNaN(scales[row])) continue;
    const expected = variance * scales[row] ** 2 + step ** 2 / 12 + 1e-12;
    sum -= log(expected) + residuals[row] ** 2 / expected;
  }
  return sum / 2;
}

/** The growth that explains the table's residuals best. */
export function chooseGrowth(formula: DerivedNumeric, table: Table): NoiseGrowth {
  if (formula.kind === "linear") return CONSTANT;
  const { values, step } = getColumn(table, formula.column) as NumericColumn;
  const residuals = formulaValues(formula, table).map((centre, row) => values[row] - centre);
  const tried = growthsOf(formula.from).map((growth) => ({
    growth,
    value: likelihood(residuals, noiseScales(growth, table), step),
  }));
  return tried.reduce((best, other) => (other.value > best.value ? other : best)).growth;
}
