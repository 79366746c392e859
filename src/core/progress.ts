/**
 * What a long computation yields: each yield is one progress event and one point at which it can be cancelled.
 * `done` and `total` count `unit`s; `stage` is a key that the app turns into words.
 */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly unit?: "tree" | "round" | "step" | "fold" | "row" | "epoch" | "start" | "task";
  /** Loss on rows held back from fitting, where there are such. */
  readonly validationLoss?: number;
}

/** A long computation written plainly: a `for` loop tests it, a worker streams it. */
export type Work<Output, Event = Progress> = Generator<Event, Output, void>;
export type AsyncWork<Output, Event = Progress> = AsyncGenerator<Event, Output, void>;

/** Runs a computation to its end and gives its output. */
export function finish<Output>(work: Generator<unknown, Output, void>): Output {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

export async function finishAsync<Output>(work: AsyncGenerator<unknown, Output, void>): Promise<Output> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}
