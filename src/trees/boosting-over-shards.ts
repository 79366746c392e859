import type { AsyncWork } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Task } from "../table/task.ts";
import type { GradientBoostingModel } from "./boosting-model.ts";
import { BoostingRun } from "./boosting-run.ts";
import { BoostingShard } from "./boosting-shard.ts";
import type { GradientBoostingParams } from "./gradient-boosting.params.ts";
import { fitAlone } from "./gradient-boosting.ts";
import { growTree } from "./grower.ts";
import type { MarginValues, Shard, ShardCall, ShardData, ShardReply } from "./shard-protocol.ts";
import type { Tree } from "./tree.ts";

/** Below this many cells, messages cost more than they save: per tree of a class, and per level of a tree. */
const MIN_CELLS_BY_MARGIN = 20_000;
const MIN_CELLS_BY_FEATURE = 2_000_000;

/** Every shard's part of the features, dealt out in turn, as data of its own. */
function dealFeatures(data: ShardData, nShards: number, at: number): ShardData {
  const places = data.features.map((_, place) => place).filter((place) => place % nShards === at);
  const nFeatures = data.features.length;
  const bins = new Uint8Array(data.nRows * places.length);
  for (const [to, place] of places.entries())
    for (let row = 0; row < data.nRows; row++) bins[row * places.length + to] = data.bins[row * nFeatures + place];
  return { ...data, bins, features: places.map((place) => data.features[place]) };
}

function treesOf(reply: ShardReply): Extract<ShardReply, { kind: "trees" }> {
  if (reply.kind !== "trees") throw new Error(`a shard answered ${reply.kind} where trees were due`);
  return reply;
}

/** Each shard grows the trees of its margins: one exchange of trees and margins per round. */
async function* fitByMargin(run: BoostingRun, remotes: readonly Shard[]): AsyncWork<GradientBoostingModel> {
  await Promise.all(remotes.map((shard) => shard.call({ kind: "load", data: run.data })));
  const local = new BoostingShard(run.data);
  // The first part, which may be one tree larger, stays here: what is grown elsewhere has to travel too.
  const nShards = 1 + remotes.length;
  let last: readonly (readonly MarginValues[])[] = Array.from({ length: nShards }, () => []);
  while (run.goesOn) {
    yield run.progress;
    const plans = run.planRound();
    const calls = last.map((_, at): ShardCall => {
      const received = last.filter((_, from) => from !== at).flat();
      return { kind: "round", received, plans: plans.filter(({ margin }) => margin % nShards === at) };
    });
    const asked = remotes.map((shard, i) => shard.call(calls[i + 1]));
    const replies = (await Promise.all([local.call(calls[0]), ...asked])).map(treesOf);
    const trees = plans.map(({ margin }): Tree => replies[margin % nShards].trees[Math.floor(margin / nShards)]);
    last = replies.map((reply) => reply.margins);
    for (const { margin, values } of last.flat()) local.margins.receive(margin, values);
    run.keep(trees, local.margins);
  }
  return run.model();
}

/** Each shard sums and searches some of the features: two exchanges per level of a tree. */
async function* fitByFeature(run: BoostingRun, remotes: readonly Shard[]): AsyncWork<GradientBoostingModel> {
  const nShards = remotes.length + 1;
  await Promise.all(remotes.map((shard, at) => shard.call({ kind: "load", data: dealFeatures(run.data, nShards, at) })));
  const local = new BoostingShard(dealFeatures(run.data, nShards, remotes.length));
  const shards = [...remotes, local];
  while (run.goesOn) {
    const [plan] = run.planRound();
    const growth = growTree(run.data.limits, plan, true);
    let step = growth.next();
    while (!step.done) {
      yield run.progress;
      const call = step.value;
      step = growth.next(await Promise.all(shards.map((shard) => shard.call(call))));
    }
    run.keep([step.value], local.margins);
  }
  return run.model();
}

/**
 * `fitGradientBoosting` over this thread and others: the same model byte for byte, whatever their number. Several classes
 * are spread by class, large data with one margin by feature, small data stay here. Yields before every round, or every
 * level of a tree.
 * @throws TrendloomError parameter-invalid
 */
export async function* fitGradientBoostingOver(
  remotes: readonly Shard[],
  train: TrainRows,
  task: Task,
  overrides: Partial<GradientBoostingParams>,
  random: Random,
): AsyncWork<GradientBoostingModel> {
  const run = new BoostingRun(train, task, overrides, random);
  return yield* fitOver(remotes, run);
}

/** The fit of a run, spread as its size asks, or as told. */
export async function* fitOver(
  remotes: readonly Shard[],
  run: BoostingRun,
  spread: "by-size" | "by-margin" | "by-feature" = "by-size",
): AsyncWork<GradientBoostingModel> {
  const nCells = run.data.nRows * run.data.features.length;
  const isByMargin = spread === "by-margin" || (spread === "by-size" && run.nMargins > 1 && nCells >= MIN_CELLS_BY_MARGIN);
  const isByFeature = spread === "by-feature" || (spread === "by-size" && run.nMargins === 1 && nCells >= MIN_CELLS_BY_FEATURE);
  if (isByMargin) return yield* fitByMargin(run, remotes.slice(0, run.nMargins - 1));
  if (isByFeature) return yield* fitByFeature(run, remotes.slice(0, run.data.features.length - 1));
  return yield* fitAlone(run);
}
