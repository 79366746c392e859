import type { AsyncWork, Progress } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { Fold } from "../table/split-rows.ts";
import { innerFolds, type TrainRows, takeShare } from "../table/split-rows.ts";
import type { Task } from "../table/task.ts";
import { foldOf, type LearningRows } from "./fold-of.ts";
import type { LearnerParams } from "./fold-result.ts";
import type { FittedModel, Learner, LearnerId } from "./learner.ts";
import { metricsOf, scorePredictions } from "./score-predictions.ts";
import type { FoldSearch, SearchMethod, SearchRequest } from "./search-report.ts";
import { drawParams, type SearchSpace, searchSpace } from "./search-space.ts";

const N_INNER_FOLDS = 3;
/** Successive halving keeps one of so many candidates from rung to rung and gives it as many times the resource. */
const ETA = 3;
/** A rung with fewer training rows, or trees, would tell noise. */
const MIN_ROWS = 150;
const MIN_TREES = 10;

const N_TRIALS: Readonly<Record<SearchMethod, { readonly full: number; readonly quick: number }>> = {
  random: { full: 40, quick: 10 },
  halving: { full: 81, quick: 18 },
};

/** Settings tried in a search, the given ones among them. */
export const nTrialsOf = (method: SearchMethod, quick: boolean): number => N_TRIALS[method][quick ? "quick" : "full"];

export interface SearchJob {
  /** The only rows that the search sees. */
  readonly train: TrainRows;
  readonly task: Task;
  readonly space: SearchSpace;
  /** Settings that are tried as they are, and that the others differ from within `space`. */
  readonly base: LearnerParams;
  readonly method: SearchMethod;
  readonly nTrials: number;
  readonly makeLearner: (params: LearnerParams) => Learner;
  readonly random: Random;
}

export interface SearchResult {
  readonly params: LearnerParams;
  /** Mean inner loss of the best settings: the smallest of many, so it flatters. */
  readonly score: number;
  /** Mean inner loss of the given settings. */
  readonly defaultScore: number;
}

interface Candidate {
  readonly params: LearnerParams;
  readonly score: number;
}

interface Search extends SearchJob {
  readonly folds: readonly Fold[];
}

/** Runs a fit, telling the search's progress instead of the fit's own. */
async function* fitQuietly(
  learner: Learner,
  train: TrainRows,
  { task, random }: Search,
  event: Progress,
): AsyncWork<FittedModel> {
  const work = learner.fit(train, task, random.split("fit"));
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
    yield event;
  }
}

/** Mean loss on the inner folds, fitted with a share of the resource. The same rows and streams for every candidate. */
async function* scoreCandidate(search: Search, params: LearnerParams, share: number, event: Progress): AsyncWork<number> {
  const { task, space, folds, makeLearner, random } = search;
  const nTrees = Math.max(MIN_TREES, Math.round((params.nTrees ?? 0) * share));
  const learner = makeLearner(share < 1 && space.resource === "nTrees" ? { ...params, nTrees } : params);
  const { loss } = metricsOf(task);
  let sum = 0;
  for (const [i, { train, test }] of folds.entries()) {
    const isPart = share < 1 && space.resource === "rows";
    const rows = isPart ? takeShare(train, task.target, share, random.split(`share ${i}`)) : train;
    const model = yield* fitQuietly(learner, rows, search, event);
    sum += scorePredictions(task, test.table, model.predict(test.table))[loss];
    model.dispose?.();
  }
  return sum / folds.length;
}

/** Rungs of successive halving: 1 + ⌊log₃ nTrials⌋, fewer where the first would have too little to learn from. */
function nRungsOf({ method, nTrials, space, base, folds }: Search): number {
  if (method === "random") return 1;
  const [most, least] = space.resource === "rows" ? [folds[0].train.table.nRows, MIN_ROWS] : [base.nTrees ?? 0, MIN_TREES];
  let nRungs = 1;
  for (let part = ETA; part <= nTrials && most / part >= least; part *= ETA) nRungs++;
  return nRungs;
}

/**
 * Settings of a learner chosen inside the training rows: drawn at random from declared ranges (Bergstra and Bengio 2012),
 * all tried in full; or by successive halving (Jamieson and Talwalkar 2016), where many are tried with little, a third
 * goes on with three times as much, and so on. The given settings are always tried in full and win ties. The loss is
 * the mean over inner stratified folds. One progress event per step of a fit.
 */
export async function* searchParams(job: SearchJob): AsyncWork<SearchResult> {
  const { task, space, base, nTrials, random } = job;
  const search: Search = { ...job, folds: innerFolds(job.train, task.target, N_INNER_FOLDS, random.split("folds")) };
  const nRungs = nRungsOf(search);
  const sizes = Array.from({ length: nRungs }, (_, rung) => Math.max(1, Math.floor((nTrials - 1) / ETA ** rung)));
  const total = 1 + sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  const event = (): Progress => ({ stage: "search", done, total, unit: "task" });

  const defaultScore = yield* scoreCandidate(search, base, 1, event());
  let field: Candidate[] = Array.from({ length: nTrials - 1 }, (_, trial) => ({
    params: drawParams(space, base, random.split(`trial ${trial}`)),
    score: Number.NaN,
  }));
  for (const [rung, size] of sizes.entries()) {
    const scored: Candidate[] = [];
    for (const { params } of field.slice(0, size)) {
      done++;
      scored.push({ params, score: yield* scoreCandidate(search, params, ETA ** (rung + 1 - nRungs), event()) });
    }
    field = scored.sort((a, b) => a.score - b.score);
  }
  const given: Candidate = { params: base, score: defaultScore };
  const best = field.length > 0 && field[0].score < defaultScore ? field[0] : given;
  return { params: best.params, score: best.score, defaultScore };
}

/** The search of one outer fold, which sees that fold's training rows alone. */
export async function* searchFold(
  learning: LearningRows,
  request: SearchRequest,
  makeLearner: (id: LearnerId, params: LearnerParams) => Learner,
  random: Random,
): AsyncWork<FoldSearch> {
  const { task } = learning;
  const { learner, params, fold, method, quick } = request;
  const space = searchSpace(learner, task.features.length);
  if (!space) throw new Error(`${learner} has no settings to search`);
  const nTrials = nTrialsOf(method, quick);
  const found = yield* searchParams({
    train: foldOf(learning, request).train,
    task,
    space,
    base: params,
    method,
    nTrials,
    makeLearner: (chosen) => makeLearner(learner, chosen),
    random: random.split("search").split(learner).split(`fold ${fold}`),
  });
  return { learner, fold, method, nTrials, ...found };
}
