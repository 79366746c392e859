import type { ChartTable, Interval, Reference, Tip } from "../../../charts/chart-types.ts";
import type { ModelPanel, ModelRow } from "../../../charts/model-dot-plot.ts";
import type { Baseline, ModelReport, PredictReport, Spread } from "../../../workers/learn.jobs.ts";
import { deviceName, deviceReason } from "../../i18n/device-words.ts";
import { durationWords, formatList, formatNumber, formatPercent, formatPValue } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { isReference, learnerName, learnerNote } from "../../i18n/learner-words.ts";
import { formatMetric, knownMetrics, metricName, spreadWords } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { LEARNERS } from "../../state/settings.ts";
import {
  baseline,
  bestModel,
  commonestClass,
  evenChance,
  isAboutEven,
  isNumericTask,
  meanOf,
  plainGuess,
  shownMetrics,
  tellingRule,
} from "./predict-facts.ts";

const AXIS_TITLES = {
  accuracy: m.predict_axis_accuracy,
  logLoss: m.predict_axis_logLoss,
  r2: m.predict_axis_r2,
  rmse: m.predict_axis_rmse,
} as const;

/** The finding of the figure: who is ahead, and of what. */
export function modelsTitle(report: PredictReport, labels: Labels): string {
  const best = bestModel(report);
  const isNumeric = isNumericTask(report);
  const read = shownMetrics(report).read;
  const guess = plainGuess(report);
  const score = meanOf(best, read);
  if (!best || !(score > guess)) {
    return isNumeric ? m.predict_models_title_unbeaten_numeric() : m.predict_models_title_unbeaten();
  }
  const learner = learnerName(best.learner, isNumeric);
  if (report.signal.verdict === "none") return m.predict_models_title_noise({ learner });
  const rule = tellingRule(report);
  if (rule) return m.predict_models_title_rule({ column: formatList(rule.columns.map(labels.column)) });
  const figures = { learner, score: formatMetric(read, score), baseline: formatMetric(read, guess) };
  return isNumeric ? m.predict_models_title_best_numeric(figures) : m.predict_models_title_best(figures);
}

const BASELINE_NAMES: Readonly<Record<Baseline["name"], () => string>> = {
  majority: m.predict_baseline_majority,
  prior: m.predict_baseline_prior,
  mean: m.predict_baseline_mean,
  "best-rule": m.predict_baseline_best_rule,
};

function baselineNote(each: Baseline, report: PredictReport, labels: Labels): string {
  switch (each.name) {
    case "majority": {
      const value = commonestClass(report)?.value ?? "";
      return m.predict_baseline_majority_note({ value: labels.value(report.task.target, value) });
    }
    case "prior":
      return m.predict_baseline_prior_note();
    case "mean":
      return m.predict_baseline_mean_note();
    case "best-rule":
      return each.column === null
        ? m.predict_baseline_best_rule_none()
        : m.predict_baseline_best_rule_note({ column: labels.column(each.column) });
  }
}

function interval(spread: Spread | undefined): Interval | null {
  if (!spread || !Number.isFinite(spread.mean)) return null;
  const sd = Number.isFinite(spread.sd) ? spread.sd : 0;
  return { value: spread.mean, low: spread.mean - sd, high: spread.mean + sd };
}

/** Of one fold there is no deviation; the share of right answers has a standard error all the same. */
function oneFoldInterval(model: ModelReport, metric: string, nTested: number): Interval | null {
  const value = meanOf(model, metric);
  if (!Number.isFinite(value)) return null;
  const error = metric === "accuracy" ? Math.sqrt((value * (1 - value)) / Math.max(1, nTested)) : 0;
  return { value, low: value - error, high: value + error };
}

function modelScore(model: ModelReport, metric: string, nTested: number): Interval | null {
  // Votes of a few trees give whole classes no share at all, so their log loss means nothing.
  if (isReference(model.learner) && metric === "logLoss") return null;
  return model.nFolds > 1 ? interval(model.metrics[metric]) : oneFoldInterval(model, metric, nTested);
}

/** The plain shares stand in the row of the commonest answer, whose log loss they give; the table lists them apart. */
const isOwnRow = (each: Baseline): boolean => each.name !== "prior";

/** In the order of the settings, whatever order they were asked for in. */
const inOrder = (models: readonly ModelReport[]): ModelReport[] =>
  [...models].sort((a, b) => LEARNERS.indexOf(a.learner) - LEARNERS.indexOf(b.learner));

/** How large the folds' models became, where they tell. */
function factWords({ facts }: ModelReport): string {
  const { trees, rounds } = facts;
  if (trees) return m.predict_fact_trees({ count: formatNumber(trees.mean) });
  return rounds ? m.predict_fact_rounds({ count: formatNumber(rounds.mean) }) : "";
}

