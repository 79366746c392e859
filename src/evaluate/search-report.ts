import type { LearnerParams } from "./fold-result.ts";
import type { LearnerId } from "./learner.ts";

export type SearchMethod = "random" | "halving";

export interface SearchRequest {
  readonly learner: LearnerId;
  /** The settings that the search starts from. */
  readonly params: LearnerParams;
  readonly method: SearchMethod;
  readonly fold: number;
  readonly nFolds: number;
  readonly seed: number;
  readonly quick: boolean;
}

/** Mean losses on inner folds of the training rows (log loss, or RMSE); the chosen one's is the smallest of many and flatters. */
export interface ChosenParams {
  readonly params: LearnerParams;
  readonly score: number;
  readonly defaultScore: number;
}

export interface FoldSearch extends ChosenParams {
  readonly learner: LearnerId;
  readonly fold: number;
  readonly method: SearchMethod;
  readonly nTrials: number;
}

/** Settings that were searched for, fold by fold, each inside the fold's training rows. */
export interface Tuning {
  readonly method: SearchMethod;
  /** Settings tried in each fold, the given ones among them. */
  readonly nTrials: number;
  readonly folds: readonly ChosenParams[];
}
