import { likeliestClasses } from "../metrics/classification.ts";
import type { Task } from "../table/task.ts";

/** The predicted class of each row, or the value to six digits, as text; and the class's probability (none for a value). */
export function predictedRows(task: Task, output: Float64Array): { predicted: string[]; probability: Float64Array } {
  if (task.kind === "regression") {
    const predicted = Array.from(output, (value) => String(Number(value.toPrecision(6))));
    return { predicted, probability: new Float64Array(0) };
  }
  const nClasses = task.classes.length;
  const likeliest = likeliestClasses(output, nClasses);
  return {
    predicted: Array.from(likeliest, (code) => task.classes[code]),
    probability: Float64Array.from(likeliest, (code, row) => output[row * nClasses + code]),
  };
}
