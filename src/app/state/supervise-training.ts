import { TrendloomError } from "../../core/errors.ts";
import type { RunOptions } from "../../rpc/client.ts";
import type { EngineName, GanCheckpoint, GanProgress } from "../../workers/gpu.jobs.ts";
import { type Recovery, type Restart, recoverTraining, type TrainingState } from "./recover-training.ts";
import { watchForStall } from "./stall-watch.ts";

type Attempt<Output> = (restart: Restart, options: RunOptions<GanProgress>) => Promise<Output>;

/** What a training is followed by. */
export interface Supervision {
  readonly signal: AbortSignal;
  /** Where it may use what the machine has: `auto`. An attempt that ends before it names its engine is made again only with a name. */
  readonly engine: EngineName | "auto";
  /** Where an earlier visit stopped. */
  readonly first?: GanCheckpoint | null;
  isPaused?(): boolean;
  onProgress(event: GanProgress): void;
  onRecovery(recovery: Recovery): void;
}

/** One attempt, which is ended when its steps stop coming. @throws TrendloomError worker-unresponsive, and what the job throws */
async function watched<Output>(attempt: Attempt<Output>, restart: Restart, supervision: Supervision): Promise<Output> {
  const stall = new AbortController();
  const watch = watchForStall(
    () => supervision.isPaused?.() ?? false,
    () => stall.abort(),
  );
  const onProgress = (event: GanProgress) => {
    if (event.stage === "train") watch.heard();
    // What comes after the last step is one piece of work.
    else if (event.stage === "calibrate") watch.stop();
    supervision.onProgress(event);
  };
  try {
    return await attempt(restart, { onProgress, signal: AbortSignal.any([supervision.signal, stall.signal]) });
  } catch (error) {
    throw stall.signal.aborted ? new TrendloomError("worker-unresponsive") : error;
  } finally {
    watch.stop();
  }
}

/**
 * Runs a generator's training to its end: from its last checkpoint, or from its start where there is none yet, when its engine or
 * its worker dies or its steps stop coming.
 * @throws TrendloomError what the last attempt ended with
 */
export function superviseTraining<Output>(attempt: Attempt<Output>, supervision: Supervision): Promise<Output> {
  const { engine, first = null, onRecovery } = supervision;
  let state: TrainingState = { engine: engine === "auto" ? null : engine, checkpoint: first };
  const onProgress = (event: GanProgress) => {
    state = { engine: event.engine?.engine ?? state.engine, checkpoint: event.checkpoint ?? state.checkpoint };
    supervision.onProgress(event);
  };
  return recoverTraining(
    (restart) => watched(attempt, restart, { ...supervision, onProgress }),
    () => state,
    onRecovery,
    first,
  );
}
