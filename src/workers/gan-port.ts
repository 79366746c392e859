import { type ErrorRecord, fromErrorRecord, toErrorRecord } from "../core/errors.ts";
import type { GanBatch } from "../gan/engine.ts";
import { HostedPart, type PartSetup, type RemotePart } from "../gan/wasm-remote.ts";

type Call =
  | { readonly kind: "load"; readonly setup: PartSetup }
  | { readonly kind: "begin"; readonly values: Float32Array; readonly batch: GanBatch }
  | { readonly kind: "finish"; readonly moments: Float32Array };
type Answer = { readonly reply: Float32Array } | { readonly error: ErrorRecord };

const NOTHING = new Float32Array(0);

/** What of a batch can change hands instead of being copied: it was made for one part alone. */
const buffersOf = ({ real, latent, gumbel, masks, mix }: GanBatch): Transferable[] =>
  [real, latent, gumbel, masks[0], masks[1], mix].map(({ buffer }) => buffer as ArrayBuffer);

/** The part of a training at the other end of a port. Answers come in the order of the calls. */
export function portPart(port: MessagePort): RemotePart {
  const waiting: ((answer: Answer) => void)[] = [];
  port.onmessage = ({ data }: MessageEvent<Answer>) => waiting.shift()?.(data);
  const ask = (call: Call, transfer: Transferable[]) =>
    new Promise<Float32Array>((resolve, reject) => {
      waiting.push((answer) => {
        if ("reply" in answer) resolve(answer.reply);
        else reject(fromErrorRecord(answer.error));
      });
      port.postMessage(call, transfer);
    });
  return {
    load: async (setup) => void (await ask({ kind: "load", setup }, [])),
    begin: (values, batch) => ask({ kind: "begin", values, batch }, [values.buffer as ArrayBuffer, ...buffersOf(batch)]),
    finish: (moments) => ask({ kind: "finish", moments }, [moments.buffer as ArrayBuffer]),
  };
}

/** Computes the part of a training that comes over a port, for as long as this worker lives. */
export function serveGanPart(port: MessagePort): Promise<never> {
  let part: HostedPart | null = null;
  const loaded = (): HostedPart => {
    if (!part) throw new Error("a step was asked of a part that is not loaded");
    return part;
  };
  const reply = (values: Float32Array<ArrayBuffer>) => port.postMessage({ reply: values } satisfies Answer, [values.buffer]);
  const answer = (call: Call): void => {
    if (call.kind === "load") {
      part = new HostedPart(call.setup);
      port.postMessage({ reply: NOTHING } satisfies Answer);
    } else if (call.kind === "begin") {
      reply(loaded().begin(call.values, call.batch));
      loaded().criticise();
    } else reply(loaded().finish(call.moments));
  };
  port.onmessage = ({ data }: MessageEvent<Call>) => {
    try {
      answer(data);
    } catch (error) {
      port.postMessage({ error: toErrorRecord(error) } satisfies Answer);
    }
  };
  return new Promise(() => {});
}
