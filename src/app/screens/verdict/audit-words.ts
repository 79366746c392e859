import type { AuditReport, PredictReport } from "../../../workers/learn.jobs.ts";
import { formatNumber, formatPercent } from "../../i18n/format.ts";
import type { Labels } from "../../i18n/labels.ts";
import { m } from "../../i18n/paraglide/messages.js";
import type { VerdictOutput } from "../../state/run-verdict.ts";
import { auditStanding, isUntrainedAsGood, measured, shareOfWay, tellingMeasure } from "./audit-facts.ts";
import { measureName, three } from "./fidelity-figure.ts";
import { isTooNear, privacyOf } from "./privacy-facts.ts";
import { targetsWords } from "./targets-words.ts";
import { headline, isUnlearnable } from "./verdict-facts.ts";

type Signal = PredictReport["signal"];

/** What the audit alone comes to, where the ledger was not run. */
export function auditFinding(audit: AuditReport): string {
  switch (auditStanding(audit)) {
    case "untrained":
      return m.verdict_audit_finding_untrained();
    case "close":
      return m.verdict_audit_finding_close();
    case "part":
      return m.verdict_audit_finding_part({ share: formatPercent(shareOfWay(audit, tellingMeasure(audit), "gan"), 0) });
    case "floor":
      return m.verdict_audit_finding_floor();
    default:
      return m.verdict_audit_finding_close_ends();
  }
}

export function auditLede(audit: AuditReport): string {
  const measure = tellingMeasure(audit);
  const at = (name: "gan" | "floor" | "ceiling") => three(measured(audit, measure, name));
  return m.verdict_audit_lede({
    measure: measureName(measure),
    gan: at("gan"),
    floor: at("floor"),
    ceiling: at("ceiling"),
    auc: formatNumber(measured(audit, "apart", "gan"), 2),
  });
}

export function auditConclusion(audit: AuditReport): string {
  const standing = auditStanding(audit);
  const isClose = standing === "close" || standing === "untrained" || standing === "no-room";
  const words = isClose ? m.verdict_audit_conclusion_close() : m.verdict_audit_conclusion_poor();
  const privacy = privacyOf(audit);
  return privacy && isTooNear(privacy) ? `${words} ${m.verdict_do_keep_in()}` : words;
}

/** Said where the untrained generator does as well: then the score is the rules', not the GAN's. Null where it does not. */
export function step0Words(audit: AuditReport): string | null {
  const measure = tellingMeasure(audit);
  const [gan, step0] = [measured(audit, measure, "gan"), measured(audit, measure, "ganStep0")];
  if (!isUntrainedAsGood(audit) || !Number.isFinite(gan) || !Number.isFinite(step0)) return null;
  return m.verdict_step0_text({ gan: three(gan), step0: three(step0), measure: measureName(measure) });
}

function ledgerSteps({ ledger, audit }: VerdictOutput, signal: Signal | null, labels: Labels): string[] {
  if (!ledger) return audit ? [m.verdict_do_ledger()] : [];
  const verdict = headline(ledger);
  if (verdict === "helped") return [m.verdict_do_final()];
  if (verdict === "hurt") return [m.verdict_do_not_final()];
  if (!isUnlearnable(ledger, signal)) return [m.verdict_do_real()];
  const targets = targetsWords(signal, labels);
  return [
    m.verdict_do_drop({ target: labels.column(ledger.task.target) }),
    ...(targets === "" ? [] : [m.verdict_do_targets({ targets })]),
  ];
}

/** A model tells generated rows from real ones better than this: single rows are not to be taken for customers. */
const TOLD_APART = 0.8;

/** What to do next, the most important first; follows from the figures alone. */
export function nextSteps(output: VerdictOutput, signal: Signal | null, labels: Labels, isQuick: boolean): string[] {
  const { audit } = output;
  const privacy = audit ? privacyOf(audit) : null;
  const auc = audit ? measured(audit, "apart", "gan") : Number.NaN;
  return [
    ...ledgerSteps(output, signal, labels),
    ...(privacy && isTooNear(privacy) ? [m.verdict_do_keep_in()] : []),
    ...(auc > TOLD_APART ? [m.verdict_do_apart({ auc: formatNumber(auc, 2) })] : []),
    ...(privacy && !isTooNear(privacy) ? [m.verdict_do_care()] : []),
    ...(isQuick ? [m.verdict_do_slow()] : []),
  ];
}
