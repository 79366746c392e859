import { type ErrorRecord, fromErrorRecord, toErrorRecord } from "../core/errors.ts";
import { Inbox } from "../core/inbox.ts";
import type { GanBatch } from "../gan/engine.ts";
import { BatchShare, type Helpers } from "../gan/wasm-remote.ts";
import { type Partner, type PartSetup, PartTrainer, type SumsKind } from "../gan/wasm-trainer.ts";
import type { GanWeights } from "../gan/weights.types.ts";

type Floats = Float32Array<ArrayBuffer>;

type Call =
  | { readonly kind: "open"; readonly setup: PartSetup; readonly partners: readonly MessagePort[] }
  | { readonly kind: "load"; readonly weights: Omit<GanWeights, "average"> }
  | { readonly kind: "step"; readonly rows: Floats; readonly learningRate: number };
/** Rows come back for the next step's to be written in their place. */
type Answer = { readonly rows: Floats } | { readonly error: ErrorRecord };

interface Swapped {
  readonly kind: SumsKind;
  readonly sums: Floats;
}

/** The thread at the other end of a port. Arrays change hands for good, so that none is new after the first step. */
function portPartner(port: MessagePort): Partner {
  const arrived: Record<SumsKind, Inbox<Floats>> = { moments: new Inbox(), critic: new Inbox(), generator: new Inbox() };
  const spare = new Map<SumsKind, Floats>();
  port.onmessage = ({ data: { kind, sums } }: MessageEvent<Swapped>) => arrived[kind].put(sums);
  return {
    async swap(kind, own) {
      const sums = spare.get(kind) ?? new Float32Array(own.length);
      sums.set(own);
      port.postMessage({ kind, sums } satisfies Swapped, [sums.buffer]);
      const others = await arrived[kind].next();
      spare.set(kind, others);
      return others;
    },
  };
}

/** For each thread the ports to its partners, round by round. The first is the one that opens the training. */
function connect(nThreads: number): MessagePort[][] {
  const ports: MessagePort[][] = Array.from({ length: nThreads }, () => []);
  for (let distance = 1; distance < nThreads; distance *= 2)
    for (let thread = 0; thread < nThreads; thread++) {
      if (thread & distance) continue;
      const { port1, port2 } = new MessageChannel();
      ports[thread].push(port1);
      ports[thread + distance].push(port2);
    }
  return ports;
}

/** The helpers at the other ends of some ports. */
export function portHelpers(ports: readonly MessagePort[]): Helpers {
  const spare: Floats[][] = ports.map(() => []);
  let shares: readonly BatchShare[] = [];
  let failure: unknown = null;
  let onFailure: (error: unknown) => void = () => {};
  ports.forEach((port, i) => {
    port.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("error" in data) {
        failure = fromErrorRecord(data.error);
        onFailure(failure);
      } else if (data.rows.length === shares[i].size) spare[i].push(data.rows);
    };
  });
  return {
    count: ports.length,
    open(setups) {
      shares = setups.map((setup) => new BatchShare(setup));
      const [own, ...others] = connect(ports.length + 1);
      setups.forEach((setup, i) => {
        spare[i] = [];
        ports[i].postMessage({ kind: "open", setup, partners: others[i] } satisfies Call, others[i]);
      });
      return own.map(portPartner);
    },
    load(weights) {
      for (const port of ports) port.postMessage({ kind: "load", weights } satisfies Call);
    },
    begin(batch: GanBatch, learningRate: number) {
      shares.forEach((share, i) => {
        const rows = spare[i].pop() ?? new Float32Array(share.size);
        share.write(batch, rows);
        ports[i].postMessage({ kind: "step", rows, learningRate } satisfies Call, [rows.buffer]);
      });
    },
    guard: (step) =>
      new Promise((resolve, reject) => {
        onFailure = reject;
        if (failure) reject(failure);
        step.then(resolve, reject);
      }),
  };
}

/** Takes the steps that come over a port with its part of each batch, for as long as this worker lives. */
export async function serveGanPart(port: MessagePort): Promise<never> {
  const calls = new Inbox<Call>();
  port.onmessage = ({ data }: MessageEvent<Call>) => calls.put(data);
  let training: { readonly trainer: PartTrainer; readonly share: BatchShare; readonly partners: readonly MessagePort[] } | null =
    null;
  const open = (setup: PartSetup, partners: readonly MessagePort[]) => {
    training?.trainer.dispose();
    for (const partner of training?.partners ?? []) partner.close();
    training = { trainer: new PartTrainer(setup, partners.map(portPartner)), share: new BatchShare(setup), partners };
  };
  const answer = async (call: Call): Promise<void> => {
    if (call.kind === "open") return open(call.setup, call.partners);
    if (!training) throw new Error("a step was asked of a part that is not open");
    const { trainer, share } = training;
    if (call.kind === "load") return trainer.load(call.weights);
    await trainer.step(share.read(call.rows), call.learningRate);
    port.postMessage({ rows: call.rows } satisfies Answer, [call.rows.buffer]);
    trainer.prepare();
  };
  for (;;) {
    try {
      await answer(await calls.next());
    } catch (error) {
      port.postMessage({ error: toErrorRecord(error) } satisfies Answer);
    }
  }
}
