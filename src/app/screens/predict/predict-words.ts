import type { PredictReport } from "../../../workers/learn.jobs.ts";
import { formatList, formatNumber, formatPercent, formatPValue } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { isReference, learnerName } from "../../i18n/learner-words.ts";
import { formatMetric } from "../../i18n/metric-words.ts";
import { m } from "../../i18n/paraglide/messages.js";
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
import { instead } from "./target-words.ts";

function numericFinding(report: PredictReport, target: string): string {
  const figures = { target, score: formatNumber(report.signal.score, 2), chance: formatNumber(plainGuess(report), 2) };
  if (report.signal.verdict === "none") return m.predict_finding_none_numeric(figures);
  return report.signal.verdict === "weak" ? m.predict_finding_weak_numeric(figures) : m.predict_finding_signal_numeric(figures);
}

/** Can the target be predicted? The score and what it has to beat stand in the same sentence. */
export function predictFinding(report: PredictReport, labels: Labels): string {
  const target = labels.column(report.signal.target);
  if (isNumericTask(report)) return numericFinding(report, target);
  const { verdict, score } = report.signal;
  const guess = plainGuess(report);
  const figures = { target, score: formatPercent(score), chance: formatPercent(guess) };
  if (verdict === "none") {
    const chance = evenChance(report);
    return isAboutEven(guess, chance)
      ? m.predict_finding_none({ ...figures, chance: formatPercent(chance) })
      : m.predict_finding_none_majority(figures);
  }
  const rule = tellingRule(report);
  if (rule) {
    const words = { target, rule: formatPercent(rule.score), score: formatPercent(score) };
    const names = formatList(rule.columns.map(labels.column));
    return rule.columns.length > 1
      ? m.predict_finding_rule_several({ ...words, columns: names })
      : m.predict_finding_rule({ ...words, column: names });
  }
  if (score <= guess) return m.predict_finding_shares(figures);
  return verdict === "weak" ? m.predict_finding_weak(figures) : m.predict_finding_signal(figures);
}

function guessSentence(report: PredictReport, labels: Labels): string {
  const best = bestModel(report);
  const shown = shownMetrics(report);
  if (!best) return "";
  const learner = learnerName(best.learner, isNumericTask(report));
  const folds = formatNumber(best.nFolds);
  if (isNumericTask(report)) {
    return m.predict_lede_best_numeric({
      learner,
      folds,
      score: formatMetric("rmse", meanOf(best, "rmse")),
      sd: formatMetric("rmse", best.metrics.rmse?.sd ?? Number.NaN, meanOf(best, "rmse")),
      baseline: formatMetric("rmse", meanOf(baseline(report, "mean"), "rmse")),
    });
  }
  const commonest = commonestClass(report);
  const value = commonest ? labels.value(report.task.target, commonest.value) : "";
  const share = formatPercent(plainGuess(report));
  const isBeaten = report.models.some((model) => !isReference(model.learner) && meanOf(model, shown.read) > plainGuess(report));
  if (!isBeaten) return m.predict_lede_unbeaten({ value, share });
  const spread = best.metrics[shown.read];
  return m.predict_lede_best({
    value,
    share,
    learner,
    folds,
    score: formatPercent(spread?.mean ?? Number.NaN),
    sd: formatPercent(spread?.sd ?? Number.NaN),
  });
}

function lossSentence(report: PredictReport): string {
  if (isNumericTask(report)) return "";
  const prior = meanOf(baseline(report, "prior") ?? baseline(report, "majority"), "logLoss");
  const own = report.models.filter((model) => !isReference(model.learner));
  const loss = meanOf(bestModel(report), "logLoss");
  if (!Number.isFinite(prior) || !Number.isFinite(loss)) return "";
  const words = { prior: formatMetric("logLoss", prior), loss: formatMetric("logLoss", loss) };
  if (own.every((model) => !(meanOf(model, "logLoss") < prior))) return m.predict_lede_loss_all_worse(words);
  return loss < prior ? m.predict_lede_loss_better(words) : m.predict_lede_loss_same(words);
}

/** Fewer refits than this cannot give a p-value below 0.05. */
const FEW_REFITS = 20;

/** What refitting on shuffled answers says beside the verdict. */
function refitSentence({ signal }: PredictReport): string {
  if (!signal.refit) return "";
  const { pValue, nPermutations } = signal.refit;
  const words = { count: formatNumber(nPermutations), p: formatPValue(pValue) };
  if (nPermutations < FEW_REFITS) return m.predict_lede_refit_few(words);
  const isConfirmed = pValue < 0.05 === (signal.verdict !== "none");
  return isConfirmed ? m.predict_lede_refit(words) : m.predict_lede_refit_differs(words);
}

/** The numbers that carry the finding; `**` marks those to be read first. */
export function predictLede(report: PredictReport, labels: Labels): string {
  const p = formatPValue(report.signal.pValue);
  const isNone = report.signal.verdict === "none";
  return [
    guessSentence(report, labels),
    isNone ? m.predict_lede_p_none({ p }) : m.predict_lede_p_signal({ p, count: formatNumber(report.signal.nPermutations) }),
    refitSentence(report),
    report.signal.verdict === "weak" && !isNumericTask(report) ? m.predict_lede_weak({ share: formatPercent(0.05, 0) }) : "",
    lossSentence(report),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** What to do with that: one or two sentences. `related` names columns that hang together in this table. */
export function predictConclusion(report: PredictReport, labels: Labels, related: readonly string[]): string {
  const isNumeric = isNumericTask(report);
  const target = labels.column(report.signal.target);
  const best = bestModel(report);
  const learner = best ? learnerName(best.learner, isNumeric) : "";
  if (report.signal.verdict === "none") {
    const count = formatNumber(report.models.length);
    const plain = isNumeric ? m.predict_conclusion_none_numeric({ count, target }) : m.predict_conclusion_none({ count, target });
    const targets = instead(report, labels);
    if (targets !== "") return `${plain} ${m.predict_conclusion_targets({ targets })}`;
    if (related.length === 0) return plain;
    return `${plain} ${m.predict_conclusion_instead({ columns: related.map((name) => labels.column(name)).join(", ") })}`;
  }
  const rule = tellingRule(report);
  if (rule) return m.predict_conclusion_rule({ target, column: formatList(rule.columns.map(labels.column)) });
  const isWeak = report.signal.verdict === "weak";
  if (isNumeric) {
    if (isWeak) return m.predict_conclusion_weak_numeric({ target, learner, score: formatPercent(report.signal.score) });
    return m.predict_conclusion_signal_numeric({
      target,
      learner,
      score: formatMetric("rmse", meanOf(best, "rmse")),
      baseline: formatMetric("rmse", meanOf(baseline(report, "mean"), "rmse")),
    });
  }
  const figures = { target, learner, score: formatPercent(report.signal.score), baseline: formatPercent(plainGuess(report)) };
  return isWeak ? m.predict_conclusion_weak(figures) : m.predict_conclusion_signal(figures);
}
