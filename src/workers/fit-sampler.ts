import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { fitBlockSampler } from "../samplers/blocks.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { fitSequentialTrees } from "../samplers/sequential-trees.ts";
import { fitShuffler } from "../samplers/shuffler.ts";
import type { TrainRows } from "../table/split-rows.ts";

/** Samplers that need no network. `floor` is the shuffler. */
export type SamplerName = "sequentialTrees" | "blocks" | "floor";

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
