import type { Parcel } from "../../rpc/parcel.ts";
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
): Promise<{ report: SecondFileReport; table: Parcel<Table> }> {
  const settings = { ...workspace.currentTable(), nFolds: workspace.nFolds };
  const input = { name: file.name, file: file.blob, settings };
  return workspace.dataWorker.run("readSecond", input, listen(context)).result;
}

/**
 * The second file's own columns with the prediction and, for classes, its probability, as CSV; with a verdict, the words that
 * say what the predictions are worth stand in each row.
 */
export function exportSecondFile(workspace: Workspace, { answers }: ScoredRows, verdict = ""): Promise<Blob> {
  return workspace.dataWorker.run("exportScored", { of: "second", answers, target: workspace.target, verdict }).result;
}
