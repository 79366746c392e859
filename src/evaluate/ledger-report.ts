import type { Task } from "../table/task.ts";
import type { LedgerSampler } from "./fold-result.ts";
import type { LearnerId } from "./learner.ts";
import type { Baseline, Spread } from "./predict-report.ts";

export interface LedgerEntry {
  /** Where the added rows come from; of no meaning for `real-only`. */
  readonly sampler: LedgerSampler;
  /** `balanced` adds generated rows only to classes below the largest, up to its size. */
  readonly mode: "augment" | "balanced" | "synthetic-only" | "real-only";
  readonly multiple: number;
  readonly learner: LearnerId;
  /** The metric that the gain and the verdict refer to; positive gain means better. */
  readonly metric: "logLoss" | "rmse";
  readonly primary: boolean;
  readonly real: Spread;
  readonly synthetic: Spread | null;
  readonly mixed: Spread | null;
  /** The same three for the metric people read (accuracy, or R²). */
  readonly shown: {
    readonly metric: "accuracy" | "r2";
    readonly real: Spread;
    readonly synthetic: Spread | null;
    readonly mixed: Spread | null;
  };
  /** Paired difference to real-only on real held-out rows, Nadeau–Bengio corrected 95 % interval; null for real-only itself. */
  readonly gain: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly shownGain: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly verdict: "helped" | "none" | "hurt" | null;
  /** The gain holds, and yet the model is not measurably better than the best baseline: noise rows alone can do that. */
  readonly isOnlyTamed: boolean;
  /** The smallest gain that this design would find in four of five repeats, at the strictest level of the arm's family; null for real-only itself. */
  readonly minimumDetectable: number | null;
}

/** One way of training, of one learner. */
export type LedgerArm = Pick<LedgerEntry, "sampler" | "mode" | "multiple" | "learner">;

export interface LedgerReport {
  readonly task: Task;
  readonly nFolds: number;
  /** Model seeds, and draws of each generator, that every fold's score is the mean of. */
  readonly nRepeats: number;
  readonly nRows: number;
  readonly entries: readonly LedgerEntry[];
  readonly baselines: readonly Baseline[];
  /** Arms that were not run, to save time. */
  readonly leftOut: readonly LedgerArm[];
  /** Of the primary arms: helped if any of them helped, else hurt if any hurt, else none. */
  readonly verdict: "helped" | "none" | "hurt";
}
