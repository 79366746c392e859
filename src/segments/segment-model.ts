import type { SegmentDefinition } from "./segment-definition.params.ts";

/** How one table column became matrix columns. */
export interface ModelColumn {
  readonly name: string;
  /** Numbers as they are, levels by number, or one indicator for each level. */
  readonly kind: "numeric" | "ordered" | "levels";
  /** Levels known when the segments were made; empty for numbers. */
  readonly levels: readonly string[];
  /** Number of each ordered level (NaN is never stored: unknown levels are left out of `levels`). */
  readonly codes: readonly number[];
  /** Stands for a missing value of a number. */
  readonly middle: number;
  /** point = (value − shift) / scale, one for each matrix column. */
  readonly shift: readonly number[];
  readonly scale: readonly number[];
}

/** Plain data with which rows of another table are given to the segments. */
export type SegmentModel =
  | {
      readonly kind: "centres";
      readonly columns: readonly ModelColumn[];
      readonly centres: readonly (readonly number[])[];
      /** 99 % of the rows that made the segments lie no farther from their centre. */
      readonly distance99: number;
    }
  | {
      readonly kind: "mixture";
      readonly columns: readonly ModelColumn[];
      readonly weights: readonly number[];
      readonly means: readonly (readonly number[])[];
      readonly covariance: "full" | "diagonal";
      /** Lower triangular L with L Lᵀ = covariance of each component, whole (d × d), row by row. */
      readonly factors: readonly (readonly number[])[];
    }
  | {
      readonly kind: "combinations";
      readonly columns: readonly string[];
      /** Values that make each segment, in the columns' order. */
      readonly cells: readonly (readonly string[])[];
    }
  | {
      readonly kind: "rules";
      readonly definitions: readonly SegmentDefinition[];
      /** Segment of each definition; the last entry is that of rows without a match, −1 where there were none. */
      readonly segments: readonly number[];
    }
  | {
      readonly kind: "rfm";
      readonly parts: readonly RfmPart[];
      /** Keys of RFM segments, in the order of the labels. */
      readonly names: readonly string[];
    };

/** One score: which column, and the upper bounds of scores 1 to 4 of its numbers, negated where few is best. */
export interface RfmPart {
  readonly part: "recency" | "frequency" | "money";
  readonly column: string;
  readonly sign: 1 | -1;
  readonly bounds: readonly number[];
  readonly levels: readonly string[];
  readonly codes: readonly number[];
}

/** Customers of another table in the segments of this one. */
export interface AssignedSegments {
  readonly nRows: number;
  /** Segment of each row; 255 where none fits. */
  readonly labels: Uint8Array;
  readonly sizes: readonly number[];
  readonly nUnassigned: number;
  /** Values that were not there when the segments were made, by column; at most 20 each. */
  readonly unknown: readonly { readonly column: string; readonly values: readonly string[]; readonly nRows: number }[];
  /** Cells without a value, in columns that the segments need. */
  readonly nMissing: number;
  /** Share of rows farther from their centre than 99 % of the rows that made the segments; null where distances mean nothing. */
  readonly shareFarAway: number | null;
}

/** Segments as a column of the table they were made from. */
export interface SegmentColumn {
  readonly name: string;
  /** Segment of each row. */
  readonly labels: Uint8Array;
  /** Word for each segment. */
  readonly names: readonly string[];
  /** Columns that made the segments. */
  readonly from: readonly string[];
}

/** A warning: the target is a segment, and these features made it. To predict one's own clusters proves nothing. */
export interface OwnClusters {
  readonly column: string;
  readonly from: readonly string[];
}
