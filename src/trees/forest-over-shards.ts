import type { AsyncWork } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Task } from "../table/task.ts";
import { type ForestPlan, planForest } from "./forest-plan.ts";
import { type ForestShard, growTrees } from "./forest-shard.ts";
import type { RandomForestParams } from "./random-forest.params.ts";
import { assembleForest, type RandomForestModel } from "./random-forest.ts";

/** `growTrees` on another thread. */
export type GrowTreesRemotely = (plan: ForestPlan, from: number, to: number) => Promise<ForestShard>;

/**
 * `fitRandomForest` over this thread and others, an equal share of the trees on each: the same model byte for byte,
 * whatever their number. Yields before every tree of its own share.
 * @throws TrendloomError parameter-invalid, engine-unavailable (no WebAssembly SIMD)
 */
export async function* fitRandomForestOver(
  remotes: readonly GrowTreesRemotely[],
  train: TrainRows,
  task: Task,
  overrides: Partial<RandomForestParams>,
  random: Random,
): AsyncWork<RandomForestModel> {
  const { mapper, plan } = planForest(train, task, overrides, random);
  const nTrees = plan.treeSeeds.length / 4;
  const end = (share: number) => Math.floor((nTrees * share) / (remotes.length + 1));
  const theirs = Promise.all(remotes.map((grow, at) => grow(plan, end(at), end(at + 1))));
  // Awaited below; until then a failure must not count as unheard.
  theirs.catch(() => {});
  const own = yield* growTrees(plan, end(remotes.length), nTrees);
  return assembleForest(mapper, plan, [...(await theirs), own]);
}
