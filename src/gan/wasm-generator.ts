import { countOf, type PackedMatrix, someRows, type WasmMath, type WasmMatrix } from "./wasm-math.ts";
import type { WasmNetwork } from "./wasm-network.ts";
import type { Gradients, Moments } from "./wasm-sums.ts";

type Name = "weights1" | "gain1" | "shift1" | "weights2" | "gain2" | "shift2" | "weights3" | "bias3" | "levelBias";

/** The generator's parameters at an address, packed for products after each change. */
export class PackedGenerator {
  readonly parameters: Record<Name, WasmMatrix>;
  readonly weights1: PackedMatrix;
  readonly weights2: PackedMatrix;
  readonly weights2T: PackedMatrix;
  readonly weights3: PackedMatrix;
  readonly weights3T: PackedMatrix;
  /** The levels' biases with padding (1 × nLevels). */
  readonly levelBias: WasmMatrix;

  constructor(
    private readonly math: WasmMath,
    private readonly net: WasmNetwork,
    address: number,
  ) {
    const { hidden, latentDim } = net.shape;
    this.parameters = net.generator.at<Name>(address);
    this.weights1 = math.packed(latentDim, hidden);
    this.weights2 = math.packed(hidden, hidden);
    this.weights2T = math.packed(hidden, hidden);
    this.weights3 = math.packed(hidden, net.nScores);
    this.weights3T = math.packed(net.nScores, hidden);
    this.levelBias = math.matrix(1, net.nLevels);
  }

  pack(isForTraining: boolean): void {
    const { math, net, parameters: p } = this;
    math.pack(p.weights1, this.weights1);
    math.pack(p.weights2, this.weights2);
    math.pack(p.weights3, this.weights3);
    math.run.scaledSum(p.levelBias.address, net.padding.address, 1, this.levelBias.address, net.padding.stride);
    if (!isForTraining) return;
    math.packTransposed(p.weights2, this.weights2T);
    math.packTransposed(p.weights3, this.weights3T);
  }
}

/** A layer as the way back needs it. */
interface NormalisedLayer {
  readonly normal: WasmMatrix;
  readonly inverseDeviation: number;
  readonly output: WasmMatrix;
}

/** Room that passes share, as none of them keeps anything in it. */
export class GeneratorRoom {
  readonly hidden: WasmMatrix;
  readonly dHidden: WasmMatrix;
  readonly scores: WasmMatrix;
  readonly upstream: WasmMatrix;
  readonly dLogits: WasmMatrix;
  readonly dReadouts: WasmMatrix;

  constructor(math: WasmMath, { shape, nScores, nLevels, nReadouts }: WasmNetwork, nRows: number) {
    this.hidden = math.matrix(nRows, shape.hidden);
    this.dHidden = math.matrix(nRows, shape.hidden);
    this.scores = math.matrix(nRows, nScores);
    this.upstream = math.matrix(nRows, nLevels);
    this.dLogits = math.matrix(nRows, nLevels);
    this.dReadouts = math.matrix(nRows, nReadouts);
  }
}

/** What the matching losses say of a batch: the excess of either half's moments, scaled for the other half's gradients. */
export interface MatchingGradients {
  readonly pairs: readonly [PackedMatrix, PackedMatrix];
  readonly levels: readonly [WasmMatrix, WasmMatrix];
}

/**
 * The generator forward and back for some rows of a batch, those of its first half before those of its second; as
 * generator.ts, with the same names.
 */
export class GeneratorPass {
  readonly latent: WasmMatrix;
  /** Gumbel noise to begin with, then relaxed rows. */
  readonly relaxed: WasmMatrix;
  readonly probabilities: WasmMatrix;
  readonly fakeGradient: WasmMatrix;
  private readonly readouts: WasmMatrix;
  private readonly layer1: NormalisedLayer;
  private readonly layer2: NormalisedLayer;

