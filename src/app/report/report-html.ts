import { encodeParams } from "../../core/params.ts";
import { textColumn } from "../figures/figure-spec.ts";
import { engineFinding } from "../i18n/engine-words.ts";
import { formatNumber } from "../i18n/format.ts";
import { m } from "../i18n/paraglide/messages.js";
import { sampleWords } from "../parts/sample-words.ts";
import { dataFinding } from "../screens/data/data-words.ts";
import { predictFinding } from "../screens/predict/predict-words.ts";
import { segmentsFinding } from "../screens/segments/segments-words.ts";
import { structureFinding } from "../screens/structure/structure-words.ts";
import { synthesizeFinding } from "../screens/synthesize/synthesize-words.ts";
import { nextSteps } from "../screens/verdict/audit-words.ts";
import { SETTINGS } from "../state/settings.ts";
import { Html, html } from "./html.ts";
import styles from "./report.css?raw";
import { type Draw, list, strong, table } from "./report-parts.ts";
import { predictSection } from "./report-predict.ts";
import { segmentsSection } from "./report-segments.ts";
import type { ReportSource } from "./report-source.ts";
import { dataSection, structureSection } from "./report-table.ts";
import { synthesizeSection, verdictSection, verdictWordsOf } from "./report-verdict.ts";

/** The page may hold styles and drawings, and nothing that runs or is fetched. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** What each step came to, one sentence each. */
function findings({ data, structure, segments, predict, synthesize, labels }: ReportSource): string[] {
  return [
    ...(data ? [dataFinding(data)] : []),
    ...(structure ? [structureFinding(structure)] : []),
    ...(segments ? [segmentsFinding(segments)] : []),
    ...(predict ? [predictFinding(predict, labels)] : []),
    ...(synthesize ? [synthesizeFinding(synthesize.report)] : []),
  ];
}

/** The conclusion before anything else: what it comes to, what to do, and what each step found. */
function opening(source: ReportSource): Html {
  const { verdict, predict, labels, settings, fileName, data } = source;
  const sample = sampleWords(data);
  const words = verdictWordsOf(source);
  const told = findings(source);
  const steps = verdict ? nextSteps(verdict, predict?.signal ?? null, labels, settings.quick) : [];
  return html`<header><p class="brand">Trendloom</p><p class="kicker">${m.report_title({ file: fileName })}${sample ? ` · ${sample}` : ""}</p>
<h1>${words?.finding ?? told.at(-1) ?? fileName}</h1>
${words ? html`<p class="lede">${strong(words.lede)}</p><p class="conclusion">${words.conclusion}</p>` : null}
${settings.quick ? html`<p class="stale">${m.report_quick()}</p>` : null}
${steps.length > 0 ? html`<h2>${m.verdict_next_title()}</h2>${list(steps)}` : null}
<h2>${m.report_in_short()}</h2>${list(told)}</header>`;
}

function settingRows({ settings, labels }: ReportSource): string[][] {
  const changed = encodeParams(SETTINGS, settings);
  const nameOf = (key: string) => Object.entries(SETTINGS).find(([, param]) => param.key === key)?.[0] ?? key;
  return Object.entries(changed).map(([key, value]) => [
    nameOf(key),
    typeof value === "string" ? labels.column(value) : JSON.stringify(value),
  ]);
}

/** How it was done, and all that is needed to do it again. */
function methodSection(source: ReportSource): Html {
  const { data, settings, synthesize, version, nFolds, verdict } = source;
  const facts = [
    [m.report_file(), source.fileName],
    [m.report_fingerprint(), data?.sha256 ?? "–"],
    [m.report_seed(), String(settings.seed)],
    ...(synthesize ? [[m.report_engine(), engineFinding(synthesize.report.engine)]] : []),
    [m.report_version(), version],
    ...settingRows(source),
  ];
  return html`<section><p class="kicker">${m.report_method()}</p>
${source.predict || verdict?.ledger ? html`<p>${m.report_method_split({ folds: formatNumber(nFolds) })}</p>` : null}
${verdict?.audit ? html`<p>${m.report_method_audit()}</p>` : null}
<p>${m.report_method_repeat()}</p>
${table({ columns: [textColumn(m.report_setting()), textColumn(m.report_value())], rows: facts })}
<p class="source">${m.report_made({ version })} ${m.report_licence()}</p></section>`;
}

/** The whole report as one HTML file: no script, nothing fetched, conclusion first. Every text from the table is escaped. */
export function buildHtmlReport(source: ReportSource, draw: Draw): string {
  const title = m.report_title({ file: source.fileName });
  const page = html`<html lang="${source.language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Trendloom ${source.version}"><title>${title}</title><style>${new Html(styles)}</style></head>
<body><main>${opening(source)}
${verdictSection(source, draw)}
${predictSection(source, draw)}
${segmentsSection(source)}
${synthesizeSection(source)}
${structureSection(source)}
${dataSection(source)}
${methodSection(source)}</main></body></html>`;
  return `<!doctype html>\n${page.text}\n`;
}
