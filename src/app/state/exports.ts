import type { SegmentsReport } from "../../workers/data.jobs.ts";
import type { FinalModelReport, SamplerName } from "../../workers/learn.jobs.ts";
import { parseCondition } from "./run-synthesize.svelte.ts";
import type { Workspace } from "./workspace.svelte.ts";

/** The open table with a column `segment`, whole or those rows of it, as CSV. */
export function exportRows(
  workspace: Workspace,
  report: SegmentsReport,
  { names, rows }: { readonly names: readonly string[]; readonly rows: Int32Array | null },
): Promise<Blob> {
  const segment = { name: "segment", labels: report.labels, names };
  return workspace.dataWorker.run("exportSegments", { segment, rows }).result;
}

/** Generated rows as CSV: alone, or below the real ones; a first column says which is which. */
export function exportSynthetic(workspace: Workspace, appendReal: boolean): Promise<Blob> {
  const output = workspace.synthesize.output;
  if (!output) throw new Error("nothing was synthesized yet");
  const real = appendReal ? workspace.currentTable() : null;
  return workspace.dataWorker.run("exportGiven", { table: output.rows, origin: "synthetic", real }).result;
}

/** Rows of another sampler as CSV: as many as the generator's and under the same conditions, made when they are asked for. */
export async function exportSampled(workspace: Workspace, sampler: SamplerName): Promise<Blob> {
  const { nFolds, seed, nRows, conditions } = workspace.currentPlans().synthesize;
  const session = await workspace.learnSession({ signal: new AbortController().signal });
  const input = { sampler, fold: 0, nFolds, seed, nRows, conditions: conditions.map(parseCondition) };
  const table = await session.learn.run("sampleRows", input);
  return workspace.dataWorker.run("exportGiven", { table, origin: "synthetic", real: null }).result;
}

/**
 * The open table with the final model's prediction and its probability, as CSV; rows without a target have neither. With a
 * verdict, the words that the ledger says of the model stand in each predicted row.
 */
export function exportScored(workspace: Workspace, { answers }: FinalModelReport, verdict = ""): Promise<Blob> {
  return workspace.dataWorker.run("exportScored", { of: "kept", answers, target: workspace.target, verdict }).result;
}
