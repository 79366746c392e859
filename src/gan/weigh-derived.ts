import type { Random } from "../core/random.ts";
import { roundToStep } from "../encode/numeric-codes.ts";
import type { NumberRange } from "../samplers/conditions.ts";
import type { Table } from "../table/table.ts";
import type { BlocksEncoding } from "./block.types.ts";
import { type DerivedColumn, formulaParts, restoreColumn, valueFromResidual, withColumn } from "./derived-columns.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { clampTo, isWithin } from "./number-range.ts";

/** The residuals of derived columns as rows of probabilities (nRows × nLevels) have them. */
export class ResidualChances {
  private readonly sources;

  constructor(
    encoding: BlocksEncoding,
    private readonly plan: Pick<NetworkPlan, "levelOffset" | "nLevels">,
    private readonly probabilities: Float32Array,
  ) {
    this.sources = encoding.derived.map(({ column }) => {
      const position = encoding.columns.findIndex((codes) => codes.column.name === column.name);
      const block = encoding.blocks.findIndex(({ members }) => members.includes(position));
      const { numeric } = encoding.columns[position];
      // A number stands alone in its block: combination k holds the code combinations[k].
      return { numeric, offset: plan.levelOffset[block], codes: encoding.blocks[block].combinations };
    });
  }

  /** Probability that a row's residual of derived column `place` lies in (from, to]. */
  mass(place: number, row: number, from: number, to: number): number {
    let mass = 0;
    this.eachPart(place, row, from, to, (part) => {
      mass += part;
    });
    return mass;
  }

  /** A residual in (from, to], as likely as it is there. */
  draw(place: number, row: number, from: number, to: number, uniform: number): number {
    const { numeric } = this.sources[place];
    let rest = uniform * this.mass(place, row, from, to);
    let drawn = Number.NaN;
    this.eachPart(place, row, from, to, (part, code, begin, share) => {
      if (rest >= 0 && numeric) drawn = numeric.valueOf(code, begin + Math.min(1, rest / part) * share);
      rest -= part;
    });
    return drawn;
  }

  /** The codes that have positions in (from, to], with the probability of these, and where they begin. */
  private eachPart(
    place: number,
    row: number,
    from: number,
    to: number,
    visit: (part: number, code: number, begin: number, share: number) => void,
  ): void {
    const { numeric, offset, codes } = this.sources[place];
    if (!numeric) return;
    for (let k = 0; k < codes.length; k++) {
      if (codes[k] >= numeric.nCodes) continue;
      const begin = numeric.shareUpTo(codes[k], from);
      const share = numeric.shareUpTo(codes[k], to) - begin;
      const part = share > 0 ? share * this.probabilities[row * this.plan.nLevels + offset + k] : 0;
      if (part > 0) visit(part, codes[k], begin, share);
    }
  }
}

/** The residuals that make a number in the range: those in (from, to]. The protected range is where numbers beyond it end up. */
function residualsFor({ column, low, high }: DerivedColumn, range: NumberRange, centre: number, scale: number) {
  return {
    from: range.low <= low ? Number.NEGATIVE_INFINITY : (range.low - column.step / 2 - centre) / scale,
    to: range.high >= high ? Number.POSITIVE_INFINITY : (range.high + column.step / 2 - centre) / scale,
  };
}

/** Numbers of a derived column in a range, each with the probability that its row would have had one there. */
function numbersInRange(
  one: DerivedColumn,
  place: number,
  table: Table,
  range: NumberRange,
  chances: ResidualChances,
  random: Random,
): { readonly values: Float64Array; readonly chance: Float64Array } {
  const { centre, scale } = formulaParts(one, table);
  const chance = new Float64Array(table.nRows);
  const values = Float64Array.from({ length: table.nRows }, (_, row) => {
    const uniform = range.low < range.high ? random.next() : 0;
    if (Number.isNaN(centre[row])) return Number.NaN;
    if (!(scale[row] > 0)) {
      const value = clampTo(one, roundToStep(centre[row], one.column.step));
      chance[row] = isWithin(range, value) ? 1 : 0;
      return value;
    }
    const { from, to } = residualsFor(one, range, centre[row], scale[row]);
    chance[row] = chances.mass(place, row, from, to);
    if (chance[row] === 0 || range.low === range.high) return range.low;
    return clampTo(range, valueFromResidual(one, centre[row], scale[row], chances.draw(place, row, from, to, uniform)));
  });
  return { values, chance };
}

/**
 * Rows with their derived columns. Where a range is wanted the column lies in it, and the row's weight is the probability
 * with which its residual would have brought it there: rows drawn again by weight follow the conditional distribution.
 */
export function weighDerived(
  encoding: BlocksEncoding,
  rows: Table,
  wanted: ReadonlyMap<number, NumberRange>,
  chances: ResidualChances,
  random: Random,
): { readonly table: Table; readonly weights: Float64Array } {
  const weights = new Float64Array(rows.nRows).fill(1);
  let table = rows;
  for (const [place, one] of encoding.derived.entries()) {
    const range = wanted.get(place);
    if (!range) {
      table = withColumn(table, restoreColumn(table, one));
      continue;
    }
    const { values, chance } = numbersInRange(one, place, table, range, chances, random.split(one.column.name));
    for (let row = 0; row < weights.length; row++) weights[row] *= chance[row];
    table = withColumn(table, { ...one.column, values });
  }
  return { table, weights };
}
