import type { Random } from "../core/random.ts";
import type { NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";

/** One tensor among the flat parameters. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly [number, number];
  /** Uniform in ± 1/√fanIn for a layer (the width of its input), normal with this deviation, or a constant. */
  readonly start:
    | { readonly fanIn: number }
    | { readonly deviation: number }
    | { readonly constant: number }
    | { readonly values: Float32Array };
}

const layer = (name: string, nInputs: number, nOutputs: number): ParameterShape => ({
  name,
  shape: [nInputs, nOutputs],
  start: { fanIn: nInputs },
});

const row = (name: string, length: number, constant: number): ParameterShape => ({
  name,
  shape: [1, length],
  start: { constant },
});

/** latent → [layer, layer norm] → [layer, layer norm] → scores, and the bias of every level. */
export function generatorShapes(plan: NetworkPlan, { hidden, latentDim }: NetworkShape): ParameterShape[] {
  return [
    layer("weights1", latentDim, hidden),
    row("gain1", hidden, 1),
    row("shift1", hidden, 0),
    layer("weights2", hidden, hidden),
    row("gain2", hidden, 1),
    row("shift2", hidden, 0),
    { name: "weights3", shape: [hidden, plan.nScores], start: { deviation: 0.01 } },
    row("bias3", plan.nScores, 0),
    { name: "levelBias", shape: [1, plan.nLevels], start: { values: plan.logFrequencies } },
  ];
}

/** readouts → layer → layer → one number. The last layer needs no bias: it cancels in the loss. */
export function criticShapes(plan: NetworkPlan, { hidden }: NetworkShape): ParameterShape[] {
  return [
    layer("weights1", plan.nReadouts, hidden),
    { name: "bias1", shape: [1, hidden], start: { fanIn: plan.nReadouts } },
    layer("weights2", hidden, hidden),
    { name: "bias2", shape: [1, hidden], start: { fanIn: hidden } },
    { name: "weights3", shape: [1, hidden], start: { fanIn: hidden } },
  ];
}

export function countParameters(shapes: readonly ParameterShape[]): number {
  return shapes.reduce((sum, { shape }) => sum + shape[0] * shape[1], 0);
}

export function startParameters(shapes: readonly ParameterShape[], random: Random): Float32Array {
  const flat = new Float32Array(countParameters(shapes));
  let offset = 0;
  for (const { name, shape, start } of shapes) {
    const stream = random.split(name);
    const length = shape[0] * shape[1];
    for (let i = 0; i < length; i++) {
      if ("values" in start) flat[offset + i] = start.values[i];
      else if ("constant" in start) flat[offset + i] = start.constant;
      else if ("deviation" in start) flat[offset + i] = start.deviation * stream.normal();
      else flat[offset + i] = (2 * stream.next() - 1) / Math.sqrt(start.fanIn);
    }
    offset += length;
  }
  return flat;
}
