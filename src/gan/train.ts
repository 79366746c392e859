import { TrendloomError } from "../core/errors.ts";
import type { AsyncWork } from "../core/progress.ts";
import { columnShapes, countCopies } from "../metrics/fidelity.ts";
import { holdBack } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import { BatchSource, fillNormal } from "./batches.ts";
import { fitBlocks } from "./blocks-encoding.ts";
import { readConditions } from "./conditions.ts";
import { LOSS_WEIGHTS, type NetworkShape } from "./engine.ts";
import type { ColumnMatch, Fidelity, GanProgress, GanReport } from "./gan.types.ts";
import type { GanInput } from "./gan-input.ts";
import type { GeneratorData, GeneratorOrigin } from "./generator.types.ts";
import { describeGenerator } from "./generator-data.ts";
import { planNetwork } from "./network-plan.ts";
import { criticShapes, generatorShapes, startParameters } from "./parameters.ts";
import { matchColumns, measureFidelity, referenceOf, shuffleColumns, UNMEASURED } from "./quality.ts";
import { GanSampler } from "./sample.ts";
import { type Outcome, progress, type Training, trainSteps } from "./train-steps.ts";

/** Share of the training rows that the generator does not train on, for deciding when to stop. */
const HELD_BACK_SHARE = 0.1;
const MIN_ROWS = 40;
const MAX_CHECK_ROWS = 2000;
const CALIBRATION_ROWS = 4000;
const CALIBRATION_ROUNDS = 10;

export type { GanInput } from "./gan-input.ts";

export interface GanOutput {
  /** Draws rows; whoever holds it must dispose of it. */
  readonly sampler: GanSampler;
  readonly report: GanReport;
  /** As many rows as were trained on, drawn before the first step; null where they were not asked for. */
  readonly untrained: Table | null;
  /** The trained generator as plain data, for a file or for another thread. */
  describe(origin: Pick<GeneratorOrigin, "seed" | "stream">): Promise<GeneratorData>;
}

/**
 * Trains the generator on training rows and gives a sampler with its report. Each event is a point at which the work can
 * be cancelled; a cancelled run releases all its tensors.
 * @throws TrendloomError too-few-rows, training-diverged, checkpoint-unusable (it is of another network), condition-impossible,
 * condition-too-rare
 */
export async function* trainGan(input: GanInput): AsyncWork<GanOutput, GanProgress> {
  const startMs = input.now();
  yield progress(input, "encode", 0, {});
  const training = prepare(input);
  let isHandedOver = false;
  try {
    const untrained = input.keepUntrained || input.test ? await sampleLikeTraining(training, "step 0") : null;
    const step0 = measureNow(training, untrained);
    const outcome = yield* trainSteps(training);
    yield progress(input, "calibrate", outcome.steps, {});
    calibrate(training);
    yield progress(input, "sample", outcome.steps, {});
    const report = await makeReport(training, outcome, step0, startMs);
    isHandedOver = true;
    return {
      sampler: training.sampler,
      report,
      untrained: input.keepUntrained ? untrained : null,
      describe: (origin) => describeTrained(training, outcome.steps, origin),
    };
  } finally {
    if (!isHandedOver) training.engine.dispose();
  }
}

function prepare(input: GanInput): Training {
  const { settings, random } = input;
  const { nRows } = input.train.table;
  if (nRows < MIN_ROWS) throw new TrendloomError("too-few-rows", { expected: MIN_ROWS, got: nRows });
  const { train, test } = holdBack(input.train, input.target, HELD_BACK_SHARE, random.split("held back"));
  const { encoding, codes } = fitBlocks(train, random.split("encoding"));
  readConditions(encoding, input.conditions ?? []);
  const plan = planNetwork(encoding, codes);
  const shape: NetworkShape = { ...settings, batchSize: 2 * Math.ceil(settings.batchSize / 2) };
  const generator = startParameters(generatorShapes(plan, shape), random.split("generator"));
  const critic = startParameters(criticShapes(plan, shape), random.split("critic"));
  const { resume } = input;
  if (resume && (resume.weights.generator.length !== generator.length || resume.weights.critic.length !== critic.length))
    throw new TrendloomError("checkpoint-unusable", { expected: generator.length, got: resume.weights.generator.length });
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

function calibrate({ engine, input }: Training): void {
  const { latentDim } = input.settings;
  const latent = fillNormal(new Float32Array(CALIBRATION_ROWS * latentDim), input.random.split("calibration"));
  engine.calibrate(latent, CALIBRATION_ROWS, CALIBRATION_ROUNDS);
}

async function sampleLikeTraining(training: Training, name: string): Promise<Table> {
  const { input, sampler } = training;
  return (await sampler.sample(input.train.table.nRows, [], input.random.split(name))).table;
}

async function describeTrained(
  { engine, encoding, input }: Training,
  steps: number,
  origin: Pick<GeneratorOrigin, "seed" | "stream">,
): Promise<GeneratorData> {
  const { average } = await engine.save();
  const { preset } = input.settings;
  const about = { ...origin, preset, steps, engine: input.engine.engine, nRows: input.train.table.nRows };
  return describeGenerator(encoding, input.settings, average, about);
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
    msPerStep: outcome.stepMs / Math.max(1, outcome.nTimed),
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
