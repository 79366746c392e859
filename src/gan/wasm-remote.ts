import type { GanBatch, LossWeights, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { ganKernel } from "./wasm-kernels.ts";
import { WasmMath } from "./wasm-math.ts";
import { shardBounds, TrainingPart } from "./wasm-part.ts";
import type { Sums } from "./wasm-sums.ts";

/** What a part of a training on another thread is asked for, in this order in every step. */
export interface RemotePart {
  load(setup: PartSetup): Promise<void>;
  /** Parameters and rows of a step; gives the moments. The part goes on with its critic at once. */
  begin(values: Float32Array, batch: GanBatch): Promise<Float32Array>;
  /** Moments of all parts; gives the gradients. */
  finish(moments: Float32Array): Promise<Float32Array>;
}

export interface PartSetup {
  readonly plan: NetworkPlan;
  readonly shape: NetworkShape;
  readonly losses: LossWeights;
  readonly isExact: boolean;
  readonly shards: { readonly from: number; readonly to: number };
}

/** A part as the thread that holds it sees it; see RemotePart. */
export class HostedPart {
  private readonly part: TrainingPart;

  constructor({ plan, shape, losses, isExact, shards }: PartSetup) {
    this.part = new TrainingPart(new WasmMath(ganKernel(isExact)), plan, shape, losses, shards);
  }

  begin(values: Float32Array, batch: GanBatch): Float32Array<ArrayBuffer> {
    const { part } = this;
    this.view(part.values).set(values);
    part.begin(batch);
    return part.isMatching ? this.view(part.moments).slice() : new Float32Array(0);
  }

  /** What can be done while moments travel. */
  criticise(): void {
    this.part.criticise();
  }

  finish(moments: Float32Array): Float32Array<ArrayBuffer> {
    const { part } = this;
    this.view(part.moments).set(moments);
    part.finish();
    return this.view(part.gradients).slice();
  }

  private view({ address, size }: Sums): Float32Array<ArrayBuffer> {
    return this.part.math.kernel.float32(address, size);
  }
}

/** The rows of some shards out of a batch, as a batch of their own. */
export function shareOf(batch: GanBatch, half: number, shards: { readonly from: number; readonly to: number }): GanBatch {
  const bounds = shardBounds(half);
  const [from, to] = [bounds[shards.from], bounds[shards.to]];
  const rows = (source: Float32Array, width: number, starts: readonly number[]) => {
    const target = new Float32Array(starts.length * (to - from) * width);
    starts.forEach((start, i) => {
      target.set(source.subarray((start + from) * width, (start + to) * width), i * (to - from) * width);
    });
    return target;
  };
  const halves = (source: Float32Array) => rows(source, source.length / (2 * half), [0, half]);
  const quarters = (source: Float32Array) => rows(source, source.length / (4 * half), [0, half, 2 * half, 3 * half]);
  return {
    real: halves(batch.real),
    latent: halves(batch.latent),
    gumbel: halves(batch.gumbel),
    masks: [quarters(batch.masks[0]), quarters(batch.masks[1])],
    mix: batch.mix.slice(from, to),
  };
}
