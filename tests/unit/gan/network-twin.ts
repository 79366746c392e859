import type { GanBatch, NetworkShape } from "../../../src/gan/engine.ts";
import type { NetworkPlan } from "../../../src/gan/network-plan.ts";
import { criticShapes, generatorShapes, type ParameterShape } from "../../../src/gan/parameters.ts";

type Row = Float64Array;
type Matrix = readonly Row[];

/** Flat parameters as one matrix for each name. */
function unpack(shapes: readonly ParameterShape[], flat: Float64Array): Record<string, Matrix> {
  let from = 0;
  return Object.fromEntries(
    shapes.map(({ name, shape: [nRows, nColumns] }) => {
      const matrix = Array.from({ length: nRows }, (_, i) => flat.slice(from + i * nColumns, from + (i + 1) * nColumns));
      from += nRows * nColumns;
      return [name, matrix];
    }),
  );
}

const rowsOf = (values: Float32Array, nColumns: number): Matrix =>
  Array.from({ length: values.length / nColumns }, (_, i) =>
    Float64Array.from(values.subarray(i * nColumns, (i + 1) * nColumns)),
  );

const dot = (a: Row, b: Row): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
const sum = (values: Row): number => values.reduce((total, value) => total + value, 0);
const meanOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;

/** x·W. */
function times(x: Row, weights: Matrix): Row {
  const result = new Float64Array(weights[0].length);
  weights.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) result[j] += x[i] * row[j];
  });
  return result;
}

/** x·Wᵀ. */
const timesTransposed = (x: Row, weights: Matrix): Row => Float64Array.from(weights, (row) => dot(x, row));

const leaky = (x: number): number => (x > 0 ? x : 0.2 * x);

function softmax(logits: Row): Row {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  return powers.map((power) => power / sum(powers));
}

/** What one row of a batch becomes: probabilities of its levels, and the relaxed draw. */
interface MadeRow {
  readonly probabilities: Row;
  readonly relaxed: Row;
}

/** The losses of the generator, each with weight 1. */
export interface GeneratorLosses {
  /** −Σ ⟨slope, relaxed row⟩: its gradient is that of −mean D(fake) passed straight through the draw. */
  readonly straightThrough: number;
  readonly marginal: number;
  readonly pair: number;
}

/**
 * The generator, the critic and their losses once more, in double precision, row by row as the formulas are written: what the
 * engines are checked against.
 */
export class NetworkTwin {
  private readonly half: number;
  private readonly real: Matrix;
  private readonly masks: readonly [Matrix, Matrix];

  constructor(
    private readonly plan: NetworkPlan,
    private readonly shape: NetworkShape,
    private readonly batch: GanBatch,
  ) {
    this.half = shape.batchSize / 2;
    this.real = rowsOf(batch.real, plan.nReadouts);
    this.masks = [rowsOf(batch.masks[0], shape.hidden), rowsOf(batch.masks[1], shape.hidden)];
  }

  /** Layer norm, gain and shift, LeakyReLU. */
  private layer(before: Row, gain: Row, shift: Row): Row {
    const mean = sum(before) / before.length;
    const variance = sum(before.map((x) => (x - mean) ** 2)) / before.length;
    return before.map((x, i) => leaky(((x - mean) / Math.sqrt(variance + 1e-5)) * gain[i] + shift[i]));
  }

  private make(generator: Float64Array): MadeRow[] {
    const { plan, shape, batch } = this;
    const w = unpack(generatorShapes(plan, shape), generator);
    const gumbel = rowsOf(batch.gumbel, plan.nLevels);
    return rowsOf(batch.latent, shape.latentDim).map((latent, row) => {
      const first = this.layer(times(latent, w.weights1), w.gain1[0], w.shift1[0]);
      const second = this.layer(times(first, w.weights2), w.gain2[0], w.shift2[0]);
      const scores = times(second, w.weights3).map((score, i) => score + w.bias3[0][i]);
      const logits = this.tilt(scores).map((logit, k) => logit + w.levelBias[0][k] + plan.padding[k]);
      return {
        probabilities: this.byBlock(logits, softmax),
        relaxed: this.byBlock(
          logits.map((logit, k) => (logit + gumbel[row][k]) / 0.5),
          softmax,
        ),
      };
    });
  }

  private tilt(scores: Row): Row {
    const logits = new Float64Array(this.plan.nLevels);
    let [score, level] = [0, 0];
    for (const { tilt, nScores, nLevels } of this.plan.groups) {
      for (let s = 0; s < nScores; s++)
        for (let k = 0; k < nLevels; k++) logits[level + k] += scores[score + s] * tilt[s * nLevels + k];
      score += nScores;
      level += nLevels;
    }
    return logits;
  }

  private byBlock(levels: Row, change: (block: Row) => Row): Row {
    const result = new Float64Array(levels.length);
    let from = 0;
    for (const { nBlocks, paddedLevels } of this.plan.groups)
      for (let block = 0; block < nBlocks; block++, from += paddedLevels)
        result.set(change(levels.slice(from, from + paddedLevels)), from);
    return result;
  }

  private read(levels: Row): Row {
    const readouts = new Float64Array(this.plan.nReadouts);
    let [level, column] = [0, 0];
    for (const { readout, nLevels, nReadouts } of this.plan.groups) {
      for (let k = 0; k < nLevels; k++)
        for (let r = 0; r < nReadouts; r++) readouts[column + r] += levels[level + k] * readout[k * nReadouts + r];
      level += nLevels;
      column += nReadouts;
    }
    return readouts;
  }

