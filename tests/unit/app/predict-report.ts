import type { Labels } from "../../../src/app/i18n/labels.ts";
import type { ModelReport, PredictReport, Spread } from "../../../src/workers/learn.jobs.ts";

export const plainLabels: Labels = { column: (name) => name, value: (_, value) => value };

export function spread(mean: number, sd = 0.01, nFolds = 5): Spread {
  return { mean, sd: nFolds > 1 ? sd : 0, folds: Array.from({ length: nFolds }, () => mean) };
}

export function model(learner: ModelReport["learner"], metrics: Record<string, number>, nFolds = 5): ModelReport {
  const spreads = Object.entries(metrics).map(([name, mean]) => [name, spread(mean, 0.01, nFolds)] as const);
  return {
    learner,
    device: "cpu",
    why: "trees-on-cpu",
    fitSeconds: 1,
    nFolds,
    metrics: Object.fromEntries(spreads),
    facts: {},
    confusion: [],
    curves: [],
    thresholds: null,
    scatter: null,
    tuning: null,
    pValue: 0.7,
  };
}

const SHARES = [584, 572, 563, 553, 547, 542, 539].map((count) => count / 3900);
const CLASSES = ["Every 3 Months", "Annually", "Quarterly", "Monthly", "Bi-Weekly", "Fortnightly", "Weekly"];

/** The shopping table's own case: seven about even answers that nothing predicts. */
export const noSignal: PredictReport = {
  task: { kind: "classification", target: "Frequency", features: ["Age", "Gender"], classes: CLASSES },
  nRows: 3900,
  nFolds: 5,
  seed: 42,
  models: [
    model("random-forest", { accuracy: 0.135, logLoss: 2.02 }),
    model("xgboost", { accuracy: 0.139, logLoss: 2.44 }),
    model("ml-random-forest", { accuracy: 0.16, logLoss: 9 }, 1),
  ],
  baselines: [
    { name: "majority", column: null, metrics: { accuracy: spread(0.1497) } },
    { name: "prior", column: null, metrics: { logLoss: spread(1.9455) } },
    { name: "best-rule", column: "Color", metrics: { accuracy: spread(0.146), logLoss: spread(1.96) } },
  ],
  signal: {
    target: "Frequency",
    verdict: "none",
    pValue: 0.7,
    nPermutations: 1999,
    score: 0.135,
    chance: 0.1497,
    learner: "random-forest",
    columns: [],
    refit: null,
    rule: null,
    otherTargets: [],
  },
  classShares: CLASSES.map((value, i) => ({ value, share: SHARES[i] ?? 0 })),
};

const TWO = { kind: "classification", target: "Subscribed", features: ["Age", "Discount"], classes: ["Yes", "No"] } as const;

/** One column explains the target as well as any model does. */
export const ruleSignal: PredictReport = {
  ...noSignal,
  task: TWO,
  models: [model("random-forest", { accuracy: 0.838, logLoss: 0.3 }), model("xgboost", { accuracy: 0.829, logLoss: 0.31 })],
  baselines: [
    { name: "majority", column: null, metrics: { accuracy: spread(0.73) } },
    { name: "prior", column: null, metrics: { logLoss: spread(0.583) } },
    { name: "best-rule", column: "Discount", metrics: { accuracy: spread(0.84), logLoss: spread(0.29) } },
  ],
  signal: { ...noSignal.signal, target: "Subscribed", verdict: "predictable", pValue: 0.0005, score: 0.838, chance: 0.73 },
  classShares: [
    { value: "No", share: 0.73 },
    { value: "Yes", share: 0.27 },
  ],
};

/** Models know clearly more than any single column. */
export const modelSignal: PredictReport = {
  ...ruleSignal,
  baselines: ruleSignal.baselines.map((each) =>
    each.name === "best-rule" ? { ...each, metrics: { accuracy: spread(0.75), logLoss: spread(0.5) } } : each,
  ),
};

export const numericNone: PredictReport = {
  ...noSignal,
  task: { kind: "regression", target: "Age", features: ["Gender"] },
  models: [model("softmax", { r2: -0.012, rmse: 15.3 })],
  baselines: [{ name: "mean", column: null, metrics: { r2: spread(-0.0008), rmse: spread(15.21) } }],
  signal: { ...noSignal.signal, target: "Age", score: -0.012, chance: -0.0008, learner: "softmax" },
  classShares: [],
};
