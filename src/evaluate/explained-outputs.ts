import type { Task } from "../table/task.ts";

/** One output that is explained, and where it stands in a row of predictions. */
export interface ExplainedOutput {
  readonly name: string;
  readonly column: number;
  /** Predictions per row. */
  readonly width: number;
}

/** Every class; of two classes the second alone, as the first mirrors it; a numeric target under its own name. */
export function explainedOutputs(task: Task): readonly ExplainedOutput[] {
  if (task.kind === "regression") return [{ name: task.target, column: 0, width: 1 }];
  const { classes } = task;
  const all = classes.map((name, column) => ({ name, column, width: classes.length }));
  return classes.length === 2 ? all.slice(1) : all;
}
