import { TrendloomError } from "../core/errors.ts";
import { finish } from "../core/progress.ts";
import { columnShapes, type FidelityReference, pairTrends } from "../metrics/fidelity.ts";
import { twoSampleAuc } from "../metrics/two-sample.ts";
import { allRows, type Table, takeRows } from "../table/table.ts";
import type { BatchSource } from "./batches.ts";
import type { BlocksEncoding } from "./blocks-encoding.ts";
import type { GanEngine } from "./engine.ts";
import type { GanCheck, GanCheckpoint, GanProgress, GanReport } from "./gan.types.ts";
import type { GanInput } from "./gan-input.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { matchColumns, mean, previewRows } from "./quality.ts";
import type { GanSampler } from "./sample.ts";
import type { GanWeights } from "./weights.types.ts";

const LEARNING_RATE = 1e-3;
/** The rate falls linearly to this share of itself. */
const LAST_RATE_SHARE = 0.02;
const CHECKS_PER_RUN = 20;
const MIN_STEPS_PER_CHECK = 40;
/** Checks between two measurements of the two-sample AUC, the fewest held-back rows for it, and the most that are used. */
const CHECKS_PER_AUC = 5;
const MIN_AUC_ROWS = 50;
const MAX_AUC_ROWS = 500;
/** Rows count as recognised outright until it is measured: an early check must not look better for want of a test. */
const NOT_YET_MEASURED = 0.5;
/** How much being recognised counts beside shapes and signal pairs: the AUC of a few hundred rows has a noise of 0.02. */
const AUC_WEIGHT = 0.1;
/** Among checks that differ by less, the later weights are kept: the difference is the held-back rows' noise. */
const QUALITY_NOISE = 0.01;
const MAX_FAILURES = 3;
const CHECKPOINT_EVERY_MS = 5000;

