import type { ParamSet, ParamValues } from "../../core/params.ts";

/** The six steps, in their only order. */
export const STEPS = ["data", "structure", "segments", "predict", "synthesize", "verdict"] as const;
export type StepName = (typeof STEPS)[number];

export const LEARNERS = ["random-forest", "xgboost", "softmax", "neural", "ml-random-forest"] as const;

export const SEGMENT_METHODS = ["k-means", "k-prototypes", "gaussian-mixture", "rules", "rfm"] as const;

export const SETTABLE_TYPES = ["numeric", "categorical", "boolean", "date", "identifier", "text"] as const;

/** Columns of more labels than this keep them as they are. */
export const MAX_LABELS = 60;

/** How the map of the structure measures pairs of columns. */
export const ASSOCIATION_MEASURES = [
  "cramers-v",
  "by-kind",
  "pearson",
  "spearman",
  "correlation-ratio",
  "mutual-information",
] as const;

/** Colours a segment may wear; the category of its place where none is chosen. */
export const SEGMENT_COLORS = [
  "tier-diamond",
  "tier-gold",
  "tier-silver",
  "tier-bronze",
  "cat-1",
  "cat-2",
  "cat-3",
  "cat-4",
  "cat-5",
  "cat-6",
  "cat-7",
  "cat-8",
] as const;

/** Every setting that a result depends on, declared once: forms, links, the headless command's flags and their checks follow from it. */
export const SETTINGS = {
  target: { kind: "name", key: "t", default: "" },
  roles: { kind: "choice-by-name", key: "r", default: {}, options: ["feature", "identifier", "ignore"], maxItems: 60 },
  /** Types that the user gave columns, and how labels are written and ordered. */
  types: { kind: "choice-by-name", key: "ty", default: {}, options: SETTABLE_TYPES, maxItems: 60 },
  levels: { kind: "levels-by-name", key: "lv", default: {}, maxItems: 12, maxLabels: 200 },
  /** Rows of a sample that stands for a file that is too large for comfort; 0 for all rows. */
  sampleRows: { kind: "integer", key: "sr", default: 0, min: 0, max: 1000000 },
  /** Findings of the structure that the user looked at and kept as they are. */
  keptFindings: { kind: "names", key: "fk", default: [], maxItems: 40 },
  associationMeasure: { kind: "choice", key: "am", default: "cramers-v", options: ASSOCIATION_MEASURES },
  mergeSynonyms: { kind: "boolean", key: "m", default: false },
  seed: { kind: "integer", key: "s", default: 42, min: 0, max: 4294967295 },
  folds: { kind: "integer", key: "f", default: 5, min: 2, max: 10 },
  learners: { kind: "choices", key: "l", default: LEARNERS, options: LEARNERS },
  forestTrees: { kind: "integer", key: "ft", default: 300, min: 1, max: 2000 },
  boostingRounds: { kind: "integer", key: "br", default: 100, min: 1, max: 5000 },
  boostingDepth: { kind: "integer", key: "bd", default: 4, min: 1, max: 16 },
  classWeights: { kind: "choice", key: "cw", default: "none", options: ["none", "balanced"] },
  tune: { kind: "choice", key: "tu", default: "none", options: ["none", "random", "halving"] },
  segmentMethod: { kind: "choice", key: "gm", default: "k-means", options: SEGMENT_METHODS },
  segmentPreset: { kind: "choice", key: "gp", default: "none", options: ["none", "seed-tiers", "legal-cells"] },
  segmentColumns: { kind: "names", key: "gc", default: [], maxItems: 20 },
  segmentScale: { kind: "choice", key: "gs", default: "standard", options: ["standard", "none"] },
  segmentCovariance: { kind: "choice", key: "gv", default: "diagonal", options: ["diagonal", "full"] },
  segmentGamma: { kind: "integer", key: "gg", default: 0, min: 0, max: 10000 },
  segmentRules: { kind: "names", key: "gl", default: [], maxItems: 12 },
  segmentRecency: { kind: "name", key: "ga", default: "" },
  segmentFrequency: { kind: "name", key: "gf", default: "" },
  segmentMoney: { kind: "name", key: "gy", default: "" },
  segmentNames: { kind: "names", key: "gn", default: [], maxItems: 20 },
  segmentColors: { kind: "choice-by-name", key: "gh", default: {}, options: SEGMENT_COLORS, maxItems: 20 },
  segmentOrder: { kind: "names", key: "go", default: [], maxItems: 20 },
  /** What Predict makes of the segments: nothing, one more feature, or what is to be predicted. */
  segmentUse: { kind: "choice", key: "gu", default: "none", options: ["none", "feature", "target"] },
  k: { kind: "integer", key: "k", default: 0, min: 0, max: 12 },
  ganPreset: { kind: "choice", key: "np", default: "matched", options: ["matched", "adversarial", "matching"] },
  ganSteps: { kind: "integer", key: "ns", default: 1000, min: 10, max: 20000 },
  ganHidden: { kind: "integer", key: "nh", default: 256, min: 4, max: 1024 },
  ganBatch: { kind: "integer", key: "nb", default: 200, min: 10, max: 2000 },
  engine: { kind: "choice", key: "e", default: "auto", options: ["auto", "webgpu", "webgl", "wasm", "wasm-exact", "cpu"] },
  rows: { kind: "integer", key: "n", default: 0, min: 0, max: 200000 },
  conditions: { kind: "names", key: "c", default: [], maxItems: 5 },
  quick: { kind: "boolean", key: "q", default: false },
  skipLedger: { kind: "boolean", key: "x", default: false },
} as const satisfies ParamSet;

export type Settings = ParamValues<typeof SETTINGS>;

/** Rows that a trained generator makes into a file at most. */
export const MAX_SAMPLED_ROWS = 1_000_000;

/** Quick runs: fewer folds, steps and trees, so that everything ends within minutes on two cores. Figures are labelled quick. */
export const QUICK = { folds: 3, ganSteps: 200, forestTrees: 100, referenceRows: 1300 } as const;
