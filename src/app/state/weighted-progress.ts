import type { LearnerId } from "../../evaluate/learner.ts";
import type { RunContext } from "./job-run.svelte.ts";

interface Part {
  readonly weight: number;
  fraction: number;
}

/** Adds up the progress of parts that run side by side: fraction = Σ weight · part / Σ weight. */
export class WeightedProgress {
  private readonly parts: Part[] = [];
  private nDone = 0;

  constructor(
    private readonly context: RunContext,
    private readonly stage: string,
  ) {}

  /** Declares a part; its function takes the part's own fraction in [0, 1]. A search says so instead of the run's own stage. */
  add(weight: number): (fraction: number, subject?: LearnerId, stage?: string) => void {
    const part: Part = { weight, fraction: 0 };
    this.parts.push(part);
    return (fraction, subject, stage) => {
      if (fraction >= 1 && part.fraction < 1) this.nDone++;
      part.fraction = Math.max(part.fraction, Math.min(1, fraction));
      this.report(subject, stage === "search" && fraction < 1 ? stage : this.stage);
    };
  }

  private report(subject: LearnerId | undefined, stage: string): void {
    const total = this.parts.reduce((sum, part) => sum + part.weight, 0);
    const done = this.parts.reduce((sum, part) => sum + part.weight * part.fraction, 0);
    this.context.report({
      stage,
      fraction: done / total,
      done: this.nDone,
      total: this.parts.length,
      unit: "task",
      ...(subject === undefined ? {} : { subject }),
    });
  }
}
