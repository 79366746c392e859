import { TrendloomError } from "../../core/errors.ts";
import type { EngineName, GanCheckpoint } from "../../workers/gpu.jobs.ts";

/** An engine that stopped while it trained, and where the next one went on. */
export interface Recovery {
  readonly lost: EngineName;
  /** Step of the checkpoint; 0 where training began again. */
  readonly fromStep: number;
}

/** Where an attempt begins, and which engines it must not use. */
export interface Restart {
  readonly resume: GanCheckpoint | null;
  readonly lost: readonly EngineName[];
}

const MAX_RECOVERIES = 3;
const RECOVERABLE = new Set(["engine-lost", "worker-died", "worker-unresponsive"]);
const GRAPHICS: readonly EngineName[] = ["webgpu", "webgl"];

/** What is known of the training under way. */
export interface TrainingState {
  readonly engine: EngineName | null;
  readonly checkpoint: GanCheckpoint | null;
}

/**
 * Runs a training; where its engine or its worker dies, it goes on from the last checkpoint, three times at most. An engine
 * on a graphics device is not used again; a processor cannot be lost, so that its engine is. `first` is where an earlier visit
 * stopped.
 */
export async function recoverTraining<Output>(
  attempt: (restart: Restart) => Promise<Output>,
  state: () => TrainingState,
  onRecovery: (recovery: Recovery) => void,
  first: GanCheckpoint | null = null,
): Promise<Output> {
  const lost: EngineName[] = [];
  let resume = first;
  for (let nRecoveries = 0; ; nRecoveries++) {
    try {
      return await attempt({ resume, lost });
    } catch (error) {
      const { engine, checkpoint } = state();
      const isRecoverable = error instanceof TrendloomError && RECOVERABLE.has(error.code);
      if (!isRecoverable || engine === null || nRecoveries >= MAX_RECOVERIES) throw error;
      if (GRAPHICS.includes(engine)) lost.push(engine);
      resume = checkpoint;
      onRecovery({ lost: engine, fromStep: checkpoint?.step ?? 0 });
    }
  }
}
