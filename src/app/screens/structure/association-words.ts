import type {
  AssociationMeasure,
  AssociationsReport,
  PairMeasure,
  StructureReport,
  TestedAssociation,
} from "../../../workers/data.jobs.ts";
import { formatNumber, formatPValue } from "../../i18n/format.ts";
import { m } from "../../i18n/paraglide/messages.js";

/** A pair as the map shows it; without a test while that is still to be made. */
export interface ShownPair {
  readonly a: string;
  readonly b: string;
  readonly measure: PairMeasure;
  /** As measured, with its sign. */
  readonly signed: number;
  /** Its strength in [0, 1]. */
  readonly value: number;
  readonly test: Pick<TestedAssociation, "nRows" | "pValue" | "qValue"> | null;
}

/** What the map shows: of the structure alone (Cramér's V), or with the tests of the chosen measure. */
export function shownPairs(report: StructureReport, tested: AssociationsReport | null): ShownPair[] {
  if (!tested)
    return report.associations.map(({ a, b, measure, value }) => ({ a, b, measure, signed: value, value, test: null }));
  return tested.pairs.map(({ a, b, measure, value, ...test }) => ({
    a,
    b,
    measure,
    signed: value,
    value: Math.abs(value),
    test,
  }));
}

/** Shares of entropy are smaller than the other measures of the same link. */
export const signalFrom = (measure: AssociationMeasure): number => (measure === "mutual-information" ? 0.1 : 0.3);

const CHOICES: Readonly<Record<AssociationMeasure, () => string>> = {
  "cramers-v": m.structure_measure_cramers_v,
  "by-kind": m.structure_measure_by_kind,
  pearson: m.structure_measure_pearson,
  spearman: m.structure_measure_spearman,
  "correlation-ratio": m.structure_measure_correlation_ratio,
  "mutual-information": m.structure_measure_mutual_information,
};
export const measureChoice = (measure: AssociationMeasure): string => CHOICES[measure]();

const NAMES: Readonly<Record<PairMeasure, () => string>> = {
  "cramers-v": m.structure_name_cramers_v,
  pearson: m.structure_name_pearson,
  spearman: m.structure_name_spearman,
  "correlation-ratio": m.structure_name_correlation_ratio,
  "mutual-information": m.structure_name_mutual_information,
};
export const measureName = (measure: PairMeasure): string => NAMES[measure]();

const NOTES: Readonly<Record<AssociationMeasure, () => string>> = {
  "cramers-v": m.structure_map_note,
  "by-kind": m.structure_note_by_kind,
  pearson: m.structure_note_pearson,
  spearman: m.structure_note_spearman,
  "correlation-ratio": m.structure_note_correlation_ratio,
  "mutual-information": m.structure_note_mutual_information,
};
export const measureNote = (measure: AssociationMeasure): string => NOTES[measure]();

export function mapTitle(nPairs: number, nBright: number): string {
  if (nPairs === 0) return m.structure_map_no_pair();
  if (nBright === 0) return m.structure_map_title_none();
  return nBright === 1 ? m.structure_map_title_one() : m.structure_map_title({ count: formatNumber(nBright) });
}

interface MapSize {
  readonly nRows: number;
  readonly nTableRows: number;
  readonly nPairs: number;
  readonly nColumns: number;
}

/** The rows that values are of, and, once they are there, those that the p-values are of. */
export function mapSource({ nRows, nTableRows, nPairs, nColumns }: MapSize, tested: AssociationsReport | null): string {
  const size = { rows: formatNumber(nRows), pairs: formatNumber(nPairs), columns: formatNumber(nColumns) };
  const values =
    nRows < nTableRows ? m.structure_map_sampled({ ...size, all: formatNumber(nTableRows) }) : m.structure_map_source(size);
  if (!tested || nPairs === 0) return values;
  const test = m.structure_map_tested({
    shuffles: formatNumber(tested.nPermutations),
    rows: formatNumber(tested.nRowsPermuted),
    pairs: formatNumber(nPairs),
  });
  return `${values} · ${test}`;
}

/** A p- or q-value as it stands in a table: without its equals sign. */
const bare = (pValue: number): string => formatPValue(pValue).replace(/^= /, "");

/** Lines about one pair. */
export function pairLines(pair: ShownPair): string[] {
  const value = m.structure_tip_measure({ measure: measureName(pair.measure), value: formatNumber(pair.signed, 3) });
  if (!pair.test) return [value];
  const { pValue, qValue, nRows } = pair.test;
  return [
    value,
    m.structure_tip_test({ p: formatPValue(pValue), q: formatPValue(qValue) }),
    m.structure_tip_rows({ rows: formatNumber(nRows) }),
  ];
}

/** The map as a table, strongest pairs first. */
export function pairTable(pairs: readonly ShownPair[], label: (column: string) => string) {
  const isTested = pairs.some(({ test }) => test !== null);
  const heads = [m.structure_head_a(), m.structure_head_b(), m.structure_head_measure(), m.structure_head_figure()];
  const tests = [m.structure_head_p(), m.structure_head_q(), m.structure_head_rows()];
  return {
    columns: (isTested ? [...heads, ...tests] : heads).map((head, i) => ({ label: head, isNumeric: i > 2 })),
    rows: [...pairs]
      .sort((a, b) => b.value - a.value)
      .map(({ a, b, measure, signed, test }) => [
        label(a),
        label(b),
        measureName(measure),
        formatNumber(signed, 3),
        ...(test ? [bare(test.pValue), bare(test.qValue), formatNumber(test.nRows)] : []),
      ]),
  };
}
