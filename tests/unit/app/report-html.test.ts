import { render } from "svelte/server";
import { beforeEach, describe, expect, it } from "vitest";
import { locale } from "../../../src/app/i18n/locale.svelte.ts";
import { html } from "../../../src/app/report/html.ts";
import { buildHtmlReport } from "../../../src/app/report/report-html.ts";
import type { Draw } from "../../../src/app/report/report-parts.ts";
import { hiddenSegments } from "../../../src/app/report/report-segments.ts";
import type { ReportSource } from "../../../src/app/report/report-source.ts";
import { SETTINGS } from "../../../src/app/state/settings.ts";
import { defaultValues } from "../../../src/core/params.ts";
import type { DataReport, SegmentsReport, StructureReport } from "../../../src/workers/data.jobs.ts";
import { noSignal, plainLabels } from "./predict-report.ts";
import { fullLedger, laggingAudit, replays } from "./verdict-cases.ts";

const draw: Draw = {
  chart: ({ component, props }, width) => {
    const body = render(component, { props: { ...props, width } }).body.replace(/<!--.*?-->/gs, "");
    return /<svg.*<\/svg>/s.exec(body)?.[0] ?? "";
  },
  mark: (kind) => `<svg data-mark="${kind}"></svg>`,
};

const HOSTILE = `<img src=x onerror=alert(1)>"'&\u202e`;

const data = {
  name: HOSTILE,
  sha256: "c300178f",
  nRows: 3900,
  nColumns: 1,
  delimiter: ",",
  repaired: { count: 2, counts: [{ rule: "currency", column: HOSTILE, count: 2, firstLine: 3 }], samples: [] },
  flagged: { count: 0, samples: [] },
  skipped: { count: 1, samples: [{ line: 9, reason: "too-few-values", text: "secret cell" }] },
  retyped: [{ column: "Zip", inferred: "integer", wanted: "categorical", isDone: true, nUnreadable: 0 }],
  columns: [{ name: HOSTILE, type: "categorical", role: "feature", nMissing: 1, nDistinct: 3, known: null }],
} as unknown as DataReport;

const structure = {
  identifiers: [HOSTILE],
  constants: [],
  identical: [["a", "b"]],
  dependencies: [{ from: ["Item"], to: "Category", nFrom: 25, nTo: 4 }],
  combinations: [{ columns: ["Gender", "Discount"], cells: [], nCells: 4, nAbsent: 4 }],
  synonyms: [{ column: "Frequency", groups: [["Weekly", HOSTILE]], counts: [[1, 2]] }],
  rowOrder: [],
  nearDuplicates: { nRows: 0, nGroups: 0, nExact: 0 },
  nearDependencies: [],
  recoded: [],
  derived: [],
  targetLeaks: [],
  places: [],
  columns: [],
  associations: [],
  signalPairs: [{ a: "Item", b: "Category", measure: "cramers-v", value: 1 }],
  largestOther: 0,
} as unknown as StructureReport;

const card = (name: string, size: number) => ({
  name,
  size,
  shareOfCustomers: size / 3900,
  shareOfRevenue: 0.25,
  averageOrder: 59.8,
  rule: [{ column: "Age", low: 44, high: null, values: [] }],
  ruleAccuracy: 0.98,
  traits: [{ column: "Age", value: null, index: 130, low: 120, high: 140 }],
  action: "loyalty",
});

const segments = {
  method: "k-means",
  columns: ["Age"],
  k: 3,
  sizes: [1900, 1993, 7],
  silhouette: 0.39,
  nullSilhouette: 0.395,
  verdict: "cut",
  facts: { isSeparated: false, isStable: true },
  segments: [card("diamond", 1900), card("gold", 1993), card("silver", 7)],
} as unknown as SegmentsReport;

const source = (more: Partial<ReportSource> = {}): ReportSource => ({
  fileName: `${HOSTILE}.csv`,
  language: "en",
  version: "0.1.0",
  settings: { ...defaultValues(SETTINGS), target: HOSTILE, quick: true },
  labels: plainLabels,
  target: "Frequency",
  nFolds: 5,
  roles: {},
  data,
  structure,
  segments,
  predict: {
    ...noSignal,
    signal: { ...noSignal.signal, refit: { pValue: 0.7, nPermutations: 100 }, rule: null, otherTargets: [] },
  },
  synthesize: null,
  verdict: { ledger: fullLedger, audit: laggingAudit, replays },
  stale: ["segments"],
  ...more,
});

beforeEach(() => locale.choose("en"));