  constructor(
    private readonly math: WasmMath,
    private readonly net: WasmNetwork,
    private readonly room: GeneratorRoom,
    private readonly nRows: number,
    private readonly nFirst: number,
  ) {
    const layer = (): NormalisedLayer => ({
      normal: math.matrix(nRows, net.shape.hidden),
      inverseDeviation: math.floats(nRows),
      output: math.matrix(nRows, net.shape.hidden),
    });
    this.layer1 = layer();
    this.layer2 = layer();
    this.latent = math.matrix(nRows, net.shape.latentDim);
    this.relaxed = math.matrix(nRows, net.nLevels);
    this.probabilities = math.matrix(nRows, net.nLevels);
    this.readouts = math.matrix(nRows, net.nReadouts);
    this.fakeGradient = math.matrix(nRows, net.nReadouts);
  }

  /** Logits of the first `nRows` latent rows, in the place of the probabilities. */
  logits(weights: PackedGenerator, nRows = this.nRows): WasmMatrix {
    const { math, net } = this;
    const { gain1, shift1, gain2, shift2, bias3 } = weights.parameters;
    const cut = (matrix: WasmMatrix) => someRows(matrix, 0, nRows);
    const hidden = cut(this.room.hidden);
    const scores = cut(this.room.scores);
    const logits = cut(this.probabilities);
    math.multiply(cut(this.latent), weights.weights1, hidden);
    this.normalise(hidden, gain1, shift1, this.layer1);
    math.multiply(cut(this.layer1.output), weights.weights2, hidden);
    this.normalise(hidden, gain2, shift2, this.layer2);
    math.multiply(cut(this.layer2.output), weights.weights3, scores);
    math.run.addRow(scores.address, scores.stride, nRows, bias3.address);
    math.multiply(scores, net.tilt, logits);
    math.run.addRow(logits.address, logits.stride, nRows, weights.levelBias.address);
    return logits;
  }

  softmax({ address, stride, nRows }: WasmMatrix): void {
    this.math.run.softmax(address, stride, nRows, this.net.blocks, this.net.nBlocks);
  }

  private normalise(x: WasmMatrix, gain: WasmMatrix, shift: WasmMatrix, layer: NormalisedLayer): void {
    const { run } = this.math;
    const { normal, inverseDeviation, output } = layer;
    run.normalise(
      x.address,
      x.stride,
      x.nRows,
      x.nColumns,
      this.net.hiddenMask.address,
      gain.address,
      shift.address,
      normal.address,
      inverseDeviation,
      output.address,
    );
  }

  /** Relaxed rows and probabilities, with the moments of the latter added to `moments`. */
  forward(weights: PackedGenerator, moments: Moments): void {
    const { math, net, relaxed, probabilities, nRows, nFirst } = this;
    const { run } = math;
    this.logits(weights);
    if (net.losses.adversarial > 0) {
      const count = countOf(relaxed);
      run.scaledSum(relaxed.address, probabilities.address, 2, relaxed.address, count);
      this.softmax(relaxed);
    }
    if (net.losses.marginal === 0 && net.losses.pair === 0) return;
    this.softmax(probabilities);
    math.multiply(probabilities, net.readout, this.readouts);
    for (const [half, from, to] of [
      [0, 0, nFirst],
      [1, nFirst, nRows],
    ] as const) {
      const q = someRows(this.readouts, from, to);
      math.addTransposedProduct(q, q, moments.pairs[half]);
      const p = someRows(probabilities, from, to);
      run.addColumnSums(p.address, p.stride, p.nRows, moments.levels[half].address);
    }
  }

