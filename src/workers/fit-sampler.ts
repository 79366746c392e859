import type { AsyncWork, Work } from "../core/progress.ts";
import { createRandom, type Random } from "../core/random.ts";
import { foldOf, type LearningRows } from "../evaluate/fold-of.ts";
import { fitBlockSampler } from "../samplers/blocks.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { fitSequentialTrees } from "../samplers/sequential-trees.ts";
import { fitShuffler } from "../samplers/shuffler.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { LearnJobs, SamplerName } from "./learn.jobs.ts";

/** A sampler fitted on training rows. */
export function* fitSampler(name: SamplerName, train: TrainRows, random: Random): Work<Sampler> {
  switch (name) {
    case "sequentialTrees":
      return yield* fitSequentialTrees(train, random);
    case "blocks":
      return fitBlockSampler(train);
    case "floor":
      return fitShuffler(train);
  }
}

/** Rows to hand out: the sampler is fitted on the fold's training rows. @throws TrendloomError condition-impossible */
export async function* sampleRows(
  learning: LearningRows,
  { sampler: name, nRows, conditions, ...choice }: LearnJobs["sampleRows"]["input"],
): AsyncWork<Table> {
  const random = createRandom(choice.seed).split(`sampler ${name}`);
  const sampler = yield* fitSampler(name, foldOf(learning, choice).train, random.split("fit"));
  return (await sampler.sample(nRows, conditions, random.split("rows"))).table;
}
