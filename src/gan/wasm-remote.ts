import type { GanBatch, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { shardBounds } from "./wasm-part.ts";
import type { Partner, PartSetup } from "./wasm-trainer.ts";
import type { GanWeights } from "./weights.types.ts";

/** Other threads that share the steps of a training, each with a PartTrainer of its own. */
export interface Helpers {
  readonly count: number;
  /** A training from its start, with a setup for each helper; gives the partners of the asking thread. */
  open(setups: readonly PartSetup[]): Partner[];
  load(weights: Omit<GanWeights, "average">): void;
  /** Hands out the rows of a step. The batch is copied at once. */
  begin(batch: GanBatch, learningRate: number): void;
  /** What comes of a step, unless a helper fails before. */
  guard<Result>(step: Promise<Result>): Promise<Result>;
}

/** The rows of some shards out of a batch, one after another in a single array: what their thread is sent. */
export class BatchShare {
  readonly size: number;
  private readonly widths: readonly { readonly width: number; readonly nHalves: number }[];
  private readonly from: number;
  private readonly nRows: number;
  private readonly half: number;

  constructor({ plan, shape, shards }: { plan: NetworkPlan; shape: NetworkShape; shards: PartSetup["shards"] }) {
    this.half = shape.batchSize / 2;
    const bounds = shardBounds(this.half);
    this.from = bounds[shards.from];
    this.nRows = bounds[shards.to] - this.from;
    this.widths = [
      { width: plan.nReadouts, nHalves: 2 },
      { width: shape.latentDim, nHalves: 2 },
      { width: plan.nLevels, nHalves: 2 },
      { width: shape.hidden, nHalves: 4 },
      { width: shape.hidden, nHalves: 4 },
      { width: 1, nHalves: 1 },
    ];
    this.size = this.widths.reduce((sum, { width, nHalves }) => sum + nHalves * this.nRows * width, 0);
  }

  write({ real, latent, gumbel, masks, mix }: GanBatch, target: Float32Array): void {
    const { from, nRows, half } = this;
    let at = 0;
    [real, latent, gumbel, ...masks, mix].forEach((source, i) => {
      const { width, nHalves } = this.widths[i];
      for (let h = 0; h < nHalves; h++) {
        const start = (h * half + from) * width;
        target.set(source.subarray(start, start + nRows * width), at);
        at += nRows * width;
      }
    });
  }

  /** A batch of these rows alone, as views of the array. */
  read(source: Float32Array): GanBatch {
    let at = 0;
    const [real, latent, gumbel, first, second, mix] = this.widths.map(({ width, nHalves }) => {
      const from = at;
      at += nHalves * this.nRows * width;
      return source.subarray(from, at);
    });
    return { real, latent, gumbel, masks: [first, second], mix };
  }
}
