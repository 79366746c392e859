import type { Role } from "../table/table.ts";

/** Changes the user made to the table's reading. */
export interface TableSettings {
  readonly target: string;
  /** Roles that differ from the suggested ones, by column name; the others may be given too. */
  readonly roles: Readonly<Record<string, Role>>;
  readonly mergeSynonyms: boolean;
}

export interface Association {
  readonly a: string;
  readonly b: string;
  /** Bias-corrected Cramér's V with numbers in 10 equal-width bins (Bergsma 2013). */
  readonly measure: "cramers-v";
  readonly value: number;
}

/** The value of `from` tells the value of `to` in every row. */
export interface Dependency {
  readonly from: readonly string[];
  readonly to: string;
  readonly nFrom: number;
  readonly nTo: number;
}

/** Columns whose values occur together in fewer ways than chance would make. */
export interface Combination {
  readonly columns: readonly string[];
  /** Commonest first, at most 500; "" is a missing value. */
  readonly cells: readonly { readonly values: readonly string[]; readonly count: number }[];
  readonly nCells: number;
  /** Combinations of the columns' values that never occur. */
  readonly nAbsent: number;
}

/** Labels of one column that mean the same. */
export interface Synonyms {
  readonly column: string;
  /** Each group names one meaning, its commonest label first; counts stand in the same order as the labels. */
  readonly groups: readonly (readonly string[])[];
  readonly counts: readonly (readonly number[])[];
}

/** A value that the row's position gives away. */
export interface RowOrderLeak {
  readonly column: string;
  readonly value: string;
  /** Chance that a row with the value stands before (or, if it comes late, after) one without it; 0.5 means no order. */
  readonly auc: number;
  /** First and last row with the value, counted from 1. */
  readonly firstRow: number;
  readonly lastRow: number;
}

/** Rows that are nearly the same as others, see `findDuplicateGroups`. */
export interface NearDuplicates {
  /** Rows that share their group with others. */
  readonly nRows: number;
  /** Groups of more than one row. */
  readonly nGroups: number;
  /** Rows that equal an earlier one in every column compared. */
  readonly nExact: number;
}

export interface StructureReport {
  readonly identifiers: readonly string[];
  readonly constants: readonly string[];
  readonly identical: readonly (readonly [string, string])[];
  readonly dependencies: readonly Dependency[];
  readonly combinations: readonly Combination[];
  readonly synonyms: readonly Synonyms[];
  readonly rowOrder: readonly RowOrderLeak[];
  readonly nearDuplicates: NearDuplicates;
  /** Columns compared, linked ones first: the order in which a heat map reads best. */
  readonly columns: readonly string[];
  readonly associations: readonly Association[];
  /** Associations above 0.3. */
  readonly signalPairs: readonly Association[];
  /** The strongest association that is not a signal pair. */
  readonly largestOther: number;
}
