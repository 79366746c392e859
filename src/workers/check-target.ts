import { TrendloomError } from "../core/errors.ts";
import type { AsyncWork } from "../core/progress.ts";
import type { Learner } from "../evaluate/learner.ts";
import type { QuickSignalRequest, TargetCheck } from "../evaluate/predict-report.ts";
import { quickSignal } from "../evaluate/quick-signal.ts";
import { N_CHEAP_FOLDS } from "../evaluate/refit.ts";
import { retarget } from "../structure/learning-table.ts";
import { type Column, getColumn } from "../table/table.ts";
import type { Task } from "../table/task.ts";
import type { LearningTable } from "./learn.jobs.ts";
import { treeLearner } from "./tree-learners.ts";

const FOREST = { nTrees: 25, maxDepth: 8 } as const;
const BOOSTING = { maxDepth: 3, learningRate: 0.3, earlyStoppingRounds: 0 } as const;
/** A round of boosting grows a tree for each class. */
const MAX_BOOSTED_TREES = 120;
const MAX_ROUNDS = 20;
const MIN_ROUNDS = 4;

/** A small forest and a shallow boosting: seconds for a whole file, enough to tell signal from none. */
export function cheapLearners(task: Task): Learner[] {
  const nTreesOfRound = task.kind === "classification" && task.classes.length > 2 ? task.classes.length : 1;
  const nRounds = Math.max(MIN_ROUNDS, Math.min(MAX_ROUNDS, Math.floor(MAX_BOOSTED_TREES / nTreesOfRound)));
  return [treeLearner("random-forest", FOREST), treeLearner("xgboost", { ...BOOSTING, nRounds })];
}

/** Free text is no answer to guess, nor is a date. */
const isAskable = ({ type }: Column): boolean => type !== "text" && type !== "date";

function targeted(learning: LearningTable, target: string) {
  if (!isAskable(getColumn(learning.table, target))) return null;
  try {
    return retarget(learning, target, N_CHEAP_FOLDS);
  } catch (error) {
    if (error instanceof TrendloomError) return null;
    throw error;
  }
}

/** The quick signal check of one feature as the target; null where it cannot be one: too many classes, too rare ones. */
export async function* checkTarget(learning: LearningTable, request: QuickSignalRequest): AsyncWork<TargetCheck | null> {
  const rows = targeted(learning, request.target);
  return rows && (yield* quickSignal(rows, cheapLearners(rows.task), request));
}
