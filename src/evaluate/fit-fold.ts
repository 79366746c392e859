import type { AsyncWork } from "../core/progress.ts";
import { createRandom } from "../core/random.ts";
import { addSynthetic, onlySynthetic, syntheticTest, type TrainRows } from "../table/split-rows.ts";
import { allRows, concatTables, getColumn, type Table, takeRows } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import { recordFit } from "./fit-record.ts";
import { foldOf, type LearningRows } from "./fold-of.ts";
import type { FoldRequest, FoldResult } from "./fold-result.ts";
import type { FittedModel, Learner } from "./learner.ts";
import { scorePredictions } from "./score-predictions.ts";

export interface FoldJob extends LearningRows {
  readonly learner: Learner;
  readonly request: FoldRequest;
  /** The time in milliseconds. */
  readonly now: () => number;
}

/**
 * Generated rows with the codes of the real table's levels. Rows whose target is missing or of a class that the real
 * table does not hold cannot be scored or learned from, and go.
 */
export function alignSynthetic(table: Table, task: Task, synthetic: Table): Table {
  const aligned = concatTables(takeRows(table, new Int32Array(0)), synthetic);
  const target = getColumn(aligned, task.target);
  const rows = allRows(aligned.nRows).filter((row) =>
    target.kind === "numeric"
      ? !Number.isNaN(target.values[row])
      : target.codes[row] >= 0 && task.kind === "classification" && target.codes[row] < task.classes.length,
  );
  return takeRows(aligned, rows);
}

function trainingRows(train: TrainRows, mode: FoldRequest["mode"], synthetic: Table | null): TrainRows {
  if (mode === "real-only") return train;
  if (!synthetic) throw new Error(`mode ${mode} needs generated rows`);
  return mode === "synthetic-only" ? onlySynthetic(synthetic) : addSynthetic(train, synthetic);
}

/** Names of each model's stream. The first repeat of the GAN's arms has its mode alone, as the models of Predict have. */
function modelStream({ fold, mode, sampler = "gan", repeat = 0 }: FoldRequest, learner: Learner): string[] {
  const own = ["learners", learner.id, `fold ${fold}`, mode];
  if (sampler !== "gan") own.push(sampler);
  if (repeat > 0) own.push(`repeat ${repeat}`);
  return own;
}

function multipleOf(mode: FoldRequest["mode"], nAdded: number, nReal: number): number {
  if (mode === "real-only") return 0;
  return mode === "balanced" ? 1 : Math.max(1, Math.round(nAdded / nReal));
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/**
 * Fits a learner on one fold's training rows (real, real with generated ones added, or generated alone) and scores it on the
 * fold's real held-out rows, on generated rows apart from the training ones, and on both together. The same request
 * on the same table gives the same result, `fitSeconds` aside.
 */
export async function* fitFold(job: FoldJob): AsyncWork<FoldResult> {
  const { table, task, learner, request, now } = job;
  const { fold, mode, sampler = "gan", repeat = 0, synthetic, seed } = request;
  const { train, test, testIndex } = foldOf(job, request);
  const added = synthetic.train && mode !== "real-only" ? alignSynthetic(table, task, synthetic.train) : null;
  const stream = modelStream(request, learner);
  const random = stream.reduce((from, name) => from.split(name), createRandom(seed));
  const seen = trainingRows(train, mode, added);
  const startMs = now();
  const model: FittedModel = yield* learner.fit(seen, task, random);
  const fitSeconds = (now() - startMs) / 1000;
  try {
    const predictions = model.predict(test.table);
    const generated = synthetic.test ? syntheticTest(alignSynthetic(table, task, synthetic.test)).table : null;
    const onGenerated = generated ? model.predict(generated) : null;
    return {
      learner: learner.id,
      fold,
      mode,
      sampler,
      repeat,
      multiple: multipleOf(mode, added?.nRows ?? 0, train.table.nRows),
      device: learner.device.name,
      deviceReason: learner.device.reason,
      fitSeconds,
      facts: model.facts ?? {},
      real: scorePredictions(task, test.table, predictions),
      synthetic: generated && onGenerated && scorePredictions(task, generated, onGenerated),
      mixed:
        generated && onGenerated && scorePredictions(task, concatTables(test.table, generated), joined(predictions, onGenerated)),
      predictions,
      testIndex,
      fit: recordFit(seen, test, { learner: learner.id, fold, mode, seed, stream: stream.join("/") }),
    };
  } finally {
    model.dispose?.();
  }
}
