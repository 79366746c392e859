import { expect, test } from "vitest";
import type { RunContext, RunProgress } from "../../../../src/app/state/job-run.svelte.ts";
import type { LearnSession } from "../../../../src/app/state/learn-session.ts";
import { makePlans } from "../../../../src/app/state/plans.ts";
import { runPredict } from "../../../../src/app/state/run-predict.ts";
import { SETTINGS, type Settings } from "../../../../src/app/state/settings.ts";
import { defaultValues } from "../../../../src/core/params.ts";
import type { QuickSignalRequest, RefitRequest } from "../../../../src/evaluate/predict-report.ts";
import type { FoldRequest, FoldSearch, SearchRequest } from "../../../../src/workers/learn.jobs.ts";
import { noSignal } from "../predict-report.ts";

interface Asked {
  readonly job: string;
  readonly input: unknown;
}

/** Workers that write down what they are asked and answer with as much as the page reads. */
function fakeSession(asked: Asked[]): LearnSession {
  const run = async (
    job: string,
    input: unknown,
    { onProgress }: { onProgress?: (event: { stage: string; done: number; total: number }) => void },
  ) => {
    asked.push({ job, input });
    onProgress?.({ stage: job === "searchFold" ? "search" : "boosting", done: 1, total: 2 });
    if (job === "assess") return noSignal;
    if (job === "fitFold") return { ...(input as FoldRequest), predictions: new Float64Array(1), testIndex: new Int32Array(1) };
    if (job === "signalColumns") return [];
    if (job === "refit") return (input as RefitRequest).permutation;
    if (job === "quickSignal") return (input as QuickSignalRequest).target === "Text" ? null : input;
    const { learner, fold, params } = input as SearchRequest;
    return { learner, fold, params: { ...params, found: fold }, method: "halving", nTrials: 9, score: 1, defaultScore: 2 };
  };
  return { learn: { run }, gpu: { run }, features: ["Age", "Text", "Gender"] } as unknown as LearnSession;
}

async function ask(change: Partial<Settings>): Promise<{ asked: Asked[]; told: RunProgress[] }> {
  const asked: Asked[] = [];
  const told: RunProgress[] = [];
  const settings: Settings = { ...defaultValues(SETTINGS), folds: 3, learners: ["xgboost", "softmax"], ...change };
  const context: RunContext = {
    signal: new AbortController().signal,
    report: (event) => told.push(event),
    steer: () => {},
    isPaused: () => false,
  };
  const report = await runPredict(fakeSession(asked), makePlans(settings, 100).predict, context);
  expect(report).toBe(noSignal);
  return { asked, told };
}

const of = <Input>(asked: readonly Asked[], job: string) =>
  asked.filter((each) => each.job === job).map(({ input }) => input as Input);

test("each fold of a tree learner is searched first, and fitted with what its own search found", async () => {
  const { asked, told } = await ask({ tune: "halving" });
  const searches = of<SearchRequest>(asked, "searchFold");
  expect(searches.map(({ learner, fold, method }) => [learner, fold, method])).toEqual(
    [0, 1, 2].map((fold) => ["xgboost", fold, "halving"]),
  );
  const fits = of<FoldRequest>(asked, "fitFold");
  const boosting = fits.filter(({ learner }) => learner === "xgboost");
  expect(boosting.map(({ fold, params }) => [fold, params?.found, params?.nRounds])).toEqual(
    [0, 1, 2].map((fold) => [fold, fold, 100]),
  );
  expect(fits.filter(({ learner }) => learner === "softmax").map(({ params }) => params)).toEqual([{}, {}, {}]);
  const [{ searches: given }] = of<{ searches: FoldSearch[] }>(asked, "assess");
  expect(given.map(({ fold, params }) => [fold, params.found])).toEqual([0, 1, 2].map((fold) => [fold, fold]));
  expect(told.map(({ stage }) => stage)).toContain("search");
  expect(told.at(-1)).toMatchObject({ stage: "fit", fraction: 1, done: 114, total: 114 });
});

test("without a search the given settings are fitted as they are", async () => {
  const { asked, told } = await ask({ tune: "none", boostingRounds: 7 });
  expect(of(asked, "searchFold")).toEqual([]);
  expect(of<FoldRequest>(asked, "fitFold").find(({ learner }) => learner === "xgboost")?.params).toMatchObject({ nRounds: 7 });
  expect(of<{ searches: FoldSearch[] }>(asked, "assess")[0].searches).toEqual([]);
  expect(told.every(({ stage }) => stage === "fit")).toBe(true);
});

test("the signal check refits and asks for every other column; a quick run refits less", async () => {
  const full = await ask({ quick: false });
  const [input] = of<{ refitLosses: number[]; checks: QuickSignalRequest[] }>(full.asked, "assess");
  expect(input.refitLosses).toEqual(Array.from({ length: 101 }, (_, permutation) => permutation));
  expect(input.checks.map(({ target }) => target)).toEqual(["Age", "Gender"]);
  const quick = await ask({ quick: true });
  expect(of(quick.asked, "refit")).toHaveLength(10);
});
