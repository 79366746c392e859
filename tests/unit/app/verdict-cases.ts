import type {
  AuditArm,
  AuditFigures,
  AuditReport,
  LeakReplay,
  LedgerEntry,
  LedgerReport,
  PrivacyFigures,
} from "../../../src/workers/learn.jobs.ts";
import { noSignal, spread } from "./predict-report.ts";

type Measures = readonly [shapes: number, pairs: number, signal: number, apart: number, broken: number, utility: number | null];

const COLUMNS = ["Age", "Item", "Category", "Gender", "Discount"];

function figuresOf([columnShapes, pairTrends, pairTrendsSignal, twoSampleAuc, brokenRows, utility]: Measures): AuditFigures {
  return {
    columnShapes,
    pairTrends,
    pairTrendsSignal,
    twoSampleAuc,
    brokenRows,
    trainSyntheticTestReal: utility,
    columns: COLUMNS.map((name, i) => ({
      name,
      shape: columnShapes - 0.01 * i,
      counts:
        i === 0
          ? { labels: [], edges: [18, 31, 44, 57, 70], real: [480, 500, 490, 480], made: [300, 640, 610, 400] }
          : { labels: ["Clothing", "Footwear", "Hat"], edges: [], real: [1200, 745, 5], made: [1100, 850, 0] },
    })),
    pairs: COLUMNS.flatMap((a, i) =>
      COLUMNS.slice(i + 1).map((b, j) => ({
        a,
        b,
        isSignal: a === "Item" && b === "Category",
        similarity: (a === "Item" && b === "Category" ? pairTrendsSignal : pairTrends) - 0.002 * j,
      })),
    ),
  };
}

/** Deterministic, about as real distances lie. */
const distances = (n: number, middle: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => middle * (0.4 + 1.2 * (((i * 37) % n) / n)));

export function privacy(more: Partial<PrivacyFigures> = {}): PrivacyFigures {
  return {
    copyShare: 0,
    copyShareFresh: 0,
    nearerToTraining: { value: 0.516, low: 0.501, high: 0.532 },
    neighbourRatio: 0.93,
    neighbourRatioFresh: 0.94,
    membership: { value: 0.512, low: 0.489, high: 0.534 },
    distances: distances(400, 0.322),
    distancesFresh: distances(400, 0.325),
    attributes: [
      { column: "Category", fromMade: 0.42, fromFresh: 0.43, commonest: 0.445 },
      { column: "Gender", fromMade: 0.72, fromFresh: 0.71, commonest: 0.68 },
    ],
    nRows: 1950,
    ...more,
  };
}

const arm = (name: AuditArm["name"], measures: Measures, given: PrivacyFigures | null = null): AuditArm => ({
  name,
  figures: figuresOf(measures),
  privacy: given,
});

function audit(gan: Measures, step0: Measures, more: Partial<AuditReport> = {}): AuditReport {
  return {
    nA: 1950,
    nB: 1950,
    nSignalPairs: 1,
    utilityMetric: "auc",
    utilityLearner: "xgboost",
    isQuick: false,
    arms: [
      arm("gan", gan, privacy()),
      arm("ganStep0", step0),
      arm(
        "sequentialTrees",
        [0.964, 0.899, 0.971, 0.52, 0, 0.5],
        privacy({ nearerToTraining: { value: 0.52, low: 0.5, high: 0.54 } }),
      ),
      arm("blocks", [0.963, 0.899, 0.961, 0.53, 0, 0.49], privacy()),
      arm("floor", [0.964, 0.884, 0.648, 0.913, 0.88, 0.5]),
      arm("ceiling", [0.969, 0.904, 0.975, 0.52, 0, 0.51]),
      arm(
        "copier",
        [0.962, 0.883, 0.97, 0.74, 0, 0.5],
        privacy({ nearerToTraining: { value: 0.98, low: 0.97, high: 0.99 }, copyShare: 1 }),
      ),
    ],
    ...more,
  };
}

