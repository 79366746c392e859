import type { Progress } from "../../core/progress.ts";
import type { LeakReplay, LedgerReport, Mistake, ReplayRequest } from "../../workers/learn.jobs.ts";
import type { LearnSession } from "./learn-session.ts";
import { allOrStop } from "./run-predict.ts";
import { synthesizeFraction, synthesizeInput } from "./run-synthesize.svelte.ts";
import { superviseTraining } from "./supervise-training.ts";
import type { VerdictContext, VerdictPlan } from "./verdict-plan.ts";
import { WeightedProgress } from "./weighted-progress.ts";

/** The forest of the notebooks: a hundred trees, grown until nothing can be told apart any more. */
const LEARNER = "random-forest";
const PARAMS = { nTrees: 100, minLeafRows: 1 };
const QUICK_PARAMS = { ...PARAMS, nTrees: 15 };
const RECIPE = { nSteps: 5000, nRows: 60_000 };
const QUICK_RECIPE = { nSteps: 1500, nRows: 24_000 };

/** Relative cost, for the progress bar alone. */
const WEIGHT: Record<Mistake, number> = { "duplicates-before-split": 1, "notebook-recipe": 15, "our-gan-before-split": 30 };

/** In quick runs our own generator is not trained once more. */
const mistakesOf = (plan: VerdictPlan): Mistake[] =>
  plan.quick
    ? ["duplicates-before-split", "notebook-recipe"]
    : ["duplicates-before-split", "notebook-recipe", "our-gan-before-split"];

type Advance = ReturnType<WeightedProgress["add"]>;
type Stop = Pick<VerdictContext, "signal" | "recovered">;

/** As many generated rows as real ones, by a generator that has seen them all. */
async function leakedRows(session: LearnSession, plan: VerdictPlan, advance: Advance, { signal, recovered }: Stop) {
  const base = synthesizeInput(plan.synthesize, session.kind, 0, false);
  const input = { ...base, fold: null, nRows: session.nRows, conditions: [], draws: null, ports: [] };
  const made = await superviseTraining((restart, options) => session.gpu.run("synthesize", { ...input, ...restart }, options), {
    signal,
    engine: input.engine,
    onProgress: (event) => advance(0.9 * synthesizeFraction(event)),
    onRecovery: recovered,
  });
  return made.rows;
}

async function replay(session: LearnSession, plan: VerdictPlan, mistake: Mistake, advance: Advance, stop: Stop) {
  const isOurs = mistake === "our-gan-before-split";
  const request: ReplayRequest = {
    mistake,
    learner: LEARNER,
    params: plan.quick ? QUICK_PARAMS : PARAMS,
    seed: plan.synthesize.seed,
    rows: isOurs ? await leakedRows(session, plan, advance, stop) : null,
    recipe: plan.quick ? QUICK_RECIPE : RECIPE,
  };
  const listen = (event: Progress) => advance(((isOurs ? 0.9 : 0) * event.done) / Math.max(1, event.total));
  const scores = await session.learn.run("replayLeak", request, { signal: stop.signal, onProgress: listen });
  advance(1);
  return scores;
}

/** The same forest, honestly: fitted on each fold's real training rows, scored on its held-out ones. */
async function honestScore(
  session: LearnSession,
  plan: VerdictPlan,
  metric: LeakReplay["metric"],
  advance: Advance,
  stop: Stop,
): Promise<number> {
  const { nFolds, seed } = plan.synthesize;
  const params = plan.quick ? QUICK_PARAMS : PARAMS;
  const fits = Array.from({ length: nFolds }, (_, fold) => {
    const synthetic = { train: null, test: null };
    const request = { learner: LEARNER, params, fold, nFolds, seed, quick: plan.quick, mode: "real-only", synthetic } as const;
    return session.learn.run("fitFold", request, { signal: stop.signal });
  });
  const results = await Promise.all(fits);
  advance(1);
  return results.reduce((sum, { real }) => sum + real[metric]!, 0) / nFolds;
}

/**
 * The usual mistakes, made on purpose: what each would have reported, beside what the same forest reaches where nothing
 * has leaked, and what a plain guess reaches by the ledger's baselines.
 */
export async function runReplays(
  session: LearnSession,
  plan: VerdictPlan,
  ledger: Promise<LedgerReport>,
  context: VerdictContext,
): Promise<LeakReplay[]> {
  const progress = new WeightedProgress(context, "replays");
  const stop = new AbortController();
  context.signal.addEventListener("abort", () => stop.abort(), { once: true });
  const isNumeric = session.kind === "regression";
  const metric = isNumeric ? "r2" : "accuracy";
  const mistakes = mistakesOf(plan).map((mistake) => ({ mistake, advance: progress.add(WEIGHT[mistake]) }));
  const shared: Stop = { signal: stop.signal, recovered: (recovery) => context.recovered(recovery) };
  const honestly = honestScore(session, plan, metric, progress.add(1), shared);
  const replays = mistakes.map(async ({ mistake, advance }): Promise<LeakReplay> => {
    const scores = await replay(session, plan, mistake, advance, shared);
    const { baselines } = await ledger;
    const plain = baselines.find(({ name }) => name === (isNumeric ? "mean" : "majority"));
    const guess = plain?.metrics[metric]?.mean ?? Number.NaN;
    return { mistake, learner: LEARNER, metric, ...scores, honest: await honestly, guess };
  });
  return allOrStop(replays, stop);
}
