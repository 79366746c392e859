import type { LearnerId } from "./learner.ts";

export type Mistake = "duplicates-before-split" | "notebook-recipe" | "our-gan-before-split";

/** A mistake made on purpose: rows mixed first and split afterwards. Never a headline, never shared. */
export interface LeakReplay {
  readonly mistake: Mistake;
  readonly learner: LearnerId;
  readonly metric: "accuracy" | "r2";
  /** The one number that such an analysis would have reported. */
  readonly reported: number;
  /** The same predictions on generated (or copied) test rows, and on real ones alone; null where there are none of them. */
  readonly onSynthetic: number | null;
  readonly onReal: number;
  /** What the same learner reaches on real rows that nothing has leaked into, and what always guessing the commonest reaches. */
  readonly honest: number;
  readonly guess: number;
  readonly nTestReal: number;
  readonly nTestSynthetic: number;
}
