import type { AsyncWork } from "../core/progress.ts";
import { createRandom, type Random } from "../core/random.ts";
import { copyRows, type LeakScores, replayLeak } from "../evaluate/leak-replay.ts";
import { fitNotebookGan } from "../gan/notebook-recipe.ts";
import { trainOnAll } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { LearningTable, ReplayRequest } from "./learn.jobs.ts";
import { treeLearner } from "./tree-learners.ts";

/** The rows that a mistake mixes in: all of them have seen every row of the table. */
async function* addedRows(table: Table, request: ReplayRequest, random: Random): AsyncWork<Table> {
  switch (request.mistake) {
    case "duplicates-before-split":
      return copyRows(table, 2);
    case "notebook-recipe": {
      const sampler = yield* fitNotebookGan(trainOnAll(table), request.recipe.nSteps, random.split("gan"));
      return (await sampler.sample(request.recipe.nRows, [], random.split("rows"))).table;
    }
    case "our-gan-before-split":
      if (!request.rows) throw new Error("our-gan-before-split needs the generator's rows");
      return request.rows;
  }
}

/** One leak replay: makes the rows to mix in, then trains and scores as such an analysis does. */
export async function* makeLeak({ table, task }: LearningTable, request: ReplayRequest): AsyncWork<LeakScores> {
  const random = createRandom(request.seed).split("leak replay").split(request.mistake);
  const added = yield* addedRows(table, request, random);
  const learner = treeLearner(request.learner, request.params);
  return yield* replayLeak({ table, task, added, learner, random });
}
