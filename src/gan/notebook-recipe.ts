import { exp } from "../core/exp-log.ts";
import type { Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { conditionImpossible } from "../samplers/conditions.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Column } from "../table/table.ts";
import { adamStep, addGradients, createDense, type Dense, forward, passBelow } from "./plain-network.ts";

const LATENT = 32;
const HIDDEN = 64;
const BATCH = 32;
/** Slope of a hidden unit below 0. */
const LEAK = 0.2;
const STEPS_PER_EVENT = 50;

/** A column as one integer code per row: the level's place in the alphabet, or the number in its own steps. */
interface CodedColumn {
  readonly column: Column;
  readonly codes: Float64Array;
  readonly low: number;
  readonly high: number;
  decode(codes: Float64Array): Column;
}

function codeColumn(column: Column): CodedColumn {
  if (column.kind === "numeric") {
    const present = column.values.filter((value) => !Number.isNaN(value));
    const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
    const codes = column.values.map((value) => Math.round((Number.isNaN(value) ? mean : value) / column.step));
    // Whole numbers of 1 / step, so that 0.1 steps stay 2.7 and not 2.7000000000000002.
    const perUnit = Math.round(1 / column.step);
    const numberOf = (code: number) => (column.step < 1 ? code / perUnit : code * column.step);
    return { column, codes, ...rangeOf(codes), decode: (made) => ({ ...column, values: made.map(numberOf) }) };
  }
  const alphabet = column.levels.map((_, level) => level).sort((a, b) => (column.levels[a] < column.levels[b] ? -1 : 1));
  const place = new Float64Array(alphabet.length);
  alphabet.forEach((level, code) => {
    place[level] = code;
  });
  const codes = Float64Array.from(column.codes, (level) => (level < 0 ? alphabet.length : place[level]));
  const levelOf = (code: number) => alphabet[code] ?? -1;
  return { column, codes, ...rangeOf(codes), decode: (made) => ({ ...column, codes: Int32Array.from(made, levelOf) }) };
}

function rangeOf(codes: Float64Array): { low: number; high: number } {
  return {
    low: codes.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    high: codes.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  };
}

const sigmoid = (logit: number): number => 1 / (1 + exp(-logit));
const tanh = (value: number): number => 1 - 2 / (1 + exp(2 * value));

interface Layers {
  readonly hidden: Dense;
  readonly last: Dense;
}

interface Pass {
  readonly inputs: Float64Array;
  readonly hidden: Float64Array;
  /** Before the output's own function. */
  readonly outputs: Float64Array;
}

const createLayers = (nInputs: number, nOutputs: number, random: Random): Layers => ({
  hidden: createDense(nInputs, HIDDEN, random.split("hidden")),
  last: createDense(HIDDEN, nOutputs, random.split("last")),
});

const leaky = (value: number): number => (value > 0 ? value : LEAK * value);

function run({ hidden, last }: Layers, inputs: Float64Array): Pass {
  const active = forward(hidden, inputs).map(leaky);
  return { inputs, hidden: active, outputs: forward(last, active) };
}

/** Gradients of the hidden layer's sums, before the leaky slope, from those of the last layer's outputs. */
function throughHidden({ last }: Layers, { hidden }: Pass, upstream: Float64Array): Float64Array {
  const below = passBelow(last, upstream);
  for (let i = 0; i < below.length; i++) if (hidden[i] <= 0) below[i] *= LEAK;
  return below;
}

function learn(layers: Layers, pass: Pass, upstream: Float64Array): void {
  addGradients(layers.last, pass.hidden, upstream);
  addGradients(layers.hidden, pass.inputs, throughHidden(layers, pass, upstream));
}

function update({ hidden, last }: Layers): void {
  adamStep(hidden);
  adamStep(last);
}

const noise = (nRows: number, random: Random): Float64Array =>
  Float64Array.from({ length: nRows * LATENT }, () => random.normal());

/** One step of the discriminator on a real and a generated batch, one of the generator against it. */
function step(generator: Layers, discriminator: Layers, real: Float64Array, random: Random): void {
  const made = run(generator, noise(BATCH, random)).outputs.map(tanh);
  for (const [rows, label] of [
    [real, 1],
    [made, 0],
  ] as const) {
    const pass = run(discriminator, rows);
    learn(
      discriminator,
      pass,
      pass.outputs.map((logit) => (sigmoid(logit) - label) / (2 * BATCH)),
    );
  }
  update(discriminator);
  const pass = run(generator, noise(BATCH, random));
  const rows = pass.outputs.map(tanh);
  const judged = run(discriminator, rows);
  const upstream = judged.outputs.map((logit) => (sigmoid(logit) - 1) / BATCH);
  const slope = passBelow(discriminator.hidden, throughHidden(discriminator, judged, upstream));
  learn(
    generator,
    pass,
    slope.map((value, i) => value * (1 - rows[i] * rows[i])),
  );
  update(generator);
}

/**
 * The recipe of many a notebook, mistakes included, for the leak replay alone: a plain GAN (Goodfellow et al. 2014) of two
 * small dense networks over integer codes that are scaled to [0, 1], while the generator ends in tanh, whose [−1, 1] is
 * rescaled to [0, 1] only when rows are sampled. Such a generator soon repeats a few rows, which a model then knows by
 * heart. Yields every 50 steps.
 */
export function* fitNotebookGan(train: TrainRows, nSteps: number, random: Random): Work<Sampler> {
  const coded = train.table.columns.map(codeColumn);
  const width = coded.length;
  const generator = createLayers(LATENT, width, random.split("generator"));
  const discriminator = createLayers(width, 1, random.split("discriminator"));
  const [batches, latent] = [random.split("batches"), random.split("latent")];
  const real = new Float64Array(BATCH * width);
  for (let done = 0; done < nSteps; done++) {
    if (done % STEPS_PER_EVENT === 0) yield { stage: "notebook", done, total: nSteps, unit: "step" };
    for (let i = 0; i < BATCH; i++) {
      const row = batches.integer(train.table.nRows);
      coded.forEach(({ codes, low, high }, j) => {
        real[i * width + j] = high > low ? (codes[row] - low) / (high - low) : 0;
      });
    }
    step(generator, discriminator, real, latent);
  }
  return {
    sample(nRows, conditions, drawn) {
      if (conditions.length > 0) throw conditionImpossible(conditions);
      const outputs = run(generator, noise(nRows, drawn)).outputs.map(tanh);
      const columns = coded.map(({ low, high, decode }, j) =>
        decode(
          Float64Array.from({ length: nRows }, (_, i) => Math.round(low + ((outputs[i * width + j] + 1) / 2) * (high - low))),
        ),
      );
      return { table: { nRows, columns }, effectiveSampleSize: nRows };
    },
  };
}
