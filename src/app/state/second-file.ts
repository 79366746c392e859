import type { Table } from "../../table/table.ts";
import type { SecondFileReport } from "../../workers/data.jobs.ts";
import type { ScoredRows } from "../../workers/model.jobs.ts";
import type { RunContext } from "./job-run.svelte.ts";
import { listen } from "./listen.ts";
import type { Workspace } from "./workspace.svelte.ts";

/** Reads a file whose rows shall be scored; `table` is what the model for use takes. The open table stays open. */
export async function readSecondFile(
  workspace: Workspace,
  file: { readonly name: string; readonly blob: Blob },
  context: RunContext,
): Promise<{ report: SecondFileReport; table: Table }> {
  const settings = { ...workspace.currentTable(), nFolds: workspace.nFolds };
  const input = { name: file.name, file: file.blob, settings };
  return workspace.dataWorker.run("readSecond", input, listen(context)).result;
}

/**
 * The second file's own columns with the prediction and, for classes, its probability, as CSV; with a verdict, the words that
 * say what the predictions are worth stand in each row.
 */
export function exportSecondFile(
  workspace: Workspace,
  { predicted, probabilities }: ScoredRows,
  verdict = "",
): Promise<ArrayBuffer> {
  const extra: { name: string; values: readonly string[] }[] = [{ name: `predicted ${workspace.target}`, values: predicted }];
  const nClasses = probabilities.length / Math.max(1, predicted.length);
  if (nClasses > 0) {
    const largest = (row: number): number => Math.max(...probabilities.subarray(row * nClasses, (row + 1) * nClasses));
    extra.push({ name: "probability", values: predicted.map((_, row) => largest(row).toFixed(4)) });
  }
  if (verdict !== "") extra.push({ name: "verdict", values: predicted.map(() => verdict) });
  return workspace.dataWorker.run("exportScored", { extra }).result;
}
