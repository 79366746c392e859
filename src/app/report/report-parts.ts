import type { ChartTable, MarkKind } from "../../charts/chart-types.ts";
import type { FigureSpec } from "../figures/figure-spec.ts";
import { m } from "../i18n/paraglide/messages.js";
import { strongParts } from "../i18n/strong-parts.ts";
import { Html, html } from "./html.ts";

/** Draws charts and marks as SVG text that stands on its own. */
export interface Draw {
  chart(figure: FigureSpec, widthPx: number): string;
  mark(kind: MarkKind): string;
}

/** A figure over the whole width, or beside another. */
export type FigureSize = "wide" | "half";

const WIDTHS: Readonly<Record<FigureSize, number>> = { wide: 860, half: 420 };

export function table({ columns, rows }: ChartTable): Html {
  return html`<table><thead><tr>${columns.map(
    ({ label, isNumeric }) => html`<th scope="col"${isNumeric ? new Html(' class="number"') : null}>${label}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, i) =>
        i === 0
          ? html`<th scope="row">${cell}</th>`
          : html`<td${columns[i]?.isNumeric ? new Html(' class="number"') : null}>${cell}</td>`,
      )}</tr>`,
  )}</tbody></table>`;
}

/** A table with a finding above it. */
export const tableFigure = (title: string, content: ChartTable, note = ""): Html =>
  html`<figure><figcaption><h3>${title}</h3>${note === "" ? null : html`<p>${note}</p>`}</figcaption>${table(content)}</figure>`;

/** A chart with its words, and its figures below. */
export function figure(spec: FigureSpec, draw: Draw, size: FigureSize = "wide"): Html {
  const key = (spec.key ?? []).map(({ mark, label }) => html`<span>${new Html(draw.mark(mark))}${label}</span>`);
  return html`<figure class="${size}">
<figcaption><h3>${spec.title}</h3><p>${spec.note}</p></figcaption>
${key.length > 0 ? html`<p class="key">${spec.keyTitle ? html`<b>${spec.keyTitle}</b>` : null}${key}</p>` : null}
<div class="plot">${new Html(draw.chart(spec, WIDTHS[size]))}</div>
<p class="source">${spec.source}</p>
<details><summary>${m.report_figures_of()}</summary>${table(spec.table)}</details>
</figure>`;
}

/** A sentence in which `**` marks what is to be read first. */
export const strong = (sentence: string): Html =>
  html`${strongParts(sentence).map(({ text, isStrong }) => (isStrong ? html`<b>${text}</b>` : text))}`;

export const list = (items: readonly string[]): Html | null =>
  items.length === 0 ? null : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

/** A part of the report: its finding as the heading, then what bears it out. */
export function section(name: string, finding: string, content: readonly (Html | null)[], isStale = false): Html {
  return html`<section><p class="kicker">${name}</p><h2>${finding}</h2>
${isStale ? html`<p class="stale">${m.report_stale()}</p>` : null}${content}</section>`;
}
