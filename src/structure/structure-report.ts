import type { Role } from "../table/table.ts";
import type { DerivedNumeric } from "./derived-numeric.ts";

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

/** The values of `from` together tell the value of `to` in every row. */
export interface Dependency {
  readonly from: readonly string[];
  readonly to: string;
  readonly nFrom: number;
  readonly nTo: number;
}

/** A row that breaks a rule: row counted from 1, what stands there, and what the rule would have. */
export interface RuleException {
  readonly row: number;
  readonly value: string;
  readonly expected: string;
}

/** The value of `from` tells the value of `to` in nearly every row. */
export interface NearDependency extends Dependency {
  readonly nExceptions: number;
  /** The first 20 of them. */
  readonly exceptions: readonly RuleException[];
}

/** Two columns that tell each other in every row without being equal. */
export interface RecodedPair {
  readonly a: string;
  readonly b: string;
  /** The same two values turned round, or numbers that fall as the others rise. */
  readonly isInverse: boolean;
  /** Values that belong together, the commonest first, at most 6. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** A feature that by itself knows the target better than a column of customer data plausibly would. */
export interface TargetLeak {
  readonly column: string;
  /** Share of the target's Brier score or variance that the column takes away in rows it was not fitted on; 1 is all. */
  readonly score: number;
  /** Share of rows it gets right, and always guessing the commonest; null for a numeric target. */
  readonly accuracy: number | null;
  readonly chance: number | null;
  /** Numbers between 0 and 1 of many values, as a model gives them. */
  readonly isLikeProbability: boolean;
}

/** A column of places, and how evenly the rows lie over those that occur. */
export interface PlaceColumn {
  readonly column: string;
  readonly kind: "us-states" | "other";
  /** Commonest first; of US states alone where the column holds those. `state` is its two letters. */
  readonly places: readonly { readonly value: string; readonly count: number; readonly state: string | null }[];
  /** Rows in no US state, where the column holds states. */
  readonly nElsewhere: number;
  /** Rows of each place if all had equally many. */
  readonly expected: number;
  /** χ² test of equally many rows in each. */
  readonly pValue: number;
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
  readonly nearDependencies: readonly NearDependency[];
  readonly recoded: readonly RecodedPair[];
  readonly derived: readonly DerivedNumeric[];
  readonly targetLeaks: readonly TargetLeak[];
  readonly places: readonly PlaceColumn[];
  /** Columns that could have been compared but for their number. */
  readonly nColumnsLeft: number;
  /** Rows that associations are of: all, or a sample. */
  readonly nRowsCompared: number;
  /** Columns compared, linked ones first: the order in which a heat map reads best. */
  readonly columns: readonly string[];
  readonly associations: readonly Association[];
  /** Associations above 0.3. */
  readonly signalPairs: readonly Association[];
  /** The strongest association that is not a signal pair. */
  readonly largestOther: number;
}
