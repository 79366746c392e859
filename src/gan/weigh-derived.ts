import { roundToStep } from "../encode/numeric-codes.ts";
import { getColumn, type NumericColumn, type Table } from "../table/table.ts";
import type { BlocksEncoding } from "./blocks-encoding.ts";
import { type DerivedColumn, formulaParts, valueFromResidual } from "./derived-columns.ts";

/** Probability that a row's residual of derived column `place` lies in (from, to]. */
export type ResidualMass = (place: number, row: number, from: number, to: number) => number;

/** Probability that formula + scale · residual, rounded and clipped, is just `wanted`. */
function chanceOf(
  { column, low, high }: DerivedColumn,
  wanted: number,
  centre: number,
  scale: number,
  mass: (from: number, to: number) => number,
): number {
  if (Number.isNaN(centre)) return 0;
  if (!(scale > 0)) return Math.min(high, Math.max(low, roundToStep(centre, column.step))) === wanted ? 1 : 0;
  const from = wanted <= low ? Number.NEGATIVE_INFINITY : (wanted - column.step / 2 - centre) / scale;
  const to = wanted >= high ? Number.POSITIVE_INFINITY : (wanted + column.step / 2 - centre) / scale;
  return mass(from, to);
}

/**
 * Rows with their derived columns. Where a value is wanted the column holds it, and the row's weight is the probability
 * with which its residual would have made it: rows drawn again by weight follow the conditional distribution.
 */
export function weighDerived(
  encoding: BlocksEncoding,
  rows: Table,
  wanted: ReadonlyMap<number, number>,
  mass: ResidualMass,
): { readonly table: Table; readonly weights: Float64Array } {
  const weights = new Float64Array(rows.nRows).fill(1);
  let table = rows;
  encoding.derived.forEach((one, place) => {
    const { centre, scale } = formulaParts(one, table);
    const residuals = (getColumn(table, one.column.name) as NumericColumn).values;
    const value = wanted.get(place);
    const values = residuals.map((residual, row) => {
      if (value === undefined) return valueFromResidual(one, centre[row], scale[row], residual);
      weights[row] *= chanceOf(one, value, centre[row], scale[row], (from, to) => mass(place, row, from, to));
      return value;
    });
    const column: NumericColumn = { ...one.column, values };
    table = { nRows: table.nRows, columns: table.columns.map((other) => (other.name === column.name ? column : other)) };
  });
  return { table, weights };
}
