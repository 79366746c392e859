import { log } from "../core/exp-log.ts";
import type { AsyncWork } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { fitOneHotEncoder } from "../encode/one-hot-encoder.ts";
import { holdBack, type TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import { classCodes, type Task, targetValues } from "../table/task.ts";
import { forward, type Layer, Network, type OutputKind, startLayers } from "./network.ts";
import type { NeuralParams } from "./neural.params.ts";

/** Class probabilities (nRows × nClasses), row-major, or values (nRows). */
export interface NeuralModel {
  predict(table: Table): Float64Array;
}

const HIDDEN_UNITS = [64, 32];
const HELD_BACK_SHARE = 0.15;
const KEEP_SHARE = 0.7;
const LEARNING_RATE = { softmax: 0.01, neural: 0.002 };
const WEIGHT_DECAY = 0.1;

/** Targets of rows as the network's outputs (nRows × nOutputs): one-hot classes, or the standardised value. */
interface TargetCode {
  readonly output: OutputKind;
  readonly nOutputs: number;
  /** Bias of the last layer to start from: log class shares, so that a network without inputs gives the prior. */
  readonly bias: Float32Array;
  encode(table: Table): Float32Array;
  /** Network outputs to predictions, in the target's own unit. */
  decode(outputs: Float64Array): Float64Array;
  /** Loss of predictions on rows, to decide when to stop. */
  loss(outputs: Float64Array, targets: Float32Array): number;
}

function targetCode(train: TrainRows, task: Task): TargetCode {
  if (task.kind === "classification") {
    const nOutputs = task.classes.length;
    const counts = new Float64Array(nOutputs).fill(1);
    for (const code of classCodes(train.table, task)) counts[code]++;
    return {
      output: "softmax",
      nOutputs,
      bias: Float32Array.from(counts, (count) => log(count / train.table.nRows)),
      encode(table) {
        const targets = new Float32Array(table.nRows * nOutputs);
        classCodes(table, task).forEach((code, row) => {
          targets[row * nOutputs + code] = 1;
        });
        return targets;
      },
      decode: (outputs) => outputs,
      loss: (outputs, targets) =>
        outputs.reduce((sum, share, i) => (targets[i] > 0 ? sum - log(Math.max(share, 1e-15)) : sum), 0),
    };
  }
  const values = targetValues(train.table, task);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
  return {
    output: "linear",
    nOutputs: 1,
    bias: new Float32Array(1),
    encode: (table) => Float32Array.from(targetValues(table, task), (value) => (value - mean) / deviation),
    decode: (outputs) => outputs.map((value) => mean + deviation * value),
    loss: (outputs, targets) => outputs.reduce((sum, value, i) => sum + (value - targets[i]) ** 2, 0),
  };
}

/** Copies a batch of rows of a dense matrix. */
function gather(values: Float32Array, width: number, rows: Int32Array): Float32Array {
  const batch = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    batch.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return batch;
}

function dropoutMask(length: number, random: Random): Float32Array {
  const mask = new Float32Array(length);
  for (let i = 0; i < length; i++) if (random.next() < KEEP_SHARE) mask[i] = 1 / KEEP_SHARE;
  return mask;
}

interface Trainer {
  readonly network: Network;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly nInputs: number;
  readonly nOutputs: number;
  readonly hidden: readonly number[];
  readonly batchSize: number;
}

function runEpoch(trainer: Trainer, order: Int32Array, noise: Random): void {
  const { network, inputs, targets, nInputs, nOutputs, hidden, batchSize } = trainer;
  const size = Math.min(batchSize, order.length);
  for (let from = 0; from + size <= order.length; from += size) {
    const rows = order.subarray(from, from + size);
    const masks = hidden.map((units) => dropoutMask(size * units, noise));
    network.step(gather(inputs, nInputs, rows), gather(targets, nOutputs, rows), masks, size);
  }
}

/**
 * Fits softmax regression or a small network (64 and 32 ReLU units, dropout 0.3) on the TensorFlow.js backend that is
 * set; a numeric target gets a linear output on its standardised value. One-hot levels and standardised numbers go in.
 * Training stops once the loss on a held-back slice of the training rows no longer falls. Deterministic for a seed on
 * one backend. The fitted model is plain numbers and needs no backend.
 */
export async function* fitNeural(train: TrainRows, task: Task, params: NeuralParams, random: Random): AsyncWork<NeuralModel> {
  const part = holdBack(train, task.target, HELD_BACK_SHARE, random.split("held back"));
  const encoder = fitOneHotEncoder(part.train, task.features);
  const target = targetCode(part.train, task);
  const hidden = params.kind === "neural" ? HIDDEN_UNITS : [];
  const start = startLayers([encoder.nInputs, ...hidden, target.nOutputs], target.bias, random.split("weights"));
  const network = new Network(start, target.output, LEARNING_RATE[params.kind], WEIGHT_DECAY);
  try {
    const trainer: Trainer = {
      network,
      inputs: encoder.transform(part.train.table),
      targets: target.encode(part.train.table),
      nInputs: encoder.nInputs,
      nOutputs: target.nOutputs,
      hidden,
      batchSize: params.batchSize,
    };
    const heldInputs = encoder.transform(part.test.table);
    const heldTargets = target.encode(part.test.table);
    const lossOf = (layers: readonly Layer[]) =>
      target.loss(forward(layers, target.output, heldInputs, part.test.table.nRows), heldTargets);
    const order = Int32Array.from({ length: part.train.table.nRows }, (_, row) => row);
    const [shuffles, noise] = [random.split("order"), random.split("dropout")];
    let best: { layers: Layer[]; loss: number; checksSince: number } = { layers: start, loss: lossOf(start), checksSince: 0 };
    for (let epoch = 0; epoch < params.maxEpochs && best.checksSince < params.patience; epoch++) {
      yield { stage: params.kind, done: epoch, total: params.maxEpochs, unit: "epoch" };
      runEpoch(trainer, shuffles.shuffle(order), noise);
      const layers = await network.read();
      const loss = lossOf(layers);
      best = loss < best.loss ? { layers, loss, checksSince: 0 } : { ...best, checksSince: best.checksSince + 1 };
    }
    const { layers } = best;
    return { predict: (table) => target.decode(forward(layers, target.output, encoder.transform(table), table.nRows)) };
  } finally {
    network.dispose();
  }
}
