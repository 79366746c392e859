import { sizeOf, strideOf, type WasmMath, type WasmMatrix } from "./wasm-math.ts";
import type { WasmNetwork } from "./wasm-network.ts";

/** Matrices one after another in the kernel's memory, to be added up and sent as one. */
export interface Sums {
  readonly address: number;
  /** Floats in all. */
  readonly size: number;
}

/** What the matching losses need of a batch: moments of the readouts and sums of the levels, for each half. */
export interface Moments extends Sums {
  readonly pairs: readonly [WasmMatrix, WasmMatrix]; // (nReadouts × nReadouts)
  readonly levels: readonly [WasmMatrix, WasmMatrix]; // (1 × nLevels)
}

export function makeMoments(math: WasmMath, { nReadouts, nLevels }: WasmNetwork): Moments {
  const shapes = [
    [nReadouts, nReadouts],
    [nReadouts, nReadouts],
    [1, nLevels],
    [1, nLevels],
  ] as const;
  const { address, size, matrices } = place(math, shapes);
  return { address, size, pairs: [matrices[0], matrices[1]], levels: [matrices[2], matrices[3]] };
}

/** Gradients of all parameters, and what the losses need. The gradient of the critic's last layer lacks the scores' part. */
export interface Gradients extends Sums {
  /** Those of the generator; those of the critic with all that follows. Both begin with the parameters' gradients. */
  readonly ofGenerator: Sums;
  readonly ofCritic: Sums;
  /** Sums of the critic's last hidden layer over generated and over real rows (1 × hidden). */
  readonly fakeSum: WasmMatrix;
  readonly realSum: WasmMatrix;
  /** Σ (‖∇D‖ − 1)², in the first column. */
  readonly penalty: WasmMatrix;
}

export function makeGradients(math: WasmMath, { generator, critic, shape }: WasmNetwork): Gradients {
  const shapes = [
    [1, generator.size],
    [1, critic.size],
    [1, shape.hidden],
    [1, shape.hidden],
    [1, 1],
  ] as const;
  const { address, size, matrices } = place(math, shapes);
  const [, second, fakeSum, realSum, penalty] = matrices;
  const ofGenerator = { address, size: generator.size };
  const ofCritic = { address: second.address, size: size - generator.size };
  return { address, size, ofGenerator, ofCritic, fakeSum, realSum, penalty };
}

function place(math: WasmMath, shapes: readonly (readonly [number, number])[]): Sums & { matrices: WasmMatrix[] } {
  const size = shapes.reduce((sum, shape) => sum + sizeOf(...shape), 0);
  const address = math.floats(size);
  let at = address;
  const matrices = shapes.map(([nRows, nColumns]) => {
    const matrix = { address: at, nRows, nColumns, stride: strideOf(nColumns) };
    at += 4 * sizeOf(nRows, nColumns);
    return matrix;
  });
  return { address, size, matrices };
}
