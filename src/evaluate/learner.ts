import type { AsyncWork, Work } from "../core/progress.ts";
import type { Random } from "../core/random.ts";
import type { TrainRows } from "../table/split-rows.ts";
import type { Table } from "../table/table.ts";
import type { Task } from "../table/task.ts";

export type LearnerId = "random-forest" | "xgboost" | "softmax" | "neural" | "ml-random-forest";

/** A fitted model. Probabilities (nRows × nClasses), row-major, for classification; values (nRows) for regression. */
export interface FittedModel {
  predict(table: Table): Float64Array;
  /**
   * What the fitting tells of itself: `rounds` kept by early stopping and the `validationLoss` that stopped it, `trees`,
   * scores on out-of-bag rows (`outOfBagAccuracy`, `outOfBagLogLoss`, `outOfBagR2`).
   */
  readonly facts?: Readonly<Record<string, number>> | undefined;
  /** Releases what the garbage collector cannot (GPU memory). */
  dispose?(): void;
}

export interface Learner {
  readonly id: LearnerId;
  /** Where the model is trained, and why there: shown beside every score. `reason` is a key the app turns into words. */
  readonly device: { readonly name: string; readonly reason: string };
  fit(train: TrainRows, task: Task, random: Random): Work<FittedModel> | AsyncWork<FittedModel>;
}
