import { log } from "../core/exp-log.ts";
import type { DerivedNumeric } from "../structure/derived-numeric.ts";
import { formulaValues } from "../structure/formula-values.ts";
import { getColumn, type NumericColumn, type Table } from "../table/table.ts";

/** How the noise around a formula grows: not at all, or around factor · count as √(count − from), times the factor or not. */
export interface NoiseGrowth {
  readonly countFrom: 0 | 1 | null;
  readonly isScaled: boolean;
}

const CONSTANT: NoiseGrowth = { countFrom: null, isScaled: false };
const GROWTHS: readonly NoiseGrowth[] = [
  CONSTANT,
  { countFrom: 0, isScaled: false },
  { countFrom: 1, isScaled: false },
  { countFrom: 0, isScaled: true },
  { countFrom: 1, isScaled: true },
];

const valuesOf = (table: Table, name: string): Float64Array => (getColumn(table, name) as NumericColumn).values;

/** What the noise is multiplied by, one number per row. */
export function noiseScales(formula: DerivedNumeric, { countFrom, isScaled }: NoiseGrowth, table: Table): Float64Array {
  const scales = new Float64Array(table.nRows).fill(1);
  if (formula.kind === "linear" || countFrom === null) return scales;
  const [factor, count] = formula.from.map((name) => valuesOf(table, name));
  return scales.map((_, row) => Math.sqrt(Math.max(0, count[row] - countFrom)) * (isScaled ? Math.abs(factor[row]) : 1));
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
  const tried = GROWTHS.map((growth) => ({ growth, value: likelihood(residuals, noiseScales(formula, growth, table), step) }));
  return tried.reduce((best, other) => (other.value > best.value ? other : best)).growth;
}
