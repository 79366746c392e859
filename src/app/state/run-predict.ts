import type { Progress } from "../../core/progress.ts";
import type { EngineName } from "../../workers/gpu.jobs.ts";
import type {
  FoldRequest,
  FoldResult,
  FoldSearch,
  LearnerParams,
  PredictReport,
  SearchMethod,
} from "../../workers/learn.jobs.ts";
import type { RunContext } from "./job-run.svelte.ts";
import type { LearnSession } from "./learn-session.ts";
import type { ParamsByLearner } from "./learner-params.ts";
import type { LEARNERS } from "./settings.ts";
import { WeightedProgress } from "./weighted-progress.ts";

type LearnerId = (typeof LEARNERS)[number];

export interface PredictPlan {
  readonly learners: readonly LearnerId[];
  readonly params: ParamsByLearner;
  /** How better settings are searched for, in each fold anew. */
  readonly tune: SearchMethod | "none";
  readonly nFolds: number;
  readonly seed: number;
  readonly quick: boolean;
  readonly engine: EngineName | "auto";
  readonly checks: {
    readonly nRefits: number;
    readonly maxRows: number;
    readonly maxTargets: number;
    readonly nPermutations: number;
  };
}

/** Relative cost of a learner's fold, for the progress bar alone. */
const WEIGHT: Record<LearnerId, number> = { "random-forest": 2, xgboost: 2, softmax: 1, neural: 2, "ml-random-forest": 10 };

/** A search fits some dozens of models. */
const SEARCH_WEIGHT = 60;

const isTuned = (learner: LearnerId, { tune }: PredictPlan): boolean =>
  tune !== "none" && (learner === "random-forest" || learner === "xgboost");

/** The reference learner is slow, so it is run on the first fold only. */
const foldsOf = (learner: LearnerId, nFolds: number) => (learner === "ml-random-forest" ? 1 : nFolds);

interface Fitted {
  readonly result: FoldResult;
  readonly search: FoldSearch | null;
}

type Advance = ReturnType<WeightedProgress["add"]>;

/** One learner on one fold: its settings are searched for inside the fold's training rows where asked, then it is fitted. */
async function fitOne(
  session: LearnSession,
  plan: PredictPlan,
  learner: LearnerId,
  fold: number,
  advance: { readonly search: Advance | null; readonly fit: Advance },
  signal: AbortSignal,
): Promise<Fitted> {
  const { nFolds, seed, quick, tune } = plan;
  const listen = (tell: Advance) => ({
    signal,
    onProgress: (event: Progress) => tell(event.done / Math.max(1, event.total), learner, event.stage),
  });
  let params: LearnerParams = plan.params[learner] ?? {};
  let search: FoldSearch | null = null;
  if (advance.search && tune !== "none") {
    const request = { learner, params, method: tune, fold, nFolds, seed, quick };
    search = await session.learn.run("searchFold", request, listen(advance.search));
    params = search.params;
    advance.search(1, learner, "search");
  }
  const request: FoldRequest = {
    learner,
    params,
    fold,
    nFolds,
    seed,
    quick,
    mode: "real-only",
    synthetic: { train: null, test: null },
  };
  const result =
    learner === "softmax" || learner === "neural"
      ? await session.gpu.run("fitFold", { ...request, engine: plan.engine }, listen(advance.fit))
      : await session.learn.run("fitFold", request, listen(advance.fit));
  advance.fit(1, learner);
  return { result, search };
}

/** Relative cost of a quick check of one target, and of one refit. */
const CHECK_WEIGHT = 1;
const REFIT_WEIGHT = 0.2;

/** The parts of the signal check that need no fold of the learners: single columns, refits on shuffled answers, and other columns as targets. */
function startChecks(session: LearnSession, { seed, checks }: PredictPlan, progress: WeightedProgress, signal: AbortSignal) {
  const { nRefits, maxRows, maxTargets, nPermutations } = checks;
  const columnsDone = progress.add(CHECK_WEIGHT);
  const columns = session.learn.run("signalColumns", { seed }, { signal }).then((tested) => {
    columnsDone(1);
    return tested;
  });
  const refits = Array.from({ length: nRefits + 1 }, async (_, permutation) => {
    const advance = progress.add(REFIT_WEIGHT);
    const loss = await session.learn.run("refit", { permutation, maxRows, seed }, { signal });
    advance(1);
    return loss;
  });
  const targets = session.features.slice(0, maxTargets).map(async (target) => {
    const advance = progress.add(CHECK_WEIGHT);
    const check = await session.learn.run("quickSignal", { target, maxRows, nPermutations, seed }, { signal });
    advance(1);
    return check;
  });
  return { columns, refits, targets };
}

/** Every learner on every fold, spread over the workers, the signal check beside them, then the comparison. */
export async function runPredict(session: LearnSession, plan: PredictPlan, context: RunContext): Promise<PredictReport> {
  const progress = new WeightedProgress(context, "fit");
  const stop = new AbortController();
  context.signal.addEventListener("abort", () => stop.abort(), { once: true });
  const slowestFirst = [...plan.learners].sort((a, b) => WEIGHT[b] - WEIGHT[a]);
  const fits: Promise<Fitted>[] = [];
  for (const learner of slowestFirst) {
    for (let fold = 0; fold < foldsOf(learner, plan.nFolds); fold++) {
      const search = isTuned(learner, plan) ? progress.add(SEARCH_WEIGHT * WEIGHT[learner]) : null;
      fits.push(fitOne(session, plan, learner, fold, { search, fit: progress.add(WEIGHT[learner]) }, stop.signal));
    }
  }
  const { columns, refits, targets } = startChecks(session, plan, progress, stop.signal);
  const [fitted, tested, refitLosses, checks] = await allOrStop(
    [Promise.all(fits), columns, Promise.all(refits), Promise.all(targets)] as const,
    stop,
  );
  const input = {
    results: fitted.map(({ result }) => result),
    columns: tested,
    searches: fitted.flatMap(({ search }) => (search ? [search] : [])),
    nFolds: plan.nFolds,
    seed: plan.seed,
    refitLosses,
    checks: checks.filter((check) => check !== null),
  };
  // Handed on as they came: predictions of all rows are not copied on the page's own thread.
  const transfer = input.results.flatMap(({ predictions, testIndex }) => [predictions.buffer, testIndex.buffer] as ArrayBuffer[]);
  return session.learn.run("assess", input, { signal: context.signal, transfer });
}

/** All results; the first failure stops the rest. */
export async function allOrStop<Results extends readonly Promise<unknown>[]>(
  promises: Results,
  stop: AbortController,
): Promise<{ -readonly [At in keyof Results]: Awaited<Results[At]> }> {
  try {
    return await Promise.all(promises);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(promises);
    throw error;
  }
}
