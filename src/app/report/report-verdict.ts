import { engineFinding } from "../i18n/engine-words.ts";
import { durationWords, formatNumber } from "../i18n/format.ts";
import { metricInSentence } from "../i18n/metric-words.ts";
import { m } from "../i18n/paraglide/messages.js";
import { relatedColumns } from "../screens/predict/answer-words.ts";
import { stoppedWords, synthesizeConclusion, synthesizeFinding, synthesizeLede } from "../screens/synthesize/synthesize-words.ts";
import { auditConclusion, auditFinding, auditLede, step0Words } from "../screens/verdict/audit-words.ts";
import { columnRows, columnsHead, columnsTitle, pairRows, pairsHead, pairsTitle } from "../screens/verdict/column-figure.ts";
import { fidelityFigure } from "../screens/verdict/fidelity-figure.ts";
import { ledgerFigure } from "../screens/verdict/ledger-figure.ts";
import { privacyOf } from "../screens/verdict/privacy-facts.ts";
import {
  attributesTable,
  attributesTitle,
  checksTable,
  checksTitle,
  distanceFigure,
  nearerFigure,
} from "../screens/verdict/privacy-figure.ts";
import { recipeWords } from "../screens/verdict/recipe-words.ts";
import { replayFigure } from "../screens/verdict/replay-figure.ts";
import { ledgerLearners } from "../screens/verdict/verdict-facts.ts";
import { isNumericLedger, verdictConclusion, verdictFinding, verdictLede } from "../screens/verdict/verdict-words.ts";
import { type Html, html } from "./html.ts";
import { type Draw, figure, section, strong, tableFigure } from "./report-parts.ts";
import type { ReportSource } from "./report-source.ts";

const MOST_PAIRS = 12;

/** What the verdict says, in its headline and in one sentence; null where nothing was judged. */
export function verdictWordsOf(source: ReportSource): { finding: string; lede: string; conclusion: string } | null {
  const { verdict, predict, labels, structure } = source;
  if (verdict?.ledger) {
    const signal = predict?.signal ?? null;
    const related = relatedColumns(structure, verdict.ledger.task.target);
    return {
      finding: verdictFinding(verdict.ledger, signal, labels),
      lede: verdictLede(verdict.ledger),
      conclusion: verdictConclusion(verdict.ledger, signal, labels, related),
    };
  }
  if (!verdict?.audit) return null;
  const { audit } = verdict;
  return { finding: auditFinding(audit), lede: auditLede(audit), conclusion: auditConclusion(audit) };
}

/** Where the generated rows came from: engine and why, steps, time. */
export function synthesizeSection(source: ReportSource): Html | null {
  if (!source.synthesize) return null;
  const { report, nRows } = source.synthesize;
  const facts = m.report_synthesize_facts({
    rows: formatNumber(nRows),
    steps: formatNumber(report.steps),
    duration: durationWords(report.seconds),
    copies: formatNumber(report.nCopies),
  });
  const content = [
    html`<p>${strong(synthesizeLede(report))}</p>`,
    html`<p>${facts} ${engineFinding(report.engine)}. ${stoppedWords(report)}</p>`,
    html`<p class="conclusion">${synthesizeConclusion(report)}</p>`,
  ];
  return section(m.report_synthesize(), synthesizeFinding(report), content, source.stale.includes("synthesize"));
}

/** The comparison with and without generated rows. */
function ledgerPart({ verdict }: ReportSource, draw: Draw): (Html | null)[] {
  const ledger = verdict?.ledger;
  if (!ledger) return [];
  const isNumeric = isNumericLedger(ledger);
  return [
    ...ledgerLearners(ledger).map((learner) => figure(ledgerFigure(ledger, learner), draw)),
    html`<p class="source"><b>${m.verdict_small_print_title({ metric: metricInSentence(isNumeric ? "rmse" : "logLoss") })}</b> ${
      isNumeric ? m.verdict_small_print_why_numeric() : m.verdict_small_print_why()
    } ${m.verdict_small_print_text({ repeats: formatNumber(ledger.nRepeats) })}</p>`,
  ];
}

function auditPart({ verdict, labels, target }: ReportSource, draw: Draw): (Html | null)[] {
  const audit = verdict?.audit;
  if (!audit) return [];
  const untrained = step0Words(audit);
  const recipe = recipeWords(audit);
  const cells = (rows: readonly { readonly cells: readonly string[] }[]) => rows.map((row) => row.cells);
  const columns = columnRows(audit, labels);
  const pairs = pairRows(audit, labels);
  return [
    html`<h2 class="part">${m.report_fidelity()}</h2>`,
    figure(fidelityFigure(audit, labels.column(verdict?.ledger?.task.target ?? target)), draw),
    untrained ? html`<p class="note"><b>${m.verdict_step0_title()}</b> ${untrained}</p>` : null,
    html`<p class="note"><b>${recipe.title}</b> ${recipe.text}</p>`,
    columns.length === 0
      ? null
      : tableFigure(columnsTitle(audit, labels), { columns: columnsHead(), rows: cells(columns) }, m.verdict_columns_note()),
    pairs.length === 0
      ? null
      : tableFigure(
          pairsTitle(audit, labels),
          { columns: pairsHead(), rows: cells(pairs.slice(0, MOST_PAIRS)) },
          m.verdict_pairs_note(),
        ),
  ];
}

function privacyPart({ verdict, labels }: ReportSource, draw: Draw): (Html | null)[] {
  const audit = verdict?.audit;
  const privacy = audit ? privacyOf(audit) : null;
  if (!audit || !privacy) return [];
  const attributes = attributesTable(privacy, labels);
  return [
    html`<h2 class="part">${m.report_privacy()}</h2>`,
    html`<div class="pair">${figure(nearerFigure(audit, privacy), draw, "half")}${figure(distanceFigure(privacy), draw, "half")}</div>`,
    tableFigure(checksTitle(privacy), checksTable(privacy, labels), m.verdict_checks_note()),
    attributes.rows.length === 0 ? null : tableFigure(attributesTitle(privacy, labels), attributes, m.verdict_attributes_note()),
  ];
}

/** The usual mistakes, made on purpose, in a frame that cannot be taken for a result. */
function replayPart({ verdict, labels, target }: ReportSource, draw: Draw): Html | null {
  const replays = verdict?.replays ?? [];
  if (replays.length === 0) return null;
  const name = labels.column(verdict?.ledger?.task.target ?? target);
  return html`<aside class="leak"><p class="leak-head">${m.verdict_replay_head()}</p>${replays.map((replay) =>
    figure(replayFigure(replay, name), draw),
  )}</aside>`;
}

export function verdictSection(source: ReportSource, draw: Draw): Html | null {
  const words = verdictWordsOf(source);
  if (!words) return null;
  const content = [
    html`<p>${strong(words.lede)}</p>`,
    ...ledgerPart(source, draw),
    ...auditPart(source, draw),
    ...privacyPart(source, draw),
    replayPart(source, draw),
  ];
  return section(m.report_verdict(), words.finding, content, source.stale.includes("verdict"));
}
