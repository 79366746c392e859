import type { Progress } from "../../core/progress.ts";
import type { EngineName } from "../../workers/gpu.jobs.ts";
import type { FoldRequest, FoldResult, PredictReport } from "../../workers/learn.jobs.ts";
import type { RunContext } from "./job-run.svelte.ts";
import type { LearnSession } from "./learn-session.ts";
import type { ParamsByLearner } from "./learner-params.ts";
import type { LEARNERS } from "./settings.ts";
import { WeightedProgress } from "./weighted-progress.ts";

type LearnerId = (typeof LEARNERS)[number];

export interface PredictPlan {
  readonly learners: readonly LearnerId[];
  readonly params: ParamsByLearner;
  readonly nFolds: number;
  readonly seed: number;
  readonly quick: boolean;
  readonly engine: EngineName | "auto";
}

/** Relative cost of a learner's fold, for the progress bar alone. */
const WEIGHT: Record<LearnerId, number> = { "random-forest": 2, xgboost: 2, softmax: 1, neural: 2, "ml-random-forest": 10 };

/** The reference learner is slow, so it is run on the first fold only. */
const foldsOf = (learner: LearnerId, nFolds: number) => (learner === "ml-random-forest" ? 1 : nFolds);

/** Every learner on every fold, spread over the workers, then the comparison. */
export async function runPredict(session: LearnSession, plan: PredictPlan, context: RunContext): Promise<PredictReport> {
  const progress = new WeightedProgress(context, "fit");
  const stop = new AbortController();
  context.signal.addEventListener("abort", () => stop.abort(), { once: true });
  const fits: Promise<FoldResult>[] = [];
  const slowestFirst = [...plan.learners].sort((a, b) => WEIGHT[b] - WEIGHT[a]);
  for (const learner of slowestFirst) {
    for (let fold = 0; fold < foldsOf(learner, plan.nFolds); fold++) {
      const advance = progress.add(WEIGHT[learner]);
      const request: FoldRequest = {
        learner,
        params: plan.params[learner] ?? {},
        fold,
        nFolds: plan.nFolds,
        seed: plan.seed,
        quick: plan.quick,
        mode: "real-only",
        synthetic: { train: null, test: null },
      };
      const options = {
        signal: stop.signal,
        onProgress: (event: Progress) => advance(event.done / Math.max(1, event.total), learner),
      };
      const fit =
        learner === "softmax" || learner === "neural"
          ? session.gpu.run("fitFold", { ...request, engine: plan.engine }, options)
          : session.learn.run("fitFold", request, options);
      fits.push(
        fit.then((result) => {
          advance(1, learner);
          return result;
        }),
      );
    }
  }
  const results = await allOrStop(fits, stop);
  return session.learn.run("assess", { results, nFolds: plan.nFolds, seed: plan.seed }, { signal: context.signal });
}

/** All results; the first failure stops the rest. */
export async function allOrStop<Result>(promises: readonly Promise<Result>[], stop: AbortController): Promise<Result[]> {
  try {
    return await Promise.all(promises);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(promises);
    throw error;
  }
}
