import type { LossWeights, NetworkShape } from "./engine.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { criticShapes, generatorShapes } from "./parameters.ts";
import { MIN_FREQUENCY } from "./recipe.ts";
import type { PackedMatrix, WasmMath, WasmMatrix } from "./wasm-math.ts";
import { ParameterLayout } from "./wasm-parameters.ts";

/** What stays the same through a training, in the kernel's memory. */
export interface WasmNetwork {
  readonly shape: NetworkShape;
  readonly losses: LossWeights;
  readonly nLevels: number;
  readonly nScores: number;
  readonly nReadouts: number;
  readonly generator: ParameterLayout;
  readonly critic: ParameterLayout;
  /** Table of softmax blocks (see src/wasm/gan/softmax.ts) and how many there are. */
  readonly blocks: number;
  readonly nBlocks: number;
  readonly tilt: PackedMatrix; // (nScores × nLevels)
  readonly tiltT: PackedMatrix;
  readonly readout: PackedMatrix; // (nLevels × nReadouts)
  readonly readoutT: PackedMatrix;
  /** The readout again, row by row. */
  readonly readoutRows: WasmMatrix;
  readonly padding: WasmMatrix; // (1 × nLevels)
  readonly frequencies: WasmMatrix; // (1 × nLevels)
  /** 1 / max(frequency, 0.001). */
  readonly rarity: WasmMatrix; // (1 × nLevels)
  /** 1 in columns that exist. */
  readonly hiddenMask: WasmMatrix; // (1 × hidden)
  readonly levelMask: WasmMatrix; // (1 × nLevels)
  readonly pairTarget: WasmMatrix; // (nReadouts × nReadouts)
  readonly pairMask: WasmMatrix;
}

/** The groups' maps as whole matrices, block by block along the diagonal. */
function wholeMaps(plan: NetworkPlan): { tilt: Float32Array; readout: Float32Array } {
  const tilt = new Float32Array(plan.nScores * plan.nLevels);
  const readout = new Float32Array(plan.nLevels * plan.nReadouts);
  let [score, level, column] = [0, 0, 0];
  for (const group of plan.groups) {
    for (let s = 0; s < group.nScores; s++)
      tilt.set(group.tilt.subarray(s * group.nLevels, (s + 1) * group.nLevels), (score + s) * plan.nLevels + level);
    for (let k = 0; k < group.nLevels; k++)
      readout.set(group.readout.subarray(k * group.nReadouts, (k + 1) * group.nReadouts), (level + k) * plan.nReadouts + column);
    score += group.nScores;
    level += group.nLevels;
    column += group.nReadouts;
  }
  return { tilt, readout };
}

function transposed(values: Float32Array, nRows: number, nColumns: number): Float32Array {
  return Float32Array.from(values, (_, i) => values[(i % nRows) * nColumns + Math.floor(i / nRows)]);
}

/** For each block its first level, number of levels, first readout and number of readouts. */
function blockTable(plan: NetworkPlan, readout: Float32Array): Int32Array {
  const entries: number[] = [];
  let first = 0;
  for (const { nBlocks, paddedLevels } of plan.groups) {
    for (let block = 0; block < nBlocks; block++) {
      const rows = readout.subarray(first * plan.nReadouts, (first + paddedLevels) * plan.nReadouts);
      let [from, to] = [plan.nReadouts, 0];
      rows.forEach((value, i) => {
        if (value === 0) return;
        from = Math.min(from, i % plan.nReadouts);
        to = Math.max(to, (i % plan.nReadouts) + 1);
      });
      entries.push(first, paddedLevels, from, Math.max(0, to - from));
      first += paddedLevels;
    }
  }
  return Int32Array.from(entries);
}

export function buildNetwork(math: WasmMath, plan: NetworkPlan, shape: NetworkShape, losses: LossWeights): WasmNetwork {
  const { nLevels, nScores, nReadouts } = plan;
  const { tilt, readout } = wholeMaps(plan);
  const table = blockTable(plan, readout);
  const blocks = math.kernel.allocate(4 * table.length);
  math.kernel.int32(blocks, table.length).set(table);
  const row = (values: Float32Array) => math.matrixOf(values, 1, values.length);
  const ones = (length: number) => row(new Float32Array(length).fill(1));
  const square = (values: Float32Array) => math.matrixOf(values, nReadouts, nReadouts);
  return {
    shape,
    losses,
    nLevels,
    nScores,
    nReadouts,
    generator: new ParameterLayout(generatorShapes(plan, shape)),
    critic: new ParameterLayout(criticShapes(plan, shape)),
    blocks,
    nBlocks: table.length / 4,
    tilt: math.packedOf(tilt, nScores, nLevels),
    tiltT: math.packedOf(transposed(tilt, nScores, nLevels), nLevels, nScores),
    readout: math.packedOf(readout, nLevels, nReadouts),
    readoutT: math.packedOf(transposed(readout, nLevels, nReadouts), nReadouts, nLevels),
    readoutRows: math.matrixOf(readout, nLevels, nReadouts),
    padding: row(plan.padding),
    frequencies: row(plan.frequencies),
    rarity: row(plan.frequencies.map((share) => 1 / Math.max(share, MIN_FREQUENCY))),
    hiddenMask: ones(shape.hidden),
    levelMask: ones(nLevels),
    pairTarget: square(plan.pairTarget),
    pairMask: square(plan.pairMask),
  };
}
