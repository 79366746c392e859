import type { Progress } from "../../core/progress.ts";
import type { ArmMode, FoldResult, LedgerReport } from "../../workers/learn.jobs.ts";
import type { RunContext } from "./job-run.svelte.ts";
import type { LearnSession } from "./learn-session.ts";
import { allOrStop } from "./run-predict.ts";
import { type SynthesizeOutput, synthesizeFraction, synthesizeInput } from "./run-synthesize.svelte.ts";
import type { VerdictPlan } from "./run-verdict.ts";
import { WeightedProgress } from "./weighted-progress.ts";

const ARMS: readonly ArmMode[] = ["real-only", "augment", "synthetic-only"];

/** Training a generator takes about this many times as long as fitting one arm. */
const GENERATOR_WEIGHT = 8;

/**
 * The ledger: in every fold a generator is fitted on the fold's training rows (the first fold has its own already),
 * then each learner is fitted on real, real + generated, and generated rows, and scored on the fold's real rows.
 */
export async function runLedger(
  session: LearnSession,
  plan: VerdictPlan,
  first: SynthesizeOutput,
  context: RunContext,
): Promise<LedgerReport> {
  const { nFolds, seed } = plan.synthesize;
  const progress = new WeightedProgress(context, "ledger");
  const stop = new AbortController();
  context.signal.addEventListener("abort", () => stop.abort(), { once: true });

  const fitFold = async (
    fold: number,
    rows: SynthesizeOutput["ledger"],
    advance: ((fraction: number) => void)[],
  ): Promise<FoldResult[]> => {
    const fits = plan.learners.flatMap((learner, i) =>
      ARMS.map(async (mode, j) => {
        const done = advance[i * ARMS.length + j];
        const request = {
          learner,
          params: plan.params[learner] ?? {},
          fold,
          nFolds,
          seed,
          quick: plan.quick,
          mode,
          synthetic: rows,
        };
        const onProgress = (event: Progress) => done(event.done / Math.max(1, event.total));
        const result = await session.learn.run("fitFold", request, { signal: stop.signal, onProgress });
        done(1);
        return result;
      }),
    );
    return Promise.all(fits);
  };

  const folds = Array.from({ length: nFolds }, (_, fold) => {
    const advanceGenerator = fold === 0 ? null : progress.add(GENERATOR_WEIGHT);
    const advanceFits = plan.learners.flatMap(() => ARMS.map(() => progress.add(1)));
    return { fold, advanceGenerator, advanceFits };
  });
  const results = await allOrStop(
    folds.map(async ({ fold, advanceGenerator, advanceFits }) => {
      if (!advanceGenerator) return fitFold(fold, first.ledger, advanceFits);
      // The same engine for every fold: a race could end differently.
      const input = { ...synthesizeInput(plan.synthesize, fold, false), engine: first.report.engine.engine, ports: [] };
      const made = await session.gpu.run("synthesize", input, {
        signal: stop.signal,
        onProgress: (event) => advanceGenerator(synthesizeFraction(event)),
      });
      advanceGenerator(1);
      return fitFold(fold, made.ledger, advanceFits);
    }),
    stop,
  );
  return session.learn.run("settleLedger", { results: results.flat(), nFolds, seed }, { signal: context.signal });
}
