import type { Random } from "../core/random.ts";
import { type NumericCodes, roundToStep } from "../encode/numeric-codes.ts";
import type { DerivedNumeric } from "../structure/derived-numeric.ts";
import { findDerivedNumerics } from "../structure/derived-numerics.ts";
import { formulaValues } from "../structure/formula-values.ts";
import { getColumn, type NumericColumn, type Table } from "../table/table.ts";
import { encodeColumn } from "./column-codes.ts";
import { chooseGrowth, type NoiseGrowth, noiseScales } from "./formula-noise.ts";

/** A number that is made from others: formula + scale · residual, where the network makes the residual. */
export interface DerivedColumn {
  readonly formula: DerivedNumeric;
  readonly noise: NoiseGrowth;
  /** The column without its rows. */
  readonly column: NumericColumn;
  /** The k-th extremes of the training rows: nothing beyond is ever emitted. */
  readonly low: number;
  readonly high: number;
  /** The training rows' numbers as codes, which tell how many lie in a range; null where a saved generator has none. */
  readonly codes: NumericCodes | null;
}

/** The table with that column in place of the one of its name. */
export function withColumn(table: Table, column: NumericColumn): Table {
  return { nRows: table.nRows, columns: table.columns.map((other) => (other.name === column.name ? column : other)) };
}

/** What the formula says for each row, NaN where a number it needs is missing, and what its noise is multiplied by. */
export function formulaParts(
  { formula, noise }: Pick<DerivedColumn, "formula" | "noise">,
  table: Table,
): { readonly centre: Float64Array; readonly scale: Float64Array } {
  return { centre: formulaValues(formula, table), scale: noiseScales(noise, table) };
}

/** Residuals in units of the noise; NaN where the number is missing, drawn from the others where the formula leaves none. */
function scaledResiduals(
  table: Table,
  parts: Pick<DerivedColumn, "formula" | "noise">,
  values: Float64Array,
  random: Random,
): Float64Array {
  const { centre, scale } = formulaParts(parts, table);
  const isOpen = (row: number) => scale[row] > 0 && !Number.isNaN(centre[row]);
  const residuals = values.map((value, row) => (isOpen(row) ? (value - centre[row]) / scale[row] : Number.NaN));
  const known = residuals.filter((residual) => !Number.isNaN(residual));
  return residuals.map((residual, row) => {
    if (Number.isNaN(values[row]) || !Number.isNaN(residual)) return residual;
    return known.length > 0 ? known[random.integer(known.length)] : 0;
  });
}

/** In an order in which each formula rests on none that comes after it. */
function inOrder(found: readonly DerivedNumeric[]): DerivedNumeric[] {
  const ordered = new Set<DerivedNumeric>();
  const add = (derived: DerivedNumeric): void => {
    for (const other of found) if (derived.from.includes(other.column)) add(other);
    ordered.add(derived);
  };
  for (const derived of found) add(derived);
  return [...ordered];
}

/** Puts residuals in place of the numbers that others determine; `minRows` is the k of the protected range. */
export function takeResiduals(
  table: Table,
  minRows: number,
  random: Random,
): { readonly table: Table; readonly derived: readonly DerivedColumn[] } {
  let residuals = table;
  const derived = inOrder(findDerivedNumerics(table)).map((formula) => {
    const { column: name } = formula;
    const column = getColumn(table, name) as NumericColumn;
    const noise = chooseGrowth(formula, table);
    const values = scaledResiduals(table, { formula, noise }, column.values, random.split(name));
    residuals = withColumn(residuals, { kind: "numeric", name, type: "numeric", step: 0, values });
    const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
    const k = Math.min(minRows, Math.ceil(sorted.length / 2));
    return {
      formula,
      noise,
      column: { ...column, values: new Float64Array(0) },
      low: sorted[k - 1],
      high: sorted[sorted.length - k],
      codes: encodeColumn(column).codes.numeric,
    };
  });
  return { table: residuals, derived };
}

/** Formula + scale · residual, rounded to the column's step and clipped to its protected range. */
export function valueFromResidual({ column, low, high }: DerivedColumn, centre: number, scale: number, residual: number): number {
  const value = centre + scale * residual;
  return Number.isNaN(value) ? value : Math.min(high, Math.max(low, roundToStep(value, column.step)));
}

/** A column's numbers again, from residuals and the columns that they hang on. */
export function restoreColumn(table: Table, derived: DerivedColumn): NumericColumn {
  const { centre, scale } = formulaParts(derived, table);
  const residuals = (getColumn(table, derived.column.name) as NumericColumn).values;
  const values = residuals.map((residual, row) => valueFromResidual(derived, centre[row], scale[row], residual));
  return { ...derived.column, values };
}

/** All derived columns of a table of residuals. */
export function restoreDerived(table: Table, derived: readonly DerivedColumn[]): Table {
  let restored = table;
  for (const one of derived) restored = withColumn(restored, restoreColumn(restored, one));
  return restored;
}
