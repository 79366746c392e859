/** One term of a linear formula: of a number (`level` null), or of a category's level ("" for missing). */
export interface LinearTerm {
  readonly column: string;
  readonly level: string | null;
  readonly coefficient: number;
}

interface Derived {
  readonly column: string;
  /** The columns that determine it, the most telling first. */
  readonly from: readonly string[];
  readonly r2: number;
  /** Standard deviation of what the formula leaves, in the column's unit. */
  readonly residualSd: number;
  /** Rows that the formula gives to within half of the column's smallest step, of `nRows`. */
  readonly nExact: number;
  /** Rows that were looked at: those that hold all numbers, at most 20,000. */
  readonly nRows: number;
}

/** y = intercept + Σ coefficient · (number, or 1 where the row has the level) + residual. */
export interface LinearNumeric extends Derived {
  readonly kind: "linear";
  readonly intercept: number;
  readonly terms: readonly LinearTerm[];
}

/** y = scale · factor · (count + ρ · √(count − noiseFrom)), `from` = [factor, count], ρ of mean about 0. */
export interface ProductNumeric extends Derived {
  readonly kind: "product";
  readonly scale: number;
  /** 1 where y equals the factor at a count of 1, else 0. */
  readonly noiseFrom: 0 | 1;
  /** Root mean square of ρ. */
  readonly noiseSd: number;
}

/** A number that other columns nearly determine. */
export type DerivedNumeric = LinearNumeric | ProductNumeric;
