import { version } from "../../../package.json";
import type { Role } from "../../table/table.ts";
import type { DataReport, SegmentsReport, StructureReport } from "../../workers/data.jobs.ts";
import type { GanReport } from "../../workers/gpu.jobs.ts";
import type { PredictReport } from "../../workers/learn.jobs.ts";
import { type Labels, tableLabels } from "../i18n/labels.ts";
import { getLocale, type Locale } from "../i18n/paraglide/runtime.js";
import type { VerdictOutput } from "../state/run-verdict.ts";
import { type Settings, STEPS, type StepName } from "../state/settings.ts";
import type { Workspace } from "../state/workspace.svelte.ts";

/** Everything that the report tells of; a part is null where its step has not run. */
export interface ReportSource {
  readonly fileName: string;
  readonly language: Locale;
  readonly version: string;
  readonly settings: Settings;
  readonly labels: Labels;
  readonly target: string;
  readonly nFolds: number;
  readonly roles: Readonly<Record<string, Role>>;
  readonly data: DataReport | null;
  readonly structure: StructureReport | null;
  readonly segments: SegmentsReport | null;
  readonly predict: PredictReport | null;
  readonly synthesize: { readonly report: GanReport; readonly nRows: number } | null;
  readonly verdict: VerdictOutput | null;
  /** Steps whose figures belong to earlier settings. */
  readonly stale: readonly StepName[];
}

export function reportSource(workspace: Workspace): ReportSource {
  const made = workspace.synthesize.output;
  return {
    fileName: workspace.file?.name ?? "table.csv",
    language: getLocale(),
    version,
    settings: workspace.settings,
    labels: tableLabels(workspace.report),
    target: workspace.target,
    nFolds: workspace.nFolds,
    roles: workspace.roles,
    data: workspace.report,
    structure: workspace.structure.output,
    segments: workspace.segments.output,
    predict: workspace.predict.output,
    synthesize: made ? { report: made.report, nRows: made.rows.nRows } : null,
    verdict: workspace.verdict.output,
    stale: STEPS.filter((step) => workspace.stateOf(step) === "stale"),
  };
}
