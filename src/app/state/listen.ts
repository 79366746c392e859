import type { Progress } from "../../core/progress.ts";
import type { RunContext } from "./job-run.svelte.ts";

/** Options of a worker's job that reports to a run and stops with it. */
export function listen(context: RunContext) {
  const onProgress = ({ stage, done, total, unit = "task" }: Progress) =>
    context.report({ stage, fraction: total > 0 ? done / total : 0, done, total, unit });
  return { signal: context.signal, onProgress };
}
