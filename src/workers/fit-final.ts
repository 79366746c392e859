import type { AsyncWork } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { Learner } from "../evaluate/learner.ts";
import { addSynthetic, trainOnAll } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { FinalModelReport, LearningTable } from "./learn.jobs.ts";

/** Position of the largest of `width` values from `at` on; the first of equals. */
function argMax(values: Float64Array, at: number, width: number): number {
  let best = 0;
  for (let i = 1; i < width; i++) if (values[at + i] > values[at + best]) best = i;
  return best;
}

/** The model for use: fitted on all real and all generated rows, with its answer for every real row. Never a score. */
export async function* fitFinal(
  { table, task, rows }: LearningTable,
  learner: Learner,
  synthetic: Table,
  random: Random,
  now: () => number,
): AsyncWork<FinalModelReport> {
  const startMs = now();
  const model = yield* learner.fit(addSynthetic(trainOnAll(table), synthetic), task, random.split("final").split(learner.id));
  const fitSeconds = (now() - startMs) / 1000;
  const output = model.predict(table);
  const facts = { learner: learner.id, nReal: table.nRows, nSynthetic: synthetic.nRows, fitSeconds, rows };
  if (task.kind === "regression") {
    return {
      ...facts,
      predicted: Array.from(output, (value) => String(Number(value.toPrecision(6)))),
      probability: new Float64Array(0),
    };
  }
  const nClasses = task.classes.length;
  const best = Array.from({ length: table.nRows }, (_, row) => argMax(output, row * nClasses, nClasses));
  return {
    ...facts,
    predicted: best.map((code) => task.classes[code]),
    probability: Float64Array.from(best, (code, row) => output[row * nClasses + code]),
  };
}
