/** What a column of numbers holds beyond its summary. */
export interface NumericDetail {
  readonly kind: "numeric";
  /** Shares and the values below which they lie, by linear interpolation. */
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  /** Values beyond 1.5 interquartile ranges from the quartiles (Tukey 1977), with the nearest fences and the furthest values. */
  readonly outliers: {
    readonly low: number;
    readonly high: number;
    readonly nLow: number;
    readonly nHigh: number;
    readonly furthest: readonly { readonly row: number; readonly value: number }[];
  };
}

export interface CategoricalDetail {
  readonly kind: "categorical";
  /** Levels that stand in one row alone, and rows of the ten commonest. */
  readonly nSingle: number;
  readonly nInTopTen: number;
}

/** Where values are missing: whether by chance or in a stretch of the file. */
export interface MissingPattern {
  readonly nMissing: number;
  readonly firstRow: number;
  readonly lastRow: number;
  /** Most rows without a value one after the other. */
  readonly longestRun: number;
  /** Missing share of each tenth of the file, in its order. */
  readonly byTenth: readonly number[];
  /** Columns that are missing in the very same rows. */
  readonly together: readonly string[];
  /** Others that are missing in some of these rows, with the share of these; most first, at most 8. */
  readonly alsoMissing: readonly { readonly column: string; readonly share: number }[];
}

export interface ColumnDetail {
  readonly column: string;
  readonly nRows: number;
  readonly nDistinct: number;
  readonly missing: MissingPattern;
  readonly values: NumericDetail | CategoricalDetail;
}

/** Which columns are missing in the same rows. */
export interface MissingTogether {
  readonly columns: readonly string[];
  /** Rows that lack the very same of these columns (places in `columns`), those of most rows first, at most 10. */
  readonly groups: readonly { readonly columns: readonly number[]; readonly nRows: number }[];
  /** Rows of rarer groups. */
  readonly nOther: number;
  /** Rows that lack none of these columns, and those that lack two or more. */
  readonly nComplete: number;
  readonly nSeveral: number;
}
