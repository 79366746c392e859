import { finishAsync } from "../../../src/core/progress.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { fitFold } from "../../../src/evaluate/fit-fold.ts";
import type { ArmMode, FoldResult, LedgerSampler } from "../../../src/evaluate/fold-result.ts";
import type { Learner, LearnerId } from "../../../src/evaluate/learner.ts";
import { type CategoricalColumn, getColumn, type Table } from "../../../src/table/table.ts";
import { classCodes, type Task, targetValues } from "../../../src/table/task.ts";

const N_LEVELS = 20;
export const N_CLASSES = 3;

export const plantedTask: Task & { kind: "classification" } = {
  kind: "classification",
  target: "y",
  features: ["a", "b"],
  classes: ["p", "q", "r"],
};

const categorical = (name: string, codes: number[], levels: readonly string[]): CategoricalColumn => ({
  kind: "categorical",
  name,
  type: "categorical",
  codes: Int32Array.from(codes),
  levels,
});

/** The class that a cell (a, b) favours: neither a nor b tells it alone. */
export const favoured = (a: number, b: number): number => (a + b) % N_CLASSES;

/** Rows (a, b, y) where y is its cell's favoured class with probability `strength`, else any; strength 0 plants nothing. */
export function plant(nRows: number, strength: number, random: Random, classOf = favoured, nLevels = N_LEVELS): Table {
  const a: number[] = [];
  const b: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < nRows; row++) {
    a.push(random.integer(nLevels));
    b.push(random.integer(nLevels));
    y.push(random.next() < strength ? classOf(a[row], b[row]) : random.integer(N_CLASSES));
  }
  const levels = Array.from({ length: N_LEVELS }, (_, level) => `l${level}`);
  return {
    nRows,
    columns: [categorical("a", a, levels), categorical("b", b, levels), categorical("y", y, plantedTask.classes)],
  };
}

/** Class shares of each cell (a, b), with `pseudoRows` rows spread over the classes: the fewer, the surer of itself. */
export function cellLearner(id: LearnerId, pseudoRows: number): Learner {
  const cellOf = (table: Table, row: number): number => {
    const [a, b] = ["a", "b"].map((name) => getColumn(table, name) as CategoricalColumn);
    return a.codes[row] * N_LEVELS + b.codes[row];
  };
  return {
    id,
    device: { name: "cpu", reason: "toy" },
    *fit(train, task) {
      const counts = new Float64Array(N_LEVELS * N_LEVELS * N_CLASSES).fill(pseudoRows / N_CLASSES);
      const codes = classCodes(train.table, task as typeof plantedTask);
      codes.forEach((code, row) => {
        counts[cellOf(train.table, row) * N_CLASSES + code]++;
      });
      yield { stage: "toy", done: 1, total: 1 };
      return {
        predict: (table) =>
          Float64Array.from({ length: table.nRows * N_CLASSES }, (_, i) => {
            const cell = cellOf(table, Math.floor(i / N_CLASSES)) * N_CLASSES;
            const own = counts.subarray(cell, cell + N_CLASSES);
            return own[i % N_CLASSES] / own.reduce((sum, count) => sum + count, 0);
          }),
      };
    },
  };
}

/** Fits no line, only a mean: for regression. */
export const meanLearner: Learner = {
  id: "softmax",
  device: { name: "cpu", reason: "toy" },
  *fit(train, task) {
    const values = targetValues(train.table, task as Task & { kind: "regression" });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    yield { stage: "toy", done: 1, total: 1 };
    return { predict: (table) => new Float64Array(table.nRows).fill(mean) };
  },
};

export interface ArmPlan {
  readonly mode: ArmMode;
  readonly sampler?: LedgerSampler;
  readonly repeat?: number;
  /** Generated rows for a fold. */
  readonly synthetic?: (nRows: number, random: Random) => Table;
}

/** All folds of a learner, one arm after another. */
export async function runArms(
  table: Table,
  task: Task,
  learner: Learner,
  nFolds: number,
  seed: number,
  arms: readonly ArmPlan[],
): Promise<FoldResult[]> {
  const results: FoldResult[] = [];
  for (const { mode, sampler = "gan", repeat = 0, synthetic } of arms) {
    for (let fold = 0; fold < nFolds; fold++) {
      const random = createRandom(seed).split(`generator ${fold}`).split(`draw ${repeat}`);
      const nTrain = Math.round((table.nRows * (nFolds - 1)) / nFolds);
      const train = synthetic?.(nTrain, random.split("train")) ?? null;
      const test = synthetic?.(table.nRows - nTrain, random.split("test")) ?? null;
      const request = { learner: learner.id, fold, nFolds, seed, quick: false, mode, sampler, repeat };
      const job = { table, task, learner, request: { ...request, synthetic: { train, test } }, now: () => 0 };
      results.push(await finishAsync(fitFold(job)));
    }
  }
  return results;
}
