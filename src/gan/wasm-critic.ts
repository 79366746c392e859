import { PENALTY_WEIGHT } from "./recipe.ts";
import { countOf, type PackedMatrix, someRows, type WasmMath, type WasmMatrix } from "./wasm-math.ts";
import type { WasmNetwork } from "./wasm-network.ts";
import type { Gradients } from "./wasm-sums.ts";

type Name = "weights1" | "bias1" | "weights2" | "bias2" | "weights3";

/** The critic's parameters at an address, packed for products after each change. */
export class PackedCritic {
  readonly parameters: Record<Name, WasmMatrix>;
  readonly weights1: PackedMatrix;
  readonly weights1T: PackedMatrix;
  readonly weights2: PackedMatrix;
  readonly weights2T: PackedMatrix;

  constructor(
    private readonly math: WasmMath,
    { critic, shape, nReadouts }: WasmNetwork,
    address: number,
  ) {
    this.parameters = critic.at<Name>(address);
    this.weights1 = math.packed(nReadouts, shape.hidden);
    this.weights1T = math.packed(shape.hidden, nReadouts);
    this.weights2 = math.packed(shape.hidden, shape.hidden);
    this.weights2T = math.packed(shape.hidden, shape.hidden);
  }

  pack(): void {
    const { weights1, weights2 } = this.parameters;
    this.math.pack(weights1, this.weights1);
    this.math.packTransposed(weights1, this.weights1T);
    this.math.pack(weights2, this.weights2);
    this.math.packTransposed(weights2, this.weights2T);
  }
}

/** Rows of a batch for the critic, and how to fetch them: each call writes into a matrix of the kernel. */
export interface CriticRows {
  readonly nRows: number;
  /** Rows that are mixed: the first ones. */
  readonly nMixed: number;
  real(target: WasmMatrix): void;
  fake(target: WasmMatrix): void;
  /** Dropout mask of layer 0 or 1 for real rows or generated ones. */
  mask(layer: 0 | 1, kind: "real" | "fake", target: WasmMatrix): void;
  /** Shares of the real rows in the mixed ones. */
  mix(address: number): void;
  /** Where the gradient of mean D(fake) by the generated rows goes. */
  readonly fakeGradient: WasmMatrix;
}

/**
 * The critic's loss and gradients for some rows of a batch; as critic.ts and gradient-penalty.ts, with the same names. Real
 * rows, generated rows and those of the penalty stand below one another, so that each gradient of a layer is one product.
 */
export class CriticPass {
  private readonly inputs1: WasmMatrix; // rows, then the penalty's dGradient
  private readonly upstream1: WasmMatrix;
  private readonly inputs2: WasmMatrix;
  private readonly upstream2: WasmMatrix;
  private readonly before1: WasmMatrix;
  private readonly before2: WasmMatrix;
  private readonly slope1: WasmMatrix;
  private readonly slope2: WasmMatrix;
  private readonly mixed: WasmMatrix;
  private readonly after: WasmMatrix;
  private readonly mixedSlope1: WasmMatrix;
  private readonly mixedSlope2: WasmMatrix;
  private readonly shares: number;

  constructor(
    private readonly math: WasmMath,
    private readonly net: WasmNetwork,
    maxRows: number,
    maxMixed: number,
  ) {
    const { hidden } = net.shape;
    const all = 2 * maxRows + maxMixed;
    this.inputs1 = math.matrix(all, net.nReadouts);
    [this.upstream1, this.inputs2, this.upstream2] = [all, all, all].map((n) => math.matrix(n, hidden));
    [this.before1, this.before2, this.slope1, this.slope2] = Array.from({ length: 4 }, () => math.matrix(2 * maxRows, hidden));
    [this.mixed, this.after, this.mixedSlope1, this.mixedSlope2] = Array.from({ length: 4 }, () => math.matrix(maxMixed, hidden));
    this.shares = math.floats(maxMixed);
  }

  /** Adds the gradients and sums of these rows. */
  run(weights: PackedCritic, rows: CriticRows, gradients: Gradients): void {
    const parts = this.net.critic.at<Name>(gradients.ofCritic.address);
    this.scoreRows(weights, rows, gradients, parts);
    this.penalise(weights, rows, gradients, parts);
    const n = 2 * rows.nRows + rows.nMixed;
    const cut = (matrix: WasmMatrix) => someRows(matrix, 0, n);
    this.math.addTransposedProduct(cut(this.inputs1), cut(this.upstream1), parts.weights1);
    this.math.addTransposedProduct(cut(this.inputs2), cut(this.upstream2), parts.weights2);
  }

