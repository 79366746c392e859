export type SegmentMethod = "k-means";
export type SegmentPreset = "none" | "seed-tiers" | "legal-cells";

export interface SegmentSettings {
  readonly method: SegmentMethod;
  readonly preset: SegmentPreset;
  /** Empty: chosen by rule (numeric feature columns). */
  readonly columns: readonly string[];
  readonly scale: "none" | "standard";
  /** 0: chosen by rule (see `chooseK`). */
  readonly k: number;
  readonly seed: number;
}

/** Bounds on one column, both inclusive; `low`/`high` are null where open, `values` is empty for numbers. */
export interface SegmentBounds {
  readonly column: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly values: readonly string[];
}

/** A segment's mean (or the share of one value) as a percentage of the whole table's, with a 95 % interval. */
export interface SegmentTrait {
  readonly column: string;
  /** For a categorical column: the value whose share is compared. */
  readonly value: string | null;
  readonly index: number;
  readonly low: number;
  readonly high: number;
}

/** Key of the suggested action, which the app turns into words; `none` where the table tells nothing to act on. */
export type SegmentAction = "loyalty" | "win-back" | "bundles" | "newsletter" | "smaller-discounts" | "onboarding" | "none";

export interface SegmentCard {
  /** A key of the tier preset (`diamond`, …), or `segment-1`, …; the app turns it into words. */
  readonly name: string;
  readonly size: number;
  readonly shareOfCustomers: number;
  /** Share of the money column's sum; absent where no money column is known. */
  readonly shareOfRevenue: number | null;
  readonly averageOrder: number | null;
  /** Bounds that describe the segment, e.g. Age at least 44; empty where no short description fits. */
  readonly rule: readonly SegmentBounds[];
  /** Share of the customers that the rule sorts as the segmentation does. */
  readonly ruleAccuracy: number;
  readonly traits: readonly SegmentTrait[];
  readonly action: SegmentAction;
}

export interface ChoiceOfK {
  readonly k: number;
  readonly inertia: number;
  readonly silhouette: number;
  /** Silhouettes of the same clustering on column-permuted data. */
  readonly nullSilhouettes: readonly number[];
}

export interface SegmentsReport {
  readonly method: SegmentMethod | "combinations";
  readonly preset: SegmentPreset;
  readonly columns: readonly string[];
  readonly scale: "none" | "standard";
  readonly k: number;
  readonly kChosenBy: "user" | "silhouette" | "elbow" | "preset";
  readonly elbow: number;
  readonly sizes: readonly number[];
  /** What the centres' columns hold: a column's name, or `column=value` for the share of a value. */
  readonly centreColumns: readonly string[];
  /** Centres in the columns' own units, (k × centreColumns). */
  readonly centres: readonly (readonly number[])[];
  readonly inertia: number;
  readonly silhouette: number;
  /** Mean over the shuffles of the chosen k. */
  readonly nullSilhouette: number;
  /** Rows that silhouettes were computed on: all, or a seeded sample of a large table. */
  readonly nSilhouetteRows: number;
  /** Natural only where the silhouette lies above every shuffled one by at least 0.02; else a useful cut. */
  readonly verdict: "natural" | "cut";
  readonly choices: readonly ChoiceOfK[];
  readonly segments: readonly SegmentCard[];
  /** Segment of each row. */
  readonly labels: Uint8Array;
  /**
   * Where each row is drawn: by the two columns in which the centres lie farthest apart, or by the first two principal
   * components. `xName`/`yName` is the column drawn, or the one that weighs most in the component. `explained` is the
   * share of the columns' variance that the segments explain, or of all variance that the component holds.
   */
  readonly map: SegmentMap;
}

export interface SegmentMap {
  readonly kind: "columns" | "principal-components";
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly xName: string;
  readonly yName: string;
  readonly explained: readonly [number, number];
  /** Unit steps of the drawn columns, for jitter; 0 where none is needed. */
  readonly xStep: number;
  readonly yStep: number;
}
