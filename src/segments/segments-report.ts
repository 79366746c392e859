export type SegmentMethod = "k-means";
export type SegmentPreset = "none" | "seed-tiers" | "legal-cells";

export interface SegmentSettings {
  readonly method: SegmentMethod;
  readonly preset: SegmentPreset;
  /** Empty: chosen by rule (numeric feature columns). */
  readonly columns: readonly string[];
  readonly scale: "none" | "standard";
  /** 0: chosen by the silhouette. */
  readonly k: number;
  readonly seed: number;
}

export interface SegmentCard {
  /** A key of the tier preset (`diamond`, …), or `segment-1`, …; the app turns it into words. */
  readonly name: string;
  readonly size: number;
  readonly shareOfCustomers: number;
  /** Share of the money column's sum; absent where no money column is known. */
  readonly shareOfRevenue: number | null;
  readonly averageOrder: number | null;
  /** Bounds that describe the segment, e.g. Age at least 44. `low`/`high` are null where open. */
  readonly rule: readonly {
    readonly column: string;
    readonly low: number | null;
    readonly high: number | null;
    readonly values: readonly string[];
  }[];
  /** Share of the customers that the rule sorts as the segmentation does. */
  readonly ruleAccuracy: number;
  /** Mean (or share of the commonest value) as a percentage of the whole table's, with a 95 % interval. */
  readonly traits: readonly {
    readonly column: string;
    /** For a categorical column: the value whose share is compared. */
    readonly value: string | null;
    readonly index: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Key of the suggested action, e.g. `loyal`, `win-back`. */
  readonly action: string;
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
  readonly kChosenBy: "user" | "silhouette" | "preset";
  readonly elbow: number;
  readonly sizes: readonly number[];
  /** Centres in the columns' own units, (k × nColumns). */
  readonly centres: readonly (readonly number[])[];
  readonly inertia: number;
  readonly silhouette: number;
  readonly nullSilhouette: number;
  /** Natural only where the silhouette lies above every shuffled one by at least 0.02; else a useful cut. */
  readonly verdict: "natural" | "cut";
  readonly choices: readonly ChoiceOfK[];
  readonly segments: readonly SegmentCard[];
  /** Segment of each row. */
  readonly labels: Uint8Array;
  /** Where each row is drawn: the two columns with the widest centres, or the first two principal components. */
  readonly map: {
    readonly kind: "columns" | "principal-components";
    readonly x: Float32Array;
    readonly y: Float32Array;
    readonly xName: string;
    readonly yName: string;
    readonly explained: readonly [number, number];
    /** Unit steps of the drawn columns, for jitter; 0 where none is needed. */
    readonly xStep: number;
    readonly yStep: number;
  };
}
