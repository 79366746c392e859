import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { LedgerSampler } from "../evaluate/ledger-report.ts";
import { fitBlockSampler } from "../samplers/blocks.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { fitSequentialTrees } from "../samplers/sequential-trees.ts";
import { fitShuffler } from "../samplers/shuffler.ts";
import type { TrainRows } from "../table/split-rows.ts";

/** The samplers that need no network. */
export function* fitRowSampler(name: Exclude<LedgerSampler, "gan">, train: TrainRows, random: Random): Work<Sampler> {
  switch (name) {
    case "sequential-trees":
      return yield* fitSequentialTrees(train, random);
    case "blocks":
      return fitBlockSampler(train);
    case "shuffler":
      return fitShuffler(train);
  }
}
