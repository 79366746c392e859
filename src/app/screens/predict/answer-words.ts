import type { StructureReport } from "../../../workers/data.jobs.ts";
import type { ModelReport, PredictReport } from "../../../workers/learn.jobs.ts";
import { formatNumber, formatPercent } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import { confusionFacts, evenChance, isAboutEven } from "./predict-facts.ts";

/** Labels of the target that mean the same, and what is left when each group counts as one answer. */
export interface MergeFacts {
  readonly groups: readonly (readonly string[])[];
  readonly nAsWritten: number;
  readonly nMerged: number;
  /** Share of the commonest answer once merged. */
  readonly commonest: number;
}

/** Null where the target has no such labels, or the structure is not known yet. */
export function mergeFacts(
  structure: StructureReport | null,
  target: string,
  counts: ReadonlyMap<string, number>,
): MergeFacts | null {
  const synonyms = structure?.synonyms.find((each) => each.column === target);
  if (!synonyms || synonyms.groups.length === 0) return null;
  const grouped = new Set(synonyms.groups.flat());
  const alone = [...counts].filter(([value]) => !grouped.has(value)).map(([, count]) => count);
  const together = synonyms.counts.map((group) => group.reduce((sum, count) => sum + count, 0));
  const all = [...alone, ...together];
  const nRows = all.reduce((sum, count) => sum + count, 0);
  return {
    groups: synonyms.groups,
    nAsWritten: alone.length + grouped.size,
    nMerged: all.length,
    commonest: Math.max(...all) / Math.max(1, nRows),
  };
}

/** `Bi-Weekly = Fortnightly; Quarterly = Every 3 Months`. */
export function groupWords(facts: MergeFacts, target: string, labels: Labels): string {
  return facts.groups.map((group) => group.map((value) => labels.value(target, value)).join(" = ")).join("; ");
}

/** What the confusion matrix shows: where the diagonal stands, or the commonest mistake. */
export function confusionTitle(report: PredictReport, model: ModelReport, labels: Labels): string {
  if (report.task.kind !== "classification") return "";
  const { classes, target } = report.task;
  const facts = confusionFacts(model.confusion);
  const name = (code: number) => labels.value(target, classes[code] ?? "");
  if (facts.single !== null) return m.predict_confusion_title_single({ value: name(facts.single) });
  if (report.signal.verdict === "none") return m.predict_confusion_title_none();
  if (facts.mistake && facts.mistake.share >= 0.1) {
    const { truth, answer, share } = facts.mistake;
    return m.predict_confusion_title_mistake({ truth: name(truth), answer: name(answer), share: formatPercent(share, 0) });
  }
  return m.predict_confusion_title_diagonal();
}

export function confusionSource(model: ModelReport): string {
  const facts = confusionFacts(model.confusion);
  return m.predict_confusion_source({
    right: formatNumber(facts.nRight),
    rows: formatNumber(facts.nRows),
    expected: formatNumber(facts.nExpected),
  });
}

/** How common the answers are: a range where they are about even, else the commonest. */
export function sharesTitle(report: PredictReport, labels: Labels): string {
  const shares = [...report.classShares].sort((a, b) => b.share - a.share);
  const [most] = shares;
  if (!most) return "";
  const high = formatPercent(most.share);
  if (isAboutEven(most.share, evenChance(report))) {
    return m.predict_shares_title_even({ low: formatPercent(shares.at(-1)?.share ?? 0), high });
  }
  return m.predict_shares_title_common({ value: labels.value(report.task.target, most.value), high });
}

/** Columns that hang together and are not one and the same, strongest first, without the target: what else could be asked. */
export function relatedColumns(structure: StructureReport | null, target: string, atMost = 3): string[] {
  const pairs = [...(structure?.signalPairs ?? [])].sort((a, b) => b.value - a.value);
  const names = pairs.filter((pair) => pair.value < 0.95).flatMap((pair) => [pair.a, pair.b]);
  return [...new Set(names)].filter((name) => name !== target).slice(0, atMost);
}