describe("the one-file report", () => {
  const page = () => buildHtmlReport(source(), draw);

  it("has no script and fetches nothing", () => {
    expect(page()).not.toMatch(/<script|<link|<img|@import|href="http|src="http|url\(["']?http/i);
    expect(page()).toContain("default-src &#39;none&#39;");
  });

  it("escapes whatever stands in the table", () => {
    expect(page()).not.toContain("<img");
    expect(page()).not.toContain("\u202e");
    expect(page()).toContain("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
  });

  it("holds no cell of a row that was left out", () => expect(page()).not.toContain("secret cell"));

  it("says which types and levels the user set", () => {
    expect(page()).toContain("Read as you set it");
    expect(page()).toContain("<li>Zip: category instead of whole number.</li>");
    const levels = {
      Often: { groups: [["Rarely"], ["Often", "2 weeks", "fortnightly"]], isOrdered: true },
      Place: { groups: [["North"], ["South"]], isOrdered: false },
    };
    const edited = buildHtmlReport(source({ settings: { ...defaultValues(SETTINGS), levels } }), draw);
    expect(edited).toContain("<li>Often: Often stands for 2 weeks, fortnightly; in the order Rarely &lt; Often.</li>");
    expect(edited).toContain("<li>Place: levels renamed, merged or put in order.</li>");
    const untouched = source({ data: { ...data, retyped: [] } });
    expect(buildHtmlReport(untouched, draw)).not.toContain("Read as you set it");
  });

  it("starts with the conclusion and ends with method, seed and fingerprint", () => {
    const places = [
      "<h1>",
      "In one",
      "Step",
      'class="conclusion"',
      "What to do next",
      "Prediction",
      "Segments",
      "Method and settings",
    ];
    const at = places.filter((text) => page().includes(text)).map((text) => page().indexOf(text));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(page()).toMatch(/<h1>Generated rows made no measurable difference/);
    expect(page().slice(page().indexOf("Method and settings"))).toMatch(/c300178f.*Seed.*42.*0\.1\.0.*MIT licence/s);
  });

  it("draws its figures and writes them down beside", () => {
    expect(page().match(/<svg[^>]* role="img"/g)?.length).toBeGreaterThanOrEqual(8);
    expect(page().match(/<details>/g)?.length).toBeGreaterThanOrEqual(8);
  });

  it("keeps replays inside their red frame, out of the headline", () => {
    const text = page();
    const frame = text.slice(text.indexOf('<aside class="leak">'), text.indexOf("</aside>"));
    expect(frame).toContain("Do not quote these scores");
    expect(frame).toContain("76.1\u202f%");
    expect(text.replace(frame, "")).not.toContain("76.1\u202f%");
  });

  it("says what is out of date, and that a quick run is quick", () => {
    expect(page()).toContain("An earlier setting has changed");
    expect(page()).toContain("Quick run");
  });

  it("copes with a table that nothing was done to", () => {
    const nothing = { data: null, structure: null, segments: null, predict: null, synthesize: null, verdict: null, stale: [] };
    const text = buildHtmlReport(source(nothing), draw);
    expect(text).toContain("Method and settings");
    const bare = buildHtmlReport(source({ verdict: { ledger: null, audit: null, replays: [] } }), draw);
    expect(bare).toContain("Prediction");
    const skipped = buildHtmlReport(source({ verdict: { ledger: null, audit: laggingAudit, replays: [] } }), draw);
    expect(skipped).toMatch(/<h1>Generated rows go 35/);
    for (const each of [text, bare, skipped, page()]) expect(each).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it("speaks Vietnamese", () => {
    locale.choose("vi");
    const text = buildHtmlReport(source({ language: "vi" }), draw);
    expect(text).toContain('<html lang="vi">');
    expect(text).toContain("Cách làm và thiết lập");
  });

  it("hides small groups, and with a single one a second, so that none can be worked out", () => {
    expect(hiddenSegments({ sizes: [1900, 1993, 7] })).toEqual(new Set([2, 0]));
    expect(hiddenSegments({ sizes: [100, 5, 4] })).toEqual(new Set([0, 1, 2]));
    expect(hiddenSegments({ sizes: [100, 50] })).toEqual(new Set());
    expect(page()).toContain("fewer than 10");
  });
});

describe("markup", () => {
  it("escapes values, nests, and leaves nothing for null and false", () => {
    expect(html`<p>${"a<b"}${null}${false}${[html`<i>${1}</i>`, "&"]}</p>`.text).toBe("<p>a&lt;b<i>1</i>&amp;</p>");
  });
});
