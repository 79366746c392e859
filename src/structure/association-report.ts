/** How a pair of columns is measured. `by-kind` takes Pearson's r, Cramér's V or η, whichever fits the two kinds. */
export type AssociationMeasure = "by-kind" | PairMeasure;

/** A measure of one pair; `associationMeasures` says of which kinds of columns. */
export type PairMeasure = "cramers-v" | "pearson" | "spearman" | "correlation-ratio" | "mutual-information";

/** A pair with its p-value, as `testAssociations` gives it. */
export interface TestedAssociation {
  readonly a: string;
  readonly b: string;
  readonly measure: PairMeasure;
  /** In [−1, 1] for the two correlations, else in [0, 1]. */
  readonly value: number;
  /** Rows that the value is of: those that hold what the measure needs. */
  readonly nRows: number;
  readonly pValue: number;
  /** False discovery rate over all pairs of the report (Benjamini and Hochberg 1995). */
  readonly qValue: number;
}

export interface AssociationsReport {
  readonly measure: AssociationMeasure;
  /** Pairs that the measure is made for, in the columns' order. */
  readonly pairs: readonly TestedAssociation[];
  /** Rows of the table that values are of, and those that were permuted: all, or a sample. */
  readonly nRows: number;
  readonly nRowsPermuted: number;
  readonly nPermutations: number;
}
