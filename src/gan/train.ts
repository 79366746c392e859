import { TrendloomError } from "../core/errors.ts";
import type { AsyncWork } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import { columnShapes, countCopies, type FidelityReference, pairTrends } from "../metrics/fidelity.ts";
import { holdBack, type TestRows, type TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import { BatchSource, fillNormal } from "./batches.ts";
import { type BlocksEncoding, fitBlocks } from "./blocks-encoding.ts";
import { type EngineFactory, type GanEngine, type GanWeights, LOSS_WEIGHTS, type NetworkShape } from "./engine.ts";
import type { ColumnMatch, EngineChoice, Fidelity, GanCheck, GanProgress, GanReport, GanSettings } from "./gan.types.ts";
import { type NetworkPlan, planNetwork } from "./network-plan.ts";
import { criticShapes, generatorShapes, startParameters } from "./parameters.ts";
import { matchColumns, mean, measureFidelity, previewRows, referenceOf, shuffleColumns, UNMEASURED } from "./quality.ts";
import { GanSampler } from "./sample.ts";

const LEARNING_RATE = 1e-3;
/** The rate falls linearly to this share of itself. */
const LAST_RATE_SHARE = 0.02;
/** Share of the training rows that the generator does not train on, for deciding when to stop. */
const HELD_BACK_SHARE = 0.1;
const MIN_ROWS = 40;
const CHECKS_PER_RUN = 20;
const MIN_STEPS_PER_CHECK = 20;
const MAX_CHECK_ROWS = 2000;
/** Among checks that differ by less, the later weights are kept: the difference is the held-back rows' noise. */
const QUALITY_NOISE = 0.003;
const MAX_FAILURES = 3;
const CALIBRATION_ROWS = 4000;
const CALIBRATION_ROUNDS = 10;

export interface GanInput {
  readonly train: TrainRows;
  /** Held-out rows that the report is measured against; null: nothing is measured but what early stopping needs. */
  readonly test: TestRows | null;
  /** Column by which the rows held back for early stopping are stratified. */
  readonly target: string;
  readonly settings: GanSettings;
  /** Whether rows of the untrained generator are wanted, behind the same constraints. */
  readonly keepUntrained: boolean;
  readonly engine: EngineChoice;
  readonly createEngine: EngineFactory;
  readonly random: Random;
  /** Milliseconds; only reported, never decided by. */
  readonly now: () => number;
}

export interface GanOutput {
  /** Draws rows; whoever holds it must dispose of it. */
  readonly sampler: GanSampler;
  readonly report: GanReport;
  /** As many rows as were trained on, drawn before the first step; null where they were not asked for. */
  readonly untrained: Table | null;
}

/** What is known while training: the parts that stay, and the history. */
interface Training {
  readonly input: GanInput;
  readonly encoding: BlocksEncoding;
  readonly plan: NetworkPlan;
  readonly engine: GanEngine;
  readonly sampler: GanSampler;
  readonly batches: BatchSource;
  readonly heldBack: FidelityReference;
  readonly floor: Float64Array;
  readonly ceiling: Float64Array;
  readonly nCheckRows: number;
  readonly history: GanCheck[];
}

interface Outcome {
  readonly steps: number;
  readonly bestStep: number;
  readonly stoppedBy: GanReport["stoppedBy"];
  readonly stepMs: number;
}

/**
 * Trains the generator on training rows and gives a sampler with its report. Each event is a point at which the work can
 * be cancelled; a cancelled run releases all its tensors.
 * @throws TrendloomError too-few-rows, training-diverged
 */
export async function* trainGan(input: GanInput): AsyncWork<GanOutput, GanProgress> {
  const startMs = input.now();
  yield progress(input, "encode", 0, {});
  const training = prepare(input);
  let isHandedOver = false;
  try {
    const untrained = input.keepUntrained || input.test ? await sampleLikeTraining(training, "step 0") : null;
    const step0 = measureNow(training, untrained);
    const outcome = yield* train(training);
    yield progress(input, "calibrate", outcome.steps, {});
    calibrate(training);
    yield progress(input, "sample", outcome.steps, {});
    const report = await makeReport(training, outcome, step0, startMs);
    isHandedOver = true;
    return { sampler: training.sampler, report, untrained: input.keepUntrained ? untrained : null };
  } finally {
    if (!isHandedOver) training.engine.dispose();
  }
}

function progress(input: GanInput, stage: GanProgress["stage"], done: number, rest: Partial<GanProgress>): GanProgress {
  const total = input.settings.nSteps;
  return { stage, done, total, unit: "step", engine: input.engine, checks: [], columns: null, preview: null, ...rest };
}

function prepare(input: GanInput): Training {
  const { settings, random } = input;
  const { nRows } = input.train.table;
  if (nRows < MIN_ROWS) throw new TrendloomError("too-few-rows", { expected: MIN_ROWS, got: nRows });
  const { train, test } = holdBack(input.train, input.target, HELD_BACK_SHARE, random.split("held back"));
  const { encoding, codes } = fitBlocks(train, random.split("encoding"));
  const plan = planNetwork(encoding, codes);
  const shape: NetworkShape = { ...settings, batchSize: 2 * Math.ceil(settings.batchSize / 2) };
  const generator = startParameters(generatorShapes(plan, shape), random.split("generator"));
  const critic = startParameters(criticShapes(plan, shape), random.split("critic"));
  const engine = input.createEngine(plan, shape, LOSS_WEIGHTS[settings.preset], { generator, average: generator, critic });
  const heldBack = referenceOf(test.table, train.table);
  return {
    input,
    encoding,
    plan,
    engine,
    sampler: new GanSampler(engine, encoding, plan, settings.latentDim),
    batches: new BatchSource(encoding, plan, shape, codes, random.split("batches")),
    heldBack,
    floor: columnShapes(heldBack, shuffleColumns(train.table, random.split("floor"))),
    ceiling: columnShapes(heldBack, train.table),
    nCheckRows: Math.min(MAX_CHECK_ROWS, train.table.nRows),
    history: [],
  };
}

/** Steps and checks until the steps are done or quality has stopped rising; leaves the best weights in the engine. */
async function* train(training: Training): AsyncGenerator<GanProgress, Outcome, void> {
  const { input, engine, batches } = training;
  const { nSteps, patience } = input.settings;
  const stepsPerCheck = Math.max(MIN_STEPS_PER_CHECK, Math.ceil(nSteps / CHECKS_PER_RUN));
  yield await check(training, 0);
  let fallback = await engine.save();
  let best = { quality: Number.NEGATIVE_INFINITY, step: 0, checksSince: 0 };
  let stepMs = 0;
  let nFailures = 0;
  for (let step = 1; step <= nSteps; step++) {
    const from = input.now();
    const rate = LEARNING_RATE * (1 - ((1 - LAST_RATE_SHARE) * (step - 1)) / nSteps) * 0.5 ** nFailures;
    engine.step(batches.next(), rate);
    stepMs += input.now() - from;
    if (step % stepsPerCheck !== 0 && step !== nSteps) {
      yield progress(input, "train", step, {});
      continue;
    }
    const event = await check(training, step);
    const quality = qualityOf(event.checks[0]);
    if (Number.isNaN(quality)) {
      if (++nFailures > MAX_FAILURES) throw new TrendloomError("training-diverged", { step });
      engine.load(fallback);
    } else {
      const isGain = quality > best.quality;
      if (quality > best.quality - QUALITY_NOISE) {
        fallback = await engine.save();
        best.step = step;
      }
      best = { ...best, quality: Math.max(quality, best.quality), checksSince: isGain ? 0 : best.checksSince + 1 };
    }
    yield event;
    if (best.checksSince >= patience)
      return finishAt(engine, fallback, { steps: step, bestStep: best.step, stoppedBy: "quality", stepMs });
  }
  return finishAt(engine, fallback, { steps: nSteps, bestStep: best.step, stoppedBy: "steps", stepMs });
}

function finishAt(engine: GanEngine, weights: GanWeights, outcome: Outcome): Outcome {
  engine.load(weights);
  return outcome;
}

/** What early stopping maximises; NaN once a loss is no longer a number. */
function qualityOf(check: GanCheck): number {
  if (!Number.isFinite(check.criticLoss + check.generatorLoss)) return Number.NaN;
  return check.columnShapes + (Number.isNaN(check.pairTrendsSignal) ? 0 : check.pairTrendsSignal);
}

/** Reads the losses and compares a sample, drawn from the same noise each time, with the rows held back. */
async function check(training: Training, step: number): Promise<GanProgress> {
  const { input, engine, sampler, heldBack, history } = training;
  const losses = await engine.readLosses();
  const { table } = await sampler.sample(training.nCheckRows, [], input.random.split("check"));
  const measured: GanCheck = {
    step,
    criticLoss: losses.critic,
    generatorLoss: losses.generator,
    marginalLoss: losses.marginal,
    pairLoss: losses.pair,
    columnShapes: mean(columnShapes(heldBack, table)),
    pairTrendsSignal: pairTrends(heldBack, table, "signal").signal,
  };
  history.push(measured);
  if (!input.test) return progress(input, "train", step, { checks: [measured] });
  return progress(input, "train", step, {
    checks: [measured],
    columns: matchColumns(heldBack, table, training.floor, training.ceiling),
    preview: previewRows(table),
  });
}

function calibrate({ engine, input }: Training): void {
  const { latentDim } = input.settings;
  const latent = fillNormal(new Float32Array(CALIBRATION_ROWS * latentDim), input.random.split("calibration"));
  engine.calibrate(latent, CALIBRATION_ROWS, CALIBRATION_ROUNDS);
}

async function sampleLikeTraining(training: Training, name: string): Promise<Table> {
  const { input, sampler } = training;
  return (await sampler.sample(input.train.table.nRows, [], input.random.split(name))).table;
}

function measureNow(training: Training, made: Table | null): Fidelity {
  const { test, train } = training.input;
  if (!test || !made) return UNMEASURED;
  return measureFidelity(referenceOf(test.table, train.table), training.encoding.rules, made);
}

async function makeReport(training: Training, outcome: Outcome, ganStep0: Fidelity, startMs: number): Promise<GanReport> {
  const { input, encoding, history } = training;
  const { test, train, random } = input;
  const real = train.table;
  let fidelity = { gan: UNMEASURED, ganStep0, floor: UNMEASURED, ceiling: UNMEASURED };
  let columns: ColumnMatch[] = [];
  let nSignalPairs = training.heldBack.nSignalPairs;
  let nCopies = Number.NaN;
  if (test) {
    const reference = referenceOf(test.table, real);
    const made = await sampleLikeTraining(training, "report");
    const shuffled = shuffleColumns(real, random.split("report floor"));
    const measured = [made, shuffled, real].map((table) => measureFidelity(reference, encoding.rules, table));
    fidelity = { gan: measured[0], ganStep0, floor: measured[1], ceiling: measured[2] };
    columns = matchColumns(reference, made, columnShapes(reference, shuffled), columnShapes(reference, real));
    nSignalPairs = reference.nSignalPairs;
    nCopies = countCopies(real, made);
  }
  return {
    engine: input.engine,
    preset: input.settings.preset,
    steps: outcome.steps,
    stoppedBy: outcome.stoppedBy,
    bestStep: outcome.bestStep,
    msPerStep: outcome.stepMs / outcome.steps,
    seconds: (input.now() - startMs) / 1000,
    history,
    columns,
    fidelity,
    blocks: encoding.blocks
      .filter((block) => block.members.length > 1)
      .map((block) => block.members.map((member) => encoding.columns[member].column.name)),
    nSignalPairs,
    nCopies,
    effectiveSampleSize: real.nRows,
  };
}
