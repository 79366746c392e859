import type { SegmentDefinition } from "./segment-definition.params.ts";
import type { SegmentModel } from "./segment-model.ts";

/** Clusterings of mixed data, the user's own rules, and quintile scores of recency, frequency and money. */
export type SegmentMethod = "k-means" | "k-prototypes" | "gaussian-mixture" | "rules" | "rfm";
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
  /** Gaussian mixture: one full covariance matrix per segment, or variances alone. Default `diagonal`. */
  readonly covariance?: "full" | "diagonal";
  /** k-prototypes: weight of one mismatch, in hundredths of the squared unit of the scaled numbers. 0: Huang's rule. */
  readonly gammaPercent?: number;
  /** Method `rules`: first match wins, rows without a match are the segment `others`. */
  readonly definitions?: readonly SegmentDefinition[];
  /** Method `rfm`: names of columns, "" where recognised by name or absent. */
  readonly rfm?: { readonly recency: string; readonly frequency: string; readonly money: string };
  /** Fewer shuffles and bootstraps; the report states how many. Default false. */
  readonly quick?: boolean;
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
  /**
   * A key of the tier preset (`diamond`, …), of an RFM segment (see `RFM_SEGMENTS`), `segment-1`, …, or `others`, which the
   * app turns into words; with `isOwnName` the user's own words.
   */
  readonly name: string;
  readonly isOwnName?: boolean;
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
  /** Inertias, gaps and BICs of the same shuffles. */
  readonly nullInertias: readonly number[];
  /**
   * Gap statistic (Tibshirani, Walther and Hastie 2001): mean log inertia of uniform points in the columns' ranges minus
   * log inertia of the table. Null where the inertia is 0. `gapError` is its standard error s_k.
   */
  readonly gap: number | null;
  readonly gapError: number | null;
  readonly nullGaps: readonly number[];
  /**
   * Bayesian information criterion, smaller is better: of the mixture, or of spherical groups of one variance for the
   * other methods (Pelleg and Moore 2000). Null where a variance vanishes.
   */
  readonly bic: number | null;
  readonly nullBics: readonly number[];
}

/** Which k each criterion would take, 1 meaning "not at all"; null where a criterion cannot say. */
export interface SuggestedK {
  readonly elbow: number | null;
  /** Highest silhouette. */
  readonly silhouette: number | null;
  /** Smallest k whose gap reaches the next gap less its error. */
  readonly gap: number | null;
  /** Smallest BIC. */
  readonly bic: number | null;
}

/** Everything the verdict follows from, for words. */
export interface VerdictFacts {
  readonly silhouette: number;
  /** Of the shuffled silhouettes of the k used. */
  readonly nullMean: number;
  readonly nullDeviation: number;
  readonly nShuffles: number;
  /** 99 % prediction limit of a normal fitted to the shuffled silhouettes (Student t with nShuffles − 1 degrees of freedom). */
  readonly null99: number;
  /** What the silhouette must have beyond `null99`. */
  readonly margin: number;
  readonly isSeparated: boolean;
  /** Mean of the segments' Jaccard similarities, and the smallest of them. */
  readonly meanJaccard: number;
  readonly smallestJaccard: number;
  /** What each segment's Jaccard similarity must reach. */
  readonly requiredJaccard: number;
  readonly isStable: boolean;
  /** One column alone has no links to shuffle away, so nothing can be said of it. */
  readonly isSingleColumn: boolean;
}

/** How well each segment is found again (Hennig 2007). */
export interface Stability {
  /** Mean over bootstraps of the Jaccard similarity to the most similar cluster, by segment. */
  readonly jaccard: readonly number[];
  /** Lowest and highest decile over the bootstraps, by segment. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly nBootstraps: number;
  /** Rows drawn for each bootstrap: all, or as many of a seeded sample. */
  readonly nRows: number;
}

/** A leaf of the tree that explains the segments: rows within the bounds are mostly of one segment. */
export interface TreeLeaf {
  readonly bounds: readonly SegmentBounds[];
  readonly segment: number;
  readonly size: number;
  /** Share of its rows that are of that segment. */
  readonly purity: number;
}

/** A tree of depth ≤ 3 on the segments' columns. Accuracies are those of rows it was not grown on. */
export interface SegmentTree {
  readonly leaves: readonly TreeLeaf[];
  readonly depth: number;
  readonly accuracy: number;
  /** Accuracy of always naming the largest segment, on the same rows. */
  readonly baseline: number;
  readonly nTrainRows: number;
  readonly nTestRows: number;
}

/** Sizes of samples that stand in for the whole table where it is large; equal to its number of rows elsewhere. */
export interface SampleSizes {
  readonly curve: number;
  readonly silhouette: number;
  readonly bootstrap: number;
  readonly rules: number;
}

/** How the rows were scored, with method `rfm`. */
export interface RfmReport {
  /** Null: no such column, the score is left out. */
  readonly recency: string | null;
  readonly frequency: string;
  readonly money: string;
  /** Scores 1 to 5 and how many rows have them; `recency` is 0 where there is no such column. */
  readonly cells: readonly {
    readonly recency: number;
    readonly frequency: number;
    readonly money: number;
    readonly count: number;
  }[];
}

export interface SegmentsReport {
  readonly method: SegmentMethod | "combinations";
  readonly preset: SegmentPreset;
  readonly columns: readonly string[];
  readonly scale: "none" | "standard";
  readonly k: number;
  /** `rules`: as many as the rules or scores make. */
  readonly kChosenBy: "user" | "silhouette" | "elbow" | "bic" | "preset" | "rules";
  readonly elbow: number;
  readonly suggested: SuggestedK;
  /** Gap and BIC of one group, the whole table. */
  readonly single: { readonly inertia: number; readonly gap: number | null; readonly bic: number | null };
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
  /** Natural only where the segments separate better than shuffled columns do and are found again; else a useful cut. */
  readonly verdict: "natural" | "cut";
  readonly facts: VerdictFacts;
  readonly stability: Stability;
  readonly tree: SegmentTree;
  readonly samples: SampleSizes;
  /** Lloyd's algorithm on all rows, or mini-batches (Sculley 2010) on a large table. Null for other methods. */
  readonly algorithm: "lloyd" | "mini-batch" | null;
  /** Weight of a mismatch that k-prototypes used, else null. */
  readonly gamma: number | null;
  /** Mixture: mean log-likelihood per row and covariance used, else null. */
  readonly mixture: { readonly covariance: "full" | "diagonal"; readonly logLikelihood: number } | null;
  readonly rfm: RfmReport | null;
  /** What assigns new rows to these segments; plain data. */
  readonly model: SegmentModel;
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

/**
 * `mixed-components`: factor analysis of mixed data (Pagès 2004), where categories take part. `umap`: McInnes, Healy and
 * Melville 2018; names and shares are empty, neighbourhoods mean something and distances do not.
 */
export interface SegmentMap {
  readonly kind: "columns" | "principal-components" | "mixed-components" | "umap";
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly xName: string;
  readonly yName: string;
  readonly explained: readonly [number, number];
  /** Unit steps of the drawn columns, for jitter; 0 where none is needed. */
  readonly xStep: number;
  readonly yStep: number;
  /** Rows drawn, ascending: x[i] belongs to rows[i]. Absent: every row in order. */
  readonly rows?: Int32Array;
}
