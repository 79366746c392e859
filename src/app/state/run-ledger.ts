import type { Progress } from "../../core/progress.ts";
import type { ArmResult, LedgerArm, LedgerDraw, LedgerReport, LedgerSampler } from "../../workers/learn.jobs.ts";
import type { LearnSession } from "./learn-session.ts";
import { chooseArms, drawPlan } from "./ledger-arms.ts";
import { recoverTraining } from "./recover-training.ts";
import { allOrStop } from "./run-predict.ts";
import { type SynthesizeOutput, synthesizeFraction, synthesizeInput } from "./run-synthesize.svelte.ts";
import { superviseTraining } from "./supervise-training.ts";
import type { VerdictContext, VerdictPlan } from "./verdict-plan.ts";
import { WeightedProgress } from "./weighted-progress.ts";

/** Relative cost of a fit, and of fitting a sampler, for the progress bar alone. */
const fitWeight = (learner: LedgerArm["learner"]): number => (learner === "neural" ? 4 : 1);
const SAMPLER_WEIGHT: Record<LedgerSampler, number> = { gan: 20, "sequential-trees": 2, blocks: 1, shuffler: 1 };
/** Generated rows of so many folds are kept at a time. */
const FOLDS_AT_ONCE = 3;

type Advance = ReturnType<WeightedProgress["add"]>;

interface LedgerRun {
  readonly session: LearnSession;
  readonly plan: VerdictPlan;
  readonly first: SynthesizeOutput;
  readonly arms: readonly LedgerArm[];
  readonly signal: AbortSignal;
  readonly recovered: VerdictContext["recovered"];
}

/** One fit: an arm of a fold, with its own model seed and its own draw of generated rows. */
async function fitArm(run: LedgerRun, arm: LedgerArm, fold: number, repeat: number, draw: LedgerDraw): Promise<ArmResult> {
  const { session, plan, first, signal } = run;
  const { learner, sampler, mode, multiple } = arm;
  const train = mode === "real-only" ? null : mode === "balanced" ? draw.balanced : multiple === 3 ? draw.tripled : draw.train;
  const { nFolds, seed } = plan.synthesize;
  const request = {
    learner,
    params: plan.params[learner] ?? {},
    fold,
    nFolds,
    seed,
    quick: plan.quick,
    mode,
    sampler,
    repeat,
    synthetic: { train, test: draw.test },
  };
  const { engine } = first.report.engine;
  const {
    predictions: _,
    testIndex: __,
    ...scores
  } = learner === "neural"
    ? await recoverTraining(
        ({ lost }) => session.gpu.run("fitFold", { ...request, engine: lost.includes(engine) ? "wasm" : engine }, { signal }),
        () => ({ engine, checkpoint: null }),
        run.recovered,
      )
    : await session.learn.run("fitFold", request, { signal });
  return scores;
}

/** A sampler fitted on the fold's training rows, and its draws; the GAN of the first fold has drawn already. */
async function drawRows(run: LedgerRun, sampler: LedgerSampler, fold: number, advance: Advance): Promise<readonly LedgerDraw[]> {
  const { session, plan, first, arms, signal, recovered } = run;
  const { nFolds, seed, nDraws } = plan.synthesize;
  if (sampler !== "gan") {
    const onProgress = (event: Progress) => advance(event.done / Math.max(1, event.total));
    const draws = drawPlan(arms, sampler, nDraws);
    return session.learn.run("sampleFold", { sampler, fold, nFolds, seed, plan: draws }, { signal, onProgress });
  }
  if (fold === 0) return first.draws;
  // The same engine for every fold: a race could end differently.
  const { engine } = first.report.engine;
  const input = { ...synthesizeInput(plan.synthesize, session.kind, fold, false), engine, ports: [] };
  const made = await superviseTraining((restart, options) => session.gpu.run("synthesize", { ...input, ...restart }, options), {
    signal,
    engine,
    onProgress: (event) => advance(synthesizeFraction(event)),
    onRecovery: recovered,
  });
  return made.draws;
}

/** The work of one sampler in one fold, each part with its place in the progress. */
interface FoldPart {
  readonly sampler: LedgerSampler;
  readonly fold: number;
  readonly made: Advance;
  readonly fits: readonly { readonly arm: LedgerArm; readonly repeat: number; readonly advance: Advance }[];
}

function listParts(arms: readonly LedgerArm[], fold: number, nRepeats: number, progress: WeightedProgress): FoldPart[] {
  const samplers = [...new Set(arms.map(({ sampler }) => sampler))];
  return samplers.map((sampler) => {
    const made = progress.add(sampler === "gan" && fold === 0 ? 0 : SAMPLER_WEIGHT[sampler]);
    const fits = arms
      .filter((arm) => arm.sampler === sampler)
      .flatMap((arm) =>
        Array.from({ length: nRepeats }, (_, repeat) => ({ arm, repeat, advance: progress.add(fitWeight(arm.learner)) })),
      );
    return { sampler, fold, made, fits };
  });
}

async function runPart(run: LedgerRun, { sampler, fold, made, fits }: FoldPart): Promise<ArmResult[]> {
  const draws = await drawRows(run, sampler, fold, made);
  made(1);
  return Promise.all(
    fits.map(async ({ arm, repeat, advance }) => {
      const result = await fitArm(run, arm, fold, repeat, draws[repeat]!);
      advance(1, arm.learner);
      return result;
    }),
  );
}

/**
 * The ledger: in every fold each sampler is fitted on the fold's training rows (the first fold has its GAN already), then
 * each learner on real rows, on real rows with generated ones added in several ways, and on generated rows alone, all
 * scored on the fold's real held-out rows. Each fit is repeated with other seeds and other draws.
 */
export async function runLedger(
  session: LearnSession,
  plan: VerdictPlan,
  first: SynthesizeOutput,
  context: VerdictContext,
): Promise<LedgerReport> {
  const { nFolds, seed, nDraws } = plan.synthesize;
  const { run: arms, leftOut } = chooseArms(plan.learners, session.kind, plan.quick);
  const progress = new WeightedProgress(context, "ledger");
  const stop = new AbortController();
  context.signal.addEventListener("abort", () => stop.abort(), { once: true });
  const run: LedgerRun = {
    session,
    plan,
    first,
    arms,
    signal: stop.signal,
    recovered: (recovery) => context.recovered(recovery),
  };
  const parts = Array.from({ length: nFolds }, (_, fold) => listParts(arms, fold, nDraws, progress));
  const folds: Promise<ArmResult[]>[] = [];
  for (const [fold, own] of parts.entries()) {
    const earlier: Promise<unknown> = folds[fold - FOLDS_AT_ONCE] ?? Promise.resolve();
    folds.push(earlier.then(async () => (await Promise.all(own.map((part) => runPart(run, part)))).flat()));
  }
  const results = (await allOrStop(folds, stop)).flat();
  return session.learn.run("settleLedger", { results, leftOut, nFolds, seed }, { signal: context.signal });
}
