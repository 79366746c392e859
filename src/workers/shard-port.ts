import { type ErrorRecord, fromErrorRecord, toErrorRecord } from "../core/errors.ts";
import { finish } from "../core/progress.ts";
import { BoostingShard } from "../trees/boosting-shard.ts";
import type { GrowTreesRemotely } from "../trees/forest-over-shards.ts";
import type { ForestPlan } from "../trees/forest-plan.ts";
import { type ForestShard, growTrees } from "../trees/forest-shard.ts";
import type { Shard, ShardCall, ShardReply } from "../trees/shard-protocol.ts";

/** Boosting asks its shard step by step, a forest once. */
interface ForestCall {
  readonly kind: "growTrees";
  readonly plan: ForestPlan;
  readonly from: number;
  readonly to: number;
}
type Reply = ShardReply | ForestShard;
type Answer = { readonly reply: Reply } | { readonly error: ErrorRecord };

/** A thread that grows trees for a fit on another one, of a forest or of boosting. */
export interface TreeThread extends Shard {
  readonly growTrees: GrowTreesRemotely;
}

/** The thread at the other end of a port. Answers come in the order of the calls. */
export function portShard(port: MessagePort): TreeThread {
  const waiting: ((answer: Answer) => void)[] = [];
  port.onmessage = ({ data }: MessageEvent<Answer>) => waiting.shift()?.(data);
  const ask = (call: ShardCall | ForestCall) =>
    new Promise<Reply>((resolve, reject) => {
      waiting.push((answer) => {
        if ("reply" in answer) resolve(answer.reply);
        else reject(fromErrorRecord(answer.error));
      });
      port.postMessage(call);
    });
  return {
    call: (call) => ask(call) as Promise<ShardReply>,
    growTrees: (plan, from, to) => ask({ kind: "growTrees", plan, from, to }) as Promise<ForestShard>,
  };
}

/** What of a reply can change hands instead of being copied: margins are copied for the reply alone. */
const buffersOf = (reply: Reply): Transferable[] =>
  "kind" in reply && reply.kind === "trees" ? reply.margins.map(({ values }) => values.buffer as ArrayBuffer) : [];

/** Answers the calls that come over a port, for as long as this worker lives. */
export function serveShard(port: MessagePort): Promise<never> {
  let shard: BoostingShard | null = null;
  const answer = (call: ShardCall | ForestCall): Reply => {
    if (call.kind === "growTrees") return finish(growTrees(call.plan, call.from, call.to));
    if (call.kind === "load") {
      shard = new BoostingShard(call.data);
      return { kind: "done" };
    }
    if (!shard) throw new Error(`${call.kind} was asked of a shard without data`);
    return shard.call(call);
  };
  port.onmessage = ({ data }: MessageEvent<ShardCall | ForestCall>) => {
    try {
      const reply = answer(data);
      port.postMessage({ reply } satisfies Answer, buffersOf(reply));
    } catch (error) {
      port.postMessage({ error: toErrorRecord(error) } satisfies Answer);
    }
  };
  return new Promise(() => {});
}