/** What is known while training: the parts that stay, and the history. */
export interface Training {
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

export interface Outcome {
  readonly steps: number;
  readonly bestStep: number;
  readonly stoppedBy: GanReport["stoppedBy"];
  readonly stepMs: number;
  /** Steps that `stepMs` is the sum of: those before a resumed checkpoint were not timed. */
  readonly nTimed: number;
}

/** What early stopping knows: the best weights so far, and how it went since. */
type Standing = Omit<GanCheckpoint, "step" | "weights" | "history">;

/** An event of the training of `input`. */
export function progress(input: GanInput, stage: GanProgress["stage"], done: number, rest: Partial<GanProgress>): GanProgress {
  const total = input.settings.nSteps;
  return { stage, done, total, unit: "step", engine: input.engine, checks: [], columns: null, preview: null, ...rest };
}

/** Where training starts: at the checkpoint that it resumes, or with a first check of the untrained generator. */
async function* begin(training: Training): AsyncGenerator<GanProgress, { step: number; standing: Standing }, void> {
  const { input, engine, batches, history } = training;
  if (input.resume) {
    const { step, weights, history: checks, ...standing } = input.resume;
    engine.load(weights);
    batches.skipTo(step);
    history.push(...checks);
    yield progress(input, "train", step, { checks });
    return { step, standing };
  }
  const weights = await engine.save();
  const best = { weights, quality: Number.NEGATIVE_INFINITY, step: 0, checksSince: 0 };
  yield await check(training, 0);
  return { step: 0, standing: { best, nFailures: 0, recognised: NOT_YET_MEASURED } };
}

/**
 * Steps and checks until the steps are done or quality has stopped rising; leaves the best weights in the engine. Every few
 * seconds an event carries a checkpoint, from which another engine goes on with the same batches.
 */
export async function* trainSteps(training: Training): AsyncGenerator<GanProgress, Outcome, void> {
  const { input, engine, batches } = training;
  const { nSteps, patience } = input.settings;
  const stepsPerCheck = Math.max(MIN_STEPS_PER_CHECK, Math.ceil(nSteps / CHECKS_PER_RUN));
  const started = yield* begin(training);
  let { standing } = started;
  let stepMs = 0;
  let savedAtMs = input.now();
  const end = (steps: number, stoppedBy: Outcome["stoppedBy"]): Outcome => {
    engine.load(standing.best.weights);
    return { steps, bestStep: standing.best.step, stoppedBy, stepMs, nTimed: steps - started.step };
  };
  for (let step = started.step + 1; step <= nSteps; step++) {
    const from = input.now();
    await engine.step(batches.next(), rateAt(step, nSteps, standing.nFailures));
    stepMs += input.now() - from;
    let event = progress(input, "train", step, {});
    if (step % stepsPerCheck === 0 || step === nSteps) {
      event = await check(training, step);
      standing = await judge(training, step, event.checks[0], standing);
    }
    if (input.now() - savedAtMs > CHECKPOINT_EVERY_MS) {
      event = { ...event, checkpoint: await checkpointAt(training, step, standing) };
      savedAtMs = input.now();
    }
    yield event;
    if (standing.best.checksSince >= patience) return end(step, "quality");
  }
  return end(nSteps, "steps");
}

function rateAt(step: number, nSteps: number, nFailures: number): number {
  return LEARNING_RATE * (1 - ((1 - LAST_RATE_SHARE) * (step - 1)) / nSteps) * 0.5 ** nFailures;
}

async function checkpointAt({ engine, history }: Training, step: number, standing: Standing): Promise<GanCheckpoint> {
  const weights = engine.checkpoint ? await engine.checkpoint() : await engine.save();
  return { ...standing, step, weights, history: [...history] };
}

/**
 * Compares a check with the best one so far. Losses that are no numbers bring the best weights back, at half the rate.
 * @throws TrendloomError training-diverged at the fourth time
 */
async function judge({ engine }: Training, step: number, measured: GanCheck, standing: Standing): Promise<Standing> {
  const { best, nFailures } = standing;
  const auc = measured.twoSampleAuc ?? Number.NaN;
  const recognised = Number.isNaN(auc) ? standing.recognised : Math.abs(auc - 0.5);
  const quality = qualityOf(measured) - AUC_WEIGHT * recognised;
  if (Number.isNaN(quality)) {
    if (nFailures >= MAX_FAILURES) throw new TrendloomError("training-diverged", { step });
    engine.load(best.weights);
    return { ...standing, nFailures: nFailures + 1 };
  }
  const isKept = quality > best.quality - QUALITY_NOISE;
  const weights: GanWeights = isKept ? await engine.save() : best.weights;
  return {
    nFailures,
    recognised,
    best: {
      weights,
      step: isKept ? step : best.step,
      quality: Math.max(quality, best.quality),
      checksSince: quality > best.quality ? 0 : best.checksSince + 1,
    },
  };
}

/** Shapes and signal pairs; NaN once a loss is no longer a number. */
function qualityOf(check: GanCheck): number {
  if (!Number.isFinite(check.criticLoss + check.generatorLoss)) return Number.NaN;
  return check.columnShapes + (Number.isNaN(check.pairTrendsSignal) ? 0 : check.pairTrendsSignal);
}

/** The two-sample AUC against the rows held back, where it is due and they are enough. */
function recognise({ input, heldBack, history }: Training, made: Table): { twoSampleAuc?: number } {
  const real = heldBack.table;
  const n = Math.min(real.nRows, made.nRows, MAX_AUC_ROWS);
  if (n < MIN_AUC_ROWS || history.length === 0 || history.length % CHECKS_PER_AUC !== 0) return {};
  const [a, b] = [real, made].map((table) => takeRows(table, allRows(n)));
  return { twoSampleAuc: finish(twoSampleAuc(a, b, input.random.split("two-sample check"))) };
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
    ...recognise(training, table),
  };
  history.push(measured);
  if (!input.test) return progress(input, "train", step, { checks: [measured] });
  return progress(input, "train", step, {
    checks: [measured],
    columns: matchColumns(heldBack, table, training.floor, training.ceiling),
    preview: previewRows(table),
  });
}
