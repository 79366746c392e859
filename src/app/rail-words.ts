import type { AuditReport } from "../workers/learn.jobs.ts";
import { formatNumber, formatPercent, timeLeftWords } from "./i18n/format.ts";
import { tableLabels } from "./i18n/labels.ts";
import { m } from "./i18n/paraglide/messages.js";
import { auditStanding, shareOfWay, tellingMeasure } from "./screens/verdict/audit-facts.ts";
import { headline } from "./screens/verdict/verdict-facts.ts";
import type { StepName } from "./state/settings.ts";
import type { Workspace } from "./state/workspace.svelte.ts";

function dataWords(workspace: Workspace): string {
  const report = workspace.report;
  if (!report) return "";
  const size = m.app_rail_size({ rows: formatNumber(report.nRows), columns: formatNumber(report.nColumns) });
  const nTouched = report.repaired.count + report.skipped.count;
  return nTouched === 0 ? m.app_rail_data_clean({ size }) : m.app_rail_data_repaired({ size, count: formatNumber(nTouched) });
}

function structureWords(workspace: Workspace): string {
  const structure = workspace.structure.output;
  if (!structure) return "";
  const nRules = structure.identical.length + structure.dependencies.length + structure.combinations.length;
  return nRules === 0
    ? m.app_rail_structure_none()
    : m.app_rail_structure({
        nPairs: structure.signalPairs.length,
        nRules,
        pairs: formatNumber(structure.signalPairs.length),
        rules: formatNumber(nRules),
      });
}

function segmentsWords(workspace: Workspace): string {
  const report = workspace.segments.output;
  if (!report) return "";
  const k = formatNumber(report.k);
  return report.verdict === "natural" ? m.app_rail_segments_natural({ k }) : m.app_rail_segments_cut({ k });
}

function predictWords(workspace: Workspace): string {
  const signal = workspace.predict.output?.signal;
  if (!signal) return "";
  const score =
    workspace.predict.output?.task.kind === "regression" ? formatNumber(signal.score, 2) : formatPercent(signal.score);
  const target = tableLabels(workspace.report).column(signal.target);
  if (signal.verdict === "none") return m.app_rail_predict_none({ target });
  return signal.verdict === "weak" ? m.app_rail_predict_weak({ target, score }) : m.app_rail_predict_signal({ target, score });
}

function synthesizeWords(workspace: Workspace): string {
  const output = workspace.synthesize.output;
  return output ? m.app_rail_synthesize({ rows: formatNumber(output.rows.nRows), steps: formatNumber(output.report.steps) }) : "";
}

/** What the audit alone comes to, where the ledger was skipped. */
function auditWords(audit: AuditReport): string {
  switch (auditStanding(audit)) {
    case "untrained":
      return m.app_rail_verdict_untrained();
    case "part":
      return m.app_rail_verdict_part({ share: formatPercent(shareOfWay(audit, tellingMeasure(audit), "gan"), 0) });
    case "floor":
      return m.app_rail_verdict_floor();
    case null:
      return "";
    default:
      return m.app_rail_verdict_close();
  }
}

function verdictWords(workspace: Workspace): string {
  const output = workspace.verdict.output;
  if (!output) return "";
  if (!output.ledger) return output.audit ? auditWords(output.audit) : "";
  const verdict = headline(output.ledger);
  if (verdict === "helped") return m.app_rail_verdict_helped();
  return verdict === "hurt" ? m.app_rail_verdict_hurt() : m.app_rail_verdict_none();
}

const WORDS: Record<StepName, (workspace: Workspace) => string> = {
  data: dataWords,
  structure: structureWords,
  segments: segmentsWords,
  predict: predictWords,
  synthesize: synthesizeWords,
  verdict: verdictWords,
};

/** The one line that stands under a step's name: its result, or how far it is. */
export function railWords(workspace: Workspace, step: StepName): string {
  const run = workspace[step];
  if (run.state === "running") {
    const share = formatPercent(run.progress?.fraction ?? 0, 0);
    return run.secondsLeft === null ? share : m.app_rail_running({ share, left: timeLeftWords(run.secondsLeft) });
  }
  if (run.state === "failed") return m.app_rail_failed();
  if (run.output === null) return run.state === "cancelled" ? m.app_rail_cancelled() : "";
  return WORDS[step](workspace);
}