/** The shopping table: the rules do the work, an untrained generator behind them scores as well. */
export const untrainedAudit = audit([0.961, 0.897, 0.958, 0.56, 0, 0.5], [0.963, 0.899, 0.961, 0.55, 0, 0.5]);

/** A generator that lags behind simple samplers. */
export const laggingAudit = audit([0.855, 0.777, 0.762, 0.985, 0.73, 0.5], [0.7, 0.7, 0.65, 0.999, 0.9, 0.5]);

/** The generator has learnt what an untrained one does not know. */
export const learntAudit = audit([0.95, 0.896, 0.96, 0.6, 0, 0.5], [0.7, 0.7, 0.65, 0.999, 0.9, 0.5]);

/** The audit with each part of the recipe trained alone. */
export const withParts = (of: AuditReport, matching: Measures, adversary: Measures): AuditReport => ({
  ...of,
  arms: [...of.arms, arm("ganMatching", matching), arm("ganAdversarial", adversary)],
});

/** Nothing hangs together, so that shuffled columns pass for real. */
export const noRoomAudit = audit([0.961, 0.897, Number.NaN, 0.51, 0, null], [0.961, 0.897, Number.NaN, 0.51, 0, null], {
  nSignalPairs: 0,
  arms: [
    arm("gan", [0.961, 0.897, Number.NaN, 0.51, 0, null], privacy()),
    arm("floor", [0.964, 0.899, Number.NaN, 0.51, 0, null]),
    arm("ceiling", [0.969, 0.904, Number.NaN, 0.5, 0, null]),
  ],
});

export const replays: readonly LeakReplay[] = (
  [
    ["duplicates-before-split", 0.991, 0.997, 0.972],
    ["notebook-recipe", 0.761, 0.802, 0.136],
    ["our-gan-before-split", 0.152, 0.161, 0.14],
  ] as const
).map(([mistake, reported, onSynthetic, onReal]) => ({
  mistake,
  learner: "random-forest",
  metric: "accuracy",
  reported,
  onSynthetic,
  onReal,
  honest: 0.135,
  guess: 0.1497,
  nTestReal: 780,
  nTestSynthetic: 1560,
}));

function entry(sampler: LedgerEntry["sampler"], mode: LedgerEntry["mode"], multiple: number, mean: number): LedgerEntry {
  const isBase = mode === "real-only";
  const interval = isBase ? null : { mean, low: mean - 0.018, high: mean + 0.018 };
  return {
    sampler,
    mode,
    multiple,
    learner: "random-forest",
    metric: "logLoss",
    primary: sampler === "gan" && mode === "augment" && multiple === 1,
    real: spread(2.02 - mean),
    mixed: spread(2.0),
    synthetic: spread(1.98),
    shown: { metric: "accuracy", real: spread(0.135 + mean / 2), mixed: spread(0.15), synthetic: spread(0.17, 0.02) },
    gain: interval,
    shownGain: interval,
    verdict: isBase ? null : "none",
    isOnlyTamed: false,
    minimumDetectable: isBase ? null : 0.021,
  };
}

/** Every sampler and mode that a full run compares, in no particular order. */
export const fullLedger: LedgerReport = {
  task: noSignal.task,
  nFolds: 5,
  nRepeats: 3,
  leftOut: [],
  nRows: 3900,
  baselines: noSignal.baselines,
  verdict: "none",
  entries: [
    entry("shuffler", "augment", 1, -0.004),
    entry("blocks", "augment", 1, -0.002),
    entry("gan", "synthetic-only", 1, 0.011),
    entry("sequential-trees", "augment", 1, 0.001),
    entry("gan", "balanced", 1, -0.001),
    entry("gan", "augment", 3, -0.002),
    entry("gan", "real-only", 0, 0),
    entry("gan", "augment", 1, -0.003),
    entry("sequential-trees", "synthetic-only", 1, -0.006),
  ],
};
