import { finish } from "../../../src/core/progress.ts";
import { createRandom } from "../../../src/core/random.ts";
import { allRows, type Table } from "../../../src/table/table.ts";
import { fitModel, type KeptModel } from "../../../src/workers/fit-model.ts";
import type { LearningTable } from "../../../src/workers/learn.jobs.ts";
import type { ModelLearner } from "../../../src/workers/model.jobs.ts";
import { mixedTable, mixedTask } from "../trees/explained-models.ts";

export const LEARNERS: readonly ModelLearner[] = ["random-forest", "xgboost"];
export const TARGETS = ["two", "three", "number"] as const;

/** A learning table whose rows stand at 10, 11, … of the open table. */
export function mixedLearning(target: (typeof TARGETS)[number], nRows = 300): LearningTable {
  const table = mixedTable(nRows, createRandom(41));
  return { table, task: mixedTask(table, target), rows: allRows(nRows).map((row) => row + 10) };
}

export const SMALL = { "random-forest": { nTrees: 12 }, xgboost: { nRounds: 8 } } as const;

export function keptModel(learner: ModelLearner, learning: LearningTable, synthetic: Table | null = null): KeptModel {
  return finish(fitModel(learning, { learner, params: SMALL[learner], seed: 3, synthetic }, () => 0)).kept;
}