  private scoreRows(weights: PackedCritic, rows: CriticRows, gradients: Gradients, parts: Record<Name, WasmMatrix>): void {
    const { math } = this;
    const { run } = math;
    const { nRows } = rows;
    const { batchSize } = this.net.shape;
    const { bias1, bias2, weights3 } = weights.parameters;
    const both = (matrix: WasmMatrix) => someRows(matrix, 0, 2 * nRows);
    const real = (matrix: WasmMatrix) => someRows(matrix, 0, nRows);
    const fake = (matrix: WasmMatrix) => someRows(matrix, nRows, 2 * nRows);
    rows.real(real(this.inputs1));
    rows.fake(fake(this.inputs1));
    for (const [layer, slope] of [
      [0, this.slope1],
      [1, this.slope2],
    ] as const) {
      rows.mask(layer, "real", real(slope));
      rows.mask(layer, "fake", fake(slope));
    }
    const count = countOf(both(this.before1));
    this.affine(both(this.inputs1), weights.weights1, bias1, both(this.before1));
    run.dropLeaky(this.before1.address, this.slope1.address, this.inputs2.address, count);
    this.affine(both(this.inputs2), weights.weights2, bias2, both(this.before2));
    const [upReal, upFake] = [real(this.upstream2), fake(this.upstream2)];
    run.dropLeaky(this.before2.address, this.slope2.address, this.upstream2.address, count);
    run.addColumnSums(upReal.address, upReal.stride, nRows, gradients.realSum.address);
    run.addColumnSums(upFake.address, upFake.stride, nRows, gradients.fakeSum.address);
    run.spread(weights3.address, real(this.slope2).address, upReal.stride, nRows, -1 / batchSize, upReal.address);
    run.spread(weights3.address, fake(this.slope2).address, upFake.stride, nRows, 1 / batchSize, upFake.address);
    const up1 = both(this.upstream1);
    math.multiply(both(this.upstream2), weights.weights2T, up1);
    run.product(up1.address, this.slope1.address, 1, up1.address, count);
    run.addColumnSums(up1.address, up1.stride, up1.nRows, parts.bias1.address);
    run.addColumnSums(upReal.address, upReal.stride, 2 * nRows, parts.bias2.address);
    math.multiply(fake(this.upstream1), weights.weights1T, rows.fakeGradient);
  }

  private penalise(weights: PackedCritic, rows: CriticRows, gradients: Gradients, parts: Record<Name, WasmMatrix>): void {
    const { math, before1 } = this;
    const { run } = math;
    const { nRows, nMixed } = rows;
    const { bias2, weights3 } = weights.parameters;
    const cut = (matrix: WasmMatrix) => someRows(matrix, 0, nMixed);
    const tail = (matrix: WasmMatrix) => someRows(matrix, 2 * nRows, 2 * nRows + nMixed);
    const [mixed, after, slope1, slope2] = [this.mixed, this.after, this.mixedSlope1, this.mixedSlope2].map(cut);
    const [a1, a2, dGradient, dInner] = [this.upstream1, this.upstream2, this.inputs1, this.inputs2].map(tail);
    const count = countOf(mixed);
    rows.mix(this.shares);
    rows.mask(0, "real", slope1);
    rows.mask(1, "real", slope2);
    const fakeBefore = someRows(before1, nRows, nRows + nMixed);
    run.mixRows(before1.address, fakeBefore.address, this.shares, mixed.stride, nMixed, mixed.address);
    run.dropLeaky(mixed.address, slope1.address, after.address, count);
    this.affine(after, weights.weights2, bias2, mixed);
    run.dropLeaky(mixed.address, slope2.address, after.address, count);
    run.spread(weights3.address, slope2.address, a2.stride, nMixed, 1, a2.address);
    math.multiply(a2, weights.weights2T, a1);
    run.product(a1.address, slope1.address, 1, a1.address, count);
    math.multiply(a1, weights.weights1T, dGradient);
    const scale = (2 * PENALTY_WEIGHT) / (this.net.shape.batchSize / 2);
    const squares = run.penalise(dGradient.address, dGradient.stride, nMixed, scale);
    math.kernel.float32(gradients.penalty.address, 1)[0] += Math.fround(squares);
    math.multiply(dGradient, weights.weights1, dInner);
    run.product(dInner.address, slope1.address, 1, dInner.address, count);
    math.multiply(dInner, weights.weights2, after);
    run.addColumnProducts(after.address, slope2.address, after.stride, nMixed, parts.weights3.address);
  }

  private affine(x: WasmMatrix, weights: PackedMatrix, bias: WasmMatrix, target: WasmMatrix): void {
    this.math.multiply(x, weights, target);
    this.math.run.addRow(target.address, target.stride, target.nRows, bias.address);
  }
}

/**
 * Completes the gradient of the critic's last layer once all rows are in; gives the critic's loss and mean D(fake).
 * The last layer is linear: mean scores are its products with mean inputs.
 */
export function finishCritic(
  math: WasmMath,
  net: WasmNetwork,
  weights: PackedCritic,
  gradients: Gradients,
): { loss: number; fakeScore: number } {
  const { batchSize, hidden } = net.shape;
  const { fakeSum, realSum, penalty } = gradients;
  const scoresOf = (sum: WasmMatrix) => math.run.dot(sum.address, weights.parameters.weights3.address, sum.stride) / batchSize;
  const [fakeScore, realScore] = [scoresOf(fakeSum), scoresOf(realSum)];
  const gradient = math.kernel.float32(net.critic.at<Name>(gradients.ofCritic.address).weights3.address, hidden);
  const [fake, real] = [fakeSum, realSum].map(({ address }) => math.kernel.float32(address, hidden));
  for (let i = 0; i < hidden; i++) gradient[i] += (fake[i] - real[i]) / batchSize;
  const squares = math.kernel.float32(penalty.address, 1)[0];
  return { loss: fakeScore - realScore + (PENALTY_WEIGHT * squares) / (batchSize / 2), fakeScore };
}
