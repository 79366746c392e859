import ModelDotPlot from "../../charts/ModelDotPlot.svelte";
import type { ModelPanel, ModelRow } from "../../charts/model-dot-plot.ts";
import type { OtherTarget, PredictReport } from "../../workers/learn.jobs.ts";
import { chart, type FigureSpec, numberColumn, textColumn } from "../figures/figure-spec.ts";
import { formatNumber, formatPValue } from "../i18n/format.ts";
import type { Labels } from "../i18n/labels.ts";
import { formatMetric, metricName } from "../i18n/metric-words.ts";
import { m } from "../i18n/paraglide/messages.js";
import { relatedColumns } from "../screens/predict/answer-words.ts";
import { modelPanels, modelRows, modelsTitle, modelTable, modelTip } from "../screens/predict/model-figure.ts";
import { shownMetrics } from "../screens/predict/predict-facts.ts";
import { predictConclusion, predictFinding, predictLede } from "../screens/predict/predict-words.ts";
import { type Html, html } from "./html.ts";
import { type Draw, figure, list, section, strong, tableFigure } from "./report-parts.ts";
import type { ReportSource } from "./report-source.ts";

function modelsFigure(report: PredictReport, labels: Labels): FigureSpec {
  const panels = modelPanels(report);
  const title = modelsTitle(report, labels);
  return {
    title,
    note: m.predict_models_note({ count: formatNumber(report.nFolds) }),
    key: [
      { mark: "real", label: m.predict_models_key_real() },
      { mark: "guess", label: m.predict_models_key_guess() },
    ],
    source: m.predict_models_source({
      rows: formatNumber(report.nRows),
      perFold: formatNumber(report.nRows / report.nFolds),
      columns: formatNumber(report.task.features.length),
    }),
    fileName: "models",
    table: modelTable(report, labels),
    ...chart(ModelDotPlot, {
      label: title,
      rows: modelRows(report, labels),
      panels,
      asideTitle: m.predict_column_device(),
      absentText: m.predict_models_absent(),
      tip: (row: ModelRow, panel: ModelPanel) => modelTip(row, panel, panels.indexOf(panel), report.nFolds),
    }),
  };
}

function ruleSentences({ signal, task }: PredictReport, labels: Labels): string[] {
  const { rule, refit } = signal;
  const sentences: string[] = [];
  if (refit) {
    sentences.push(m.report_refit({ count: formatNumber(refit.nPermutations), value: formatPValue(refit.pValue) }));
  }
  if (rule) {
    const columns = rule.columns.map(labels.column).join(" + ");
    const score = formatMetric(shownMetrics({ task }).read, rule.score);
    sentences.push(
      rule.kind === "equal"
        ? m.report_rule_equal({ target: labels.column(signal.target), columns })
        : m.report_rule_majority({ columns, score }),
    );
    if (rule.isUnbeaten) sentences.push(m.report_rule_unbeaten());
  }
  return sentences;
}

const SIGNALS: Readonly<Record<OtherTarget["verdict"], () => string>> = {
  none: m.report_signal_none,
  weak: m.report_signal_weak,
  predictable: m.report_signal_predictable,
};

const otherTargets = (targets: readonly OtherTarget[], labels: Labels): Html =>
  tableFigure(m.report_other_targets(), {
    columns: [
      textColumn(m.report_column()),
      textColumn(m.report_signal()),
      numberColumn(m.report_score()),
      numberColumn(m.report_guess()),
    ],
    rows: targets.map(({ name, verdict, metric, score, chance }) => [
      labels.column(name),
      SIGNALS[verdict](),
      `${metricName(metric)} ${formatMetric(metric, score)}`,
      formatMetric(metric, chance),
    ]),
  });

/** The signal check, the models against what needs none, and what else could be asked. */
export function predictSection(source: ReportSource, draw: Draw): Html | null {
  const { predict: report, labels, structure } = source;
  if (!report) return null;
  const related = relatedColumns(structure, report.signal.target);
  const content = [
    html`<p>${strong(predictLede(report, labels))}</p>`,
    list(ruleSentences(report, labels)),
    figure(modelsFigure(report, labels), draw),
    (report.signal.otherTargets ?? []).length === 0 ? null : otherTargets(report.signal.otherTargets, labels),
    html`<p class="conclusion">${predictConclusion(report, labels, related)}</p>`,
  ];
  return section(m.report_predict(), predictFinding(report, labels), content, source.stale.includes("predict"));
}