  /** Readouts of the drawn rows: the likeliest level of each block. */
  drawn(generator: Float64Array): Matrix {
    const oneHot = (block: Row) => {
      const drawn = block.indexOf(Math.max(...block));
      return block.map((_, k) => (k === drawn ? 1 : 0));
    };
    return this.make(generator).map(({ relaxed }) => this.read(this.byBlock(relaxed, oneHot)));
  }

  /** `slopes` are those of mean D(fake) at the drawn rows, held fixed. */
  generatorLosses(generator: Float64Array, slopes: Matrix): GeneratorLosses {
    const { plan, half } = this;
    const made = this.make(generator);
    const levelMean = (k: number, from: number) =>
      meanOf(made.slice(from, from + half).map(({ probabilities }) => probabilities[k]));
    let marginal = 0;
    plan.frequencies.forEach((share, k) => {
      marginal += ((levelMean(k, 0) - share) * (levelMean(k, half) - share)) / Math.max(share, 0.001);
    });
    const readouts = made.map(({ probabilities }) => this.read(probabilities));
    let pair = 0;
    for (let a = 0; a < plan.nReadouts; a++)
      for (let b = 0; b < plan.nReadouts; b++) {
        const at = a * plan.nReadouts + b;
        if (plan.pairMask[at] === 0) continue;
        const excess = (from: number) =>
          meanOf(readouts.slice(from, from + half).map((row) => row[a] * row[b])) - plan.pairTarget[at];
        pair += 0.5 * excess(0) * excess(half);
      }
    const straightThrough = -made.reduce((total, { relaxed }, row) => total + dot(slopes[row], this.read(relaxed)), 0);
    return { straightThrough, marginal, pair };
  }

  private hidden(w: Record<string, Matrix>, x: Row, maskRow: number): { before1: Row; before2: Row; after2: Row } {
    const drop = (before: Row, mask: Row) => before.map((value, i) => leaky(value) * mask[i]);
    const before1 = times(x, w.weights1).map((value, i) => value + w.bias1[0][i]);
    const after1 = drop(before1, this.masks[0][maskRow]);
    const before2 = times(after1, w.weights2).map((value, i) => value + w.bias2[0][i]);
    return { before1, before2, after2: drop(before2, this.masks[1][maskRow]) };
  }

  private weights(critic: Float64Array): Record<string, Matrix> {
    return unpack(criticShapes(this.plan, this.shape), critic);
  }

  /** D(x) with the dropout of a row of the masks. */
  score(critic: Float64Array, x: Row, maskRow: number): number {
    const w = this.weights(critic);
    return dot(this.hidden(w, x, maskRow).after2, w.weights3[0]);
  }

  /** ∇D(x). */
  slope(critic: Float64Array, x: Row, maskRow: number): Row {
    return this.slopeAt(this.weights(critic), x, maskRow);
  }

  private slopeAt(w: Record<string, Matrix>, x: Row, maskRow: number): Row {
    const { before1, before2 } = this.hidden(w, x, maskRow);
    const through = (upstream: Row, before: Row, mask: Row) =>
      upstream.map((value, i) => value * (before[i] > 0 ? 1 : 0.2) * mask[i]);
    const upstream2 = through(w.weights3[0], before2, this.masks[1][maskRow]);
    const upstream1 = through(timesTransposed(upstream2, w.weights2), before1, this.masks[0][maskRow]);
    return timesTransposed(upstream1, w.weights1);
  }

  /** Gradients of mean D(fake) by the drawn rows. */
  fakeSlopes(critic: Float64Array, fake: Matrix): Matrix {
    const { batchSize } = this.shape;
    const w = this.weights(critic);
    return fake.map((x, row) => this.slopeAt(w, x, batchSize + row).map((value) => value / batchSize));
  }

  /** Mean D(fake) − mean D(real), the penalty 10 · mean (‖∇D(x̂)‖ − 1)² over mixed rows, and mean D(fake) alone. */
  criticLosses(
    critic: Float64Array,
    fake: Matrix,
  ): { readonly distance: number; readonly penalty: number; readonly fakeScore: number } {
    const { batchSize } = this.shape;
    const w = this.weights(critic);
    const scoreOf = (x: Row, maskRow: number) => dot(this.hidden(w, x, maskRow).after2, w.weights3[0]);
    const fakeScore = meanOf(fake.map((x, row) => scoreOf(x, batchSize + row)));
    const realScore = meanOf(this.real.map((x, row) => scoreOf(x, row)));
    const excess = Array.from(this.batch.mix, (share, row) => {
      const mixed = fake[row].map((value, i) => value + share * (this.real[row][i] - value));
      const slope = this.slopeAt(w, mixed, row);
      return (Math.sqrt(dot(slope, slope) + 1e-12) - 1) ** 2;
    });
    return { distance: fakeScore - realScore, penalty: 10 * meanOf(excess), fakeScore };
  }
}

/** Derivatives of several losses by central differences. */
export function differences<Name extends string>(
  losses: (values: Float64Array) => Record<Name, number>,
  values: Float64Array,
  step = 1e-6,
): Record<Name, Float64Array> {
  const moved = values.slice();
  const gradients = {} as Record<Name, Float64Array>;
  values.forEach((value, i) => {
    moved[i] = value + step;
    const above = losses(moved);
    moved[i] = value - step;
    const below = losses(moved);
    moved[i] = value;
    for (const name of Object.keys(above) as Name[]) {
      gradients[name] ??= new Float64Array(values.length);
      gradients[name][i] = (above[name] - below[name]) / (2 * step);
    }
  });
  return gradients;
}
