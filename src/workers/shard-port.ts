import { type ErrorRecord, fromErrorRecord, toErrorRecord } from "../core/errors.ts";
import { BoostingShard } from "../trees/boosting-shard.ts";
import type { Shard, ShardCall, ShardReply } from "../trees/shard-protocol.ts";

type Answer = { readonly reply: ShardReply } | { readonly error: ErrorRecord };

/** The shard at the other end of a port. Answers come in the order of the calls. */
export function portShard(port: MessagePort): Shard {
  const waiting: ((answer: Answer) => void)[] = [];
  port.onmessage = ({ data }: MessageEvent<Answer>) => waiting.shift()?.(data);
  return {
    call: (call) =>
      new Promise<ShardReply>((resolve, reject) => {
        waiting.push((answer) => {
          if ("reply" in answer) resolve(answer.reply);
          else reject(fromErrorRecord(answer.error));
        });
        port.postMessage(call);
      }),
  };
}

/** Answers the calls that come over a port, for as long as this worker lives. */
export function serveShard(port: MessagePort): Promise<never> {
  let shard: BoostingShard | null = null;
  const answer = (call: ShardCall): ShardReply => {
    if (call.kind === "load") {
      shard = new BoostingShard(call.data);
      return { kind: "done" };
    }
    if (!shard) throw new Error(`${call.kind} was asked of a shard without data`);
    return shard.call(call);
  };
  port.onmessage = ({ data }: MessageEvent<ShardCall>) => {
    try {
      port.postMessage({ reply: answer(data) } satisfies Answer);
    } catch (error) {
      port.postMessage({ error: toErrorRecord(error) } satisfies Answer);
    }
  };
  return new Promise(() => {});
}