  /** Adds the gradients of all parameters; `fakeGradient` holds that of mean D(fake). */
  backward(weights: PackedGenerator, matching: MatchingGradients | null, gradients: Record<Name, WasmMatrix>): void {
    const { math, net, room } = this;
    const { run } = math;
    const cut = (matrix: WasmMatrix) => someRows(matrix, 0, this.nRows);
    const dLogits = cut(room.dLogits);
    math.kernel.float32(dLogits.address, countOf(dLogits)).fill(0);
    if (net.losses.adversarial > 0) this.addThroughSoftmax(this.fakeGradient, this.relaxed, -2 * net.losses.adversarial, null);
    if (matching) this.addMatching(matching);
    const dScores = cut(room.scores);
    math.multiply(dLogits, net.tiltT, dScores);
    run.addColumnSums(dLogits.address, dLogits.stride, dLogits.nRows, gradients.levelBias.address);
    run.addColumnSums(dScores.address, dScores.stride, dScores.nRows, gradients.bias3.address);
    math.addTransposedProduct(this.layer2.output, dScores, gradients.weights3);
    const dInput = cut(room.dHidden);
    math.multiply(dScores, weights.weights3T, cut(room.hidden));
    this.normaliseBackward(this.layer2, weights.parameters.gain2, gradients.gain2, gradients.shift2);
    math.addTransposedProduct(this.layer1.output, dInput, gradients.weights2);
    math.multiply(dInput, weights.weights2T, cut(room.hidden));
    this.normaliseBackward(this.layer1, weights.parameters.gain1, gradients.gain1, gradients.shift1);
    math.addTransposedProduct(this.latent, dInput, gradients.weights1);
  }

  /** From the gradient of a layer's output, in room.hidden, to that of its input, in room.dHidden. */
  private normaliseBackward(layer: NormalisedLayer, gain: WasmMatrix, dGain: WasmMatrix, dShift: WasmMatrix): void {
    const { run } = this.math;
    const { hidden, dHidden } = this.room;
    const { normal, inverseDeviation, output } = layer;
    run.normaliseBackward(
      hidden.address,
      hidden.stride,
      this.nRows,
      hidden.nColumns,
      this.net.hiddenMask.address,
      gain.address,
      normal.address,
      inverseDeviation,
      output.address,
      dHidden.address,
    );
    run.addColumnProducts(hidden.address, normal.address, hidden.stride, this.nRows, dGain.address);
    run.addColumnSums(hidden.address, hidden.stride, this.nRows, dShift.address);
  }

  private addMatching({ pairs, levels }: MatchingGradients): void {
    const { math, nFirst, nRows } = this;
    const { dReadouts } = this.room;
    math.multiply(someRows(this.readouts, 0, nFirst), pairs[1], someRows(dReadouts, 0, nFirst));
    math.multiply(someRows(this.readouts, nFirst, nRows), pairs[0], someRows(dReadouts, nFirst, nRows));
    this.addThroughSoftmax(someRows(dReadouts, 0, nRows), this.probabilities, 1, levels);
  }

  /** Adds the gradient of the logits, from that of the readouts and, for each half, of the other half's levels. */
  private addThroughSoftmax(
    dReadouts: WasmMatrix,
    p: WasmMatrix,
    scale: number,
    levels: MatchingGradients["levels"] | null,
  ): void {
    const { math, net, nFirst, nRows } = this;
    const { upstream, dLogits } = this.room;
    math.multiply(dReadouts, net.readoutT, someRows(upstream, 0, nRows));
    if (levels) {
      const second = someRows(upstream, nFirst, nRows);
      math.run.addRow(upstream.address, upstream.stride, nFirst, levels[1].address);
      math.run.addRow(second.address, second.stride, nRows - nFirst, levels[0].address);
    }
    math.run.softmaxBackward(p.address, upstream.address, p.stride, nRows, net.blocks, net.nBlocks, scale, dLogits.address);
  }

  /** Readouts of the drawn levels. */
  readDrawn(target: WasmMatrix): void {
    const { net, relaxed, nRows } = this;
    const { address, stride } = net.readoutRows;
    this.math.run.readDrawn(relaxed.address, relaxed.stride, nRows, net.blocks, net.nBlocks, address, stride, target.address);
  }
}

type GeneratorGradients = Record<Name, WasmMatrix>;

/** Views of the generator's part of the gradients. */
export const generatorGradients = (net: WasmNetwork, gradients: Gradients): GeneratorGradients =>
  net.generator.at<Name>(gradients.ofGenerator.address);
