import type { DerivedNumeric, LinearTerm } from "../../../structure/derived-numeric.ts";
import type { StructureReport } from "../../../workers/data.jobs.ts";
import { formatNumber, formatSigned } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";

type Label = (column: string) => string;

/** Cards of one kind that are listed at most. */
export const MAX_LISTED = 30;
const MAX_NAMED = 8;

/** The first few names, and how many more there are. */
export function namesOf(names: readonly string[], label: Label): string {
  const shown = names.slice(0, MAX_NAMED).map(label).join(", ");
  return names.length > MAX_NAMED ? m.structure_and_more({ names: shown, count: formatNumber(names.length - MAX_NAMED) }) : shown;
}

function termWords(term: LinearTerm, label: Label, value: (column: string, text: string) => string): string {
  const size = formatSigned(term.coefficient, 2);
  return term.level === null ? `${size} · ${label(term.column)}` : `${size} (${value(term.column, term.level)})`;
}

const MAX_TERMS = 6;

/** A formula as it would be written down: its largest terms. */
export function formulaWords(derived: DerivedNumeric, label: Label, value: (column: string, text: string) => string): string {
  if (derived.kind === "product") {
    const scale = derived.scale === 1 ? "" : `${formatNumber(derived.scale, 3)} · `;
    return `${label(derived.column)} ≈ ${scale}${derived.from.map(label).join(" · ")}`;
  }
  const terms = derived.terms.filter(({ coefficient }) => Math.abs(coefficient) > 0);
  const shown = terms.slice(0, MAX_TERMS).map((term) => termWords(term, label, value));
  return `${label(derived.column)} ≈ ${formatNumber(derived.intercept, 2)} ${shown.join(" ")}${terms.length > MAX_TERMS ? " …" : ""}`;
}

export function countRules(report: StructureReport): number {
  return report.identical.length + report.dependencies.length + report.combinations.length;
}

/** How many rows hardly differ from another. */
export function nearDuplicateWords({ nearDuplicates }: StructureReport): string {
  const { nRows, nGroups, nExact } = nearDuplicates;
  if (nRows === 0) return m.structure_lede_near_none();
  const near = m.structure_lede_near({ count: nGroups, rows: formatNumber(nRows), groups: formatNumber(nGroups) });
  const exact =
    nExact === 0 ? m.structure_lede_exact_none() : m.structure_lede_exact({ count: nExact, shown: formatNumber(nExact) });
  return `${near} ${exact}`;
}

/** How many rows repeat others, and how many are nearly another. */
export function duplicatesTitle({ nearDuplicates }: StructureReport): string {
  const { nRows, nExact } = nearDuplicates;
  const near = formatNumber(nRows);
  return nExact === 0
    ? m.structure_duplicates_near({ near })
    : m.structure_duplicates({ count: nExact, exact: formatNumber(nExact), near });
}

/** The sentence that the structure comes to. */
export function structureFinding(report: StructureReport): string {
  const nPairs = report.associations.length;
  const nSignal = report.signalPairs.length;
  const nRules = countRules(report);
  const words = { signal: formatNumber(nSignal), pairs: formatNumber(nPairs), rules: formatNumber(nRules) };
  if (nSignal === 0) return m.structure_finding_none(words);
  return nRules === 0 ? m.structure_finding_linked(words) : m.structure_finding_rules({ ...words, count: nRules });
}

/** The linked pairs of one row of the map, written beside its diagonal: two of them, or one where that is too long. */
export function pairNotes(
  report: {
    readonly columns: readonly string[];
    readonly signalPairs: readonly { readonly a: string; readonly b: string; readonly value: number }[];
  },
  column: string,
  label: Label,
): string[] {
  const place = report.columns.indexOf(column);
  const partners = report.signalPairs
    .map((pair) => ({ other: pair.a === column ? pair.b : pair.b === column ? pair.a : null, value: pair.value }))
    .filter(
      (pair): pair is { other: string; value: number } => pair.other !== null && report.columns.indexOf(pair.other) < place,
    );
  const words = partners.slice(0, 2).map(({ other, value }) => `${label(other)} ${formatNumber(value, 2)}`);
  return words.map((_, index) => m.structure_pair_note({ partners: words.slice(0, words.length - index).join(", ") }));
}

export function structureConclusion(report: StructureReport): string {
  const parts: string[] = [];
  const nRules = countRules(report);
  if (nRules > 0) parts.push(m.structure_conclusion_rules({ count: nRules, shown: formatNumber(nRules) }));
  if (report.synonyms.length > 0) parts.push(m.structure_conclusion_synonyms());
  if (report.identifiers.length > 0) parts.push(m.structure_conclusion_identifiers());
  if (report.targetLeaks.length > 0) parts.push(m.structure_conclusion_leaks());
  if (parts.length === 0) return m.structure_conclusion_none();
  return m.structure_conclusion({ parts: parts.join("; ") });
}
