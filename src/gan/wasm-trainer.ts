import type { GanBatch, GanLosses, LossWeights, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { ADAM, WEIGHT_DECAY } from "./recipe.ts";
import { finishCritic } from "./wasm-critic.ts";
import { ganKernel } from "./wasm-kernels.ts";
import { WasmMath } from "./wasm-math.ts";
import type { ParameterLayout } from "./wasm-parameters.ts";
import { TrainingPart } from "./wasm-part.ts";
import type { Sums } from "./wasm-sums.ts";
import type { AdamState, GanWeights } from "./weights.types.ts";

/** What a thread must know to take part in a training; `shards` are those that it computes. */
export interface PartSetup {
  readonly plan: NetworkPlan;
  readonly shape: NetworkShape;
  readonly losses: LossWeights;
  readonly isExact: boolean;
  readonly shards: { readonly from: number; readonly to: number };
}

/** The sums that threads swap in a step, in the order in which they are ready. */
export type SumsKind = "moments" | "critic" | "generator";

/** Another thread that takes the same steps at the same time with another part of each batch. */
export interface Partner {
  /** Hands over sums and gives the partner's of that kind, which stay as they are until the next swap of them. */
  swap(kind: SumsKind, own: Float32Array): Promise<Float32Array>;
}

/**
 * Takes the steps of a training with a part of each batch. Every thread adds up the sums of all in the same order and updates
 * its own copy of the parameters, so that these never travel. Partners stand in rounds: the first computes the other half of a
 * pair of parts, the second the other pair's, and so on; what is swapped in a round is the total of the rounds before.
 */
export class PartTrainer {
  readonly math: WasmMath;
  readonly part: TrainingPart;
  private readonly moment1: number;
  private readonly moment2: number;
  private readonly received: number;
  private nSteps = 0;
  private isPrepared = false;
  private isStepping = false;

  constructor(
    { plan, shape, losses, isExact, shards }: PartSetup,
    private readonly partners: readonly Partner[],
  ) {
    this.math = new WasmMath(ganKernel(isExact));
    this.part = new TrainingPart(this.math, plan, shape, losses, shards);
    const { values, gradients, moments } = this.part;
    [this.moment1, this.moment2] = [values.size, values.size].map((size) => this.math.floats(size));
    this.received = partners.length > 0 ? this.math.floats(Math.max(moments.size, gradients.size)) : 0;
  }

  /** What of the next step needs no batch, for a thread that waits for one. */
  prepare(): void {
    if (!this.isPrepared) this.part.generator.pack(true);
    this.isPrepared = true;
  }

  /** Gives the losses of the whole batch. What travels does so while something else is computed. */
  async step(batch: GanBatch, learningRate: number): Promise<GanLosses> {
    const { math, part } = this;
    const { net, gradients } = part;
    const { adversarial, marginal, pair } = net.losses;
    this.isStepping = true;
    this.prepare();
    part.begin(batch);
    const moments = part.isMatching ? this.addUp("moments", part.moments) : null;
    part.criticise();
    const ofCritic = adversarial > 0 ? this.addUp("critic", gradients.ofCritic) : null;
    await moments;
    const matching = part.finish();
    const ofGenerator = this.addUp("generator", gradients.ofGenerator);
    this.nSteps++;
    await ofCritic;
    let critic = { loss: 0, fakeScore: 0 };
    if (adversarial > 0) {
      critic = finishCritic(math, net, part.critic, gradients);
      this.update(net.critic, gradients.ofCritic, net.generator.size, learningRate, 0);
      part.critic.pack();
    }
    await ofGenerator;
    this.update(net.generator, gradients.ofGenerator, 0, learningRate, WEIGHT_DECAY);
    this.isPrepared = false;
    this.isStepping = false;
    const generator = marginal * matching.marginal + pair * matching.pair - adversarial * critic.fakeScore;
    return { critic: critic.loss, generator, ...matching };
  }

  private async addUp(kind: SumsKind, { address, size }: Sums): Promise<void> {
    const { kernel, run } = this.math;
    for (const partner of this.partners) {
      const others = await partner.swap(kind, kernel.float32(address, size));
      kernel.float32(this.received, size).set(others);
      run.addTo(address, this.received, size);
    }
  }

  /** Adam over the parameters of a layout that begin `offset` floats behind the first. */
  private update({ size }: ParameterLayout, gradient: Sums, offset: number, learningRate: number, weightDecay: number): void {
    const correction2 = Math.sqrt(1 - ADAM.beta2 ** this.nSteps);
    const rate = (learningRate * correction2) / (1 - ADAM.beta1 ** this.nSteps);
    const [values, moment1, moment2] = [this.part.values.address, this.moment1, this.moment2].map((from) => from + 4 * offset);
    this.math.run.adam(values, gradient.address, moment1, moment2, size, rate, ADAM.epsilon * correction2, weightDecay);
  }

  /** The parameters and, of `checkpoint`s, the state of Adam. */
  save(): Pick<GanWeights, "generator" | "critic"> {
    return this.read(this.part.values.address);
  }

  saveAdam(): { generator: AdamState; critic: AdamState } {
    const [first, second] = [this.read(this.moment1), this.read(this.moment2)];
    const stateOf = (name: "generator" | "critic"): AdamState => ({
      moment1: first[name],
      moment2: second[name],
      nSteps: this.nSteps,
    });
    return { generator: stateOf("generator"), critic: stateOf("critic") };
  }

  /** Takes over parameters, and the state of Adam where they come with one; else its moments are forgotten. */
  load({ generator, critic, optimiser }: Omit<GanWeights, "average">): void {
    this.write(this.part.values.address, generator, critic);
    this.part.critic.pack();
    this.isPrepared = false;
    for (const moment of [this.moment1, this.moment2]) this.math.kernel.float32(moment, this.part.values.size).fill(0);
    this.nSteps = optimiser?.generator.nSteps ?? 0;
    if (!optimiser) return;
    this.write(this.moment1, optimiser.generator.moment1, optimiser.critic.moment1);
    this.write(this.moment2, optimiser.generator.moment2, optimiser.critic.moment2);
  }

  private read(address: number): { generator: Float32Array; critic: Float32Array } {
    const { generator, critic } = this.part.net;
    return { generator: generator.read(this.math, address), critic: critic.read(this.math, address + 4 * generator.size) };
  }

  private write(address: number, ofGenerator: Float32Array, ofCritic: Float32Array): void {
    const { generator, critic } = this.part.net;
    generator.write(this.math, address, ofGenerator);
    critic.write(this.math, address + 4 * generator.size, ofCritic);
  }

  /** A step that waits in vain for a partner may go on all the same: it keeps its memory. */
  dispose(): void {
    if (!this.isStepping) this.math.kernel.release();
  }
}
