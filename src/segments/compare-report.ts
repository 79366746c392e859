/** Numbers of a column in one segment or in the whole table. */
export interface NumericProfile {
  readonly nKnown: number;
  readonly mean: number;
  readonly deviation: number;
  readonly quartiles: readonly [number, number, number];
}

/** Shares of a column's levels among known values, in the order of `levels`. */
export interface CategoricalProfile {
  readonly nKnown: number;
  readonly shares: readonly number[];
}

/** One column in every segment. `separation` (0 … 1) is ω² or bias-corrected V²: how far apart the segments stand in it. */
export type ColumnProfile =
  | {
      readonly kind: "numeric";
      readonly column: string;
      readonly separation: number;
      readonly whole: NumericProfile;
      readonly segments: readonly NumericProfile[];
    }
  | {
      readonly kind: "categorical";
      readonly column: string;
      readonly separation: number;
      /** Commonest first, at most 30; the rest is left out. */
      readonly levels: readonly string[];
      readonly nLevels: number;
      readonly whole: CategoricalProfile;
      readonly segments: readonly CategoricalProfile[];
    };

/** How two segments differ in one column, `first` less `second`. Intervals are 95 %. */
export interface ColumnDifference {
  readonly column: string;
  /** For a category: the level whose shares differ most; else null. */
  readonly value: string | null;
  /** Means, or shares of that level. */
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Cohen's d of numbers (pooled deviation), Cramér's V over all levels of a category (bias-corrected, Bergsma 2013). */
  readonly measure: "cohens-d" | "cramers-v";
  /** Null where a column has one value. */
  readonly effect: number | null;
  readonly effectLow: number | null;
  readonly effectHigh: number | null;
  /** In Cohen's (1988) words. */
  readonly size: "none" | "small" | "medium" | "large";
  /** Whether this column made the segments: a difference in it is no discovery. */
  readonly isUsed: boolean;
}

export interface SegmentComparison {
  readonly first: number;
  readonly second: number;
  /** Largest effect first. */
  readonly columns: readonly ColumnDifference[];
}

export interface UmapSettings {
  /** At most so many rows, drawn by seed. */
  readonly maxRows: number;
  readonly nNeighbors: number;
  readonly minDistance: number;
}