/** What needs no model first, then the models, the reference last. */
export function modelRows(report: PredictReport, labels: Labels): ModelRow[] {
  const shown = shownMetrics(report);
  const metrics = [shown.read, shown.judged];
  const nTested = report.nRows / report.nFolds;
  const prior = baseline(report, "prior");
  const guesses = report.baselines.filter(isOwnRow).map(
    (each): ModelRow => ({
      label: BASELINE_NAMES[each.name](),
      detail: baselineNote(each, report, labels),
      kind: "guess",
      scores: metrics.map((metric) => {
        const own = meanOf(each, metric);
        const value = each.name === "majority" && !Number.isFinite(own) ? meanOf(prior, metric) : own;
        return Number.isFinite(value) ? { value, low: value, high: value } : null;
      }),
      aside: [m.predict_baseline_device(), m.predict_baseline_why()],
    }),
  );
  const models = inOrder(report.models).map(
    (model): ModelRow => ({
      label: learnerName(model.learner, isNumericTask(report)),
      detail: factWords(model) || learnerNote(model.learner),
      kind: model.nFolds < report.nFolds ? "partial" : "model",
      scores: metrics.map((metric) => modelScore(model, metric, nTested)),
      aside: [deviceName(model.device), deviceReason(model.why)],
    }),
  );
  return [...guesses, ...models];
}

function readReferences(report: PredictReport): Reference[] {
  if (isNumericTask(report)) return [{ value: 0, label: m.predict_reference_mean({ value: "0" }), kind: "majority" }];
  const chance = evenChance(report);
  const guess = plainGuess(report);
  const commonest: Reference = {
    value: guess,
    label: m.predict_reference_majority({ share: formatPercent(guess) }),
    kind: "majority",
  };
  if (!isAboutEven(guess, chance)) return [commonest];
  return [{ value: chance, label: m.predict_reference_chance({ share: formatPercent(chance) }), kind: "chance" }, commonest];
}

function judgedReferences(report: PredictReport): Reference[] {
  const isNumeric = isNumericTask(report);
  const from = isNumeric ? baseline(report, "mean") : (baseline(report, "prior") ?? baseline(report, "majority"));
  const value = meanOf(from, shownMetrics(report).judged);
  if (!Number.isFinite(value)) return [];
  const label = isNumeric
    ? m.predict_reference_mean({ value: formatMetric("rmse", value) })
    : m.predict_reference_prior({ loss: formatNumber(value, 3) });
  return [{ value, label, kind: "majority" }];
}

export function modelPanels(report: PredictReport): ModelPanel[] {
  const { read, judged } = shownMetrics(report);
  return [
    {
      title: AXIS_TITLES[read](),
      format: (value) => (read === "accuracy" ? formatPercent(value) : formatNumber(value, 2)),
      formatTick: (value) => (read === "accuracy" ? formatPercent(value, 0) : formatNumber(value, 2)),
      references: readReferences(report),
    },
    {
      title: AXIS_TITLES[judged](),
      format: (value) => formatMetric(judged, value),
      formatTick: (value) => formatNumber(value, 1),
      references: judgedReferences(report),
    },
  ];
}

/** The figure behind a mark, with its deviation where there is one. */
export function modelTip(row: ModelRow, panel: ModelPanel, index: number, nFolds: number): Tip {
  const score = row.scores[index];
  const mark = row.kind === "guess" ? "guess" : row.kind === "partial" ? "real-open" : "real";
  if (!score) return { title: row.label, lines: [] };
  const mean = panel.format(score.value);
  const spread = m.predict_models_tip_spread({
    mean,
    sd: panel.format((score.high - score.low) / 2),
    count: formatNumber(nFolds),
  });
  const lines = {
    model: [spread],
    partial: [mean, m.predict_models_tip_one_fold()],
    guess: [mean, m.predict_models_tip_guess()],
  };
  return { mark, title: `${row.label}: ${panel.title}`, lines: lines[row.kind] };
}

/** Every metric of every model and guess: mean ± standard deviation over the folds. */
export function modelTable(report: PredictReport, labels: Labels): ChartTable {
  const isNumeric = isNumericTask(report);
  const metrics = knownMetrics([...report.models, ...report.baselines].flatMap((each) => Object.keys(each.metrics)));
  const cells = (from: { readonly metrics: ModelReport["metrics"] }) =>
    metrics.map((metric) => {
      const spread = from.metrics[metric];
      return spread && Number.isFinite(spread.mean) ? spreadWords(metric, spread) : "–";
    });
  const text = (label: string) => ({ label, isNumeric: false });
  const number = (label: string) => ({ label, isNumeric: true });
  return {
    columns: [
      text(m.predict_column_model()),
      ...metrics.map((metric) => number(metricName(metric))),
      number(m.predict_column_p()),
      number(m.predict_column_seconds()),
      text(m.predict_column_device()),
    ],
    rows: [
      ...report.baselines.map((each) => [
        `${BASELINE_NAMES[each.name]()} (${baselineNote(each, report, labels)})`,
        ...cells(each),
        "–",
        "–",
        m.predict_baseline_device(),
      ]),
      ...inOrder(report.models).map((model) => [
        learnerName(model.learner, isNumeric),
        ...cells(model),
        formatPValue(model.pValue).replace(/^= /, ""),
        durationWords(model.fitSeconds),
        [deviceName(model.device), deviceReason(model.why)].filter((words) => words !== "").join(": "),
      ]),
    ],
  };
}
