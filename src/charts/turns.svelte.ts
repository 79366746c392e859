import { flushSync } from "svelte";

/** Drawing goes on within a task for at most so long; a screen of many parts then lets the browser paint and hear. */
const TASK_MS = 12;

/** What turns are taken by; tests hand in their own. */
export interface TurnClock {
  now(): number;
  /** Runs a task once the browser had its turn. */
  later(task: () => void): void;
  /** Nobody looks: timers are slow and nothing is painted. */
  isHidden(): boolean;
  /** Puts what `draw` changes onto the page at once. */
  flush(draw: () => void): void;
}

const PAGE: TurnClock = {
  now: () => performance.now(),
  later: (task) => void setTimeout(task),
  isHidden: () => document.visibilityState === "hidden",
  flush: (draw) => void flushSync(draw),
};

/**
 * Parts of screens that wait to be drawn, first come, first served, a few in each task: a screen with dozens of figures would
 * block the page if it were drawn as a whole.
 */
export class Turns {
  /** Something still waits: what is on the page is not the whole screen yet. */
  isWaiting = $state(false);
  private waiting: (() => void)[] = [];
  private isPlanned = false;

  constructor(private readonly clock: TurnClock = PAGE) {}

  /** Draws a part in its turn; the function that is given back takes it out again. */
  take(draw: () => void): () => void {
    this.waiting.push(draw);
    this.plan();
    return () => {
      this.waiting = this.waiting.filter((other) => other !== draw);
    };
  }

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    this.isWaiting = true;
    this.clock.later(() => this.go());
  }

  private go(): void {
    const end = this.clock.isHidden() ? Number.POSITIVE_INFINITY : this.clock.now() + TASK_MS;
    try {
      do {
        const draw = this.waiting.shift();
        if (draw) this.clock.flush(draw);
      } while (this.waiting.length > 0 && this.clock.now() < end);
    } finally {
      // A part that cannot be drawn keeps the others from nothing.
      this.isPlanned = false;
      if (this.waiting.length > 0) this.plan();
      else this.isWaiting = false;
    }
  }
}

/** Those of the page. */
export const turns = new Turns();
