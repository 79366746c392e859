const TICK_MS = 5000;
const LEAST_LIMIT_MS = 60_000;
/** A step may take so many times as long as the longest one before it. */
const PATIENCE = 10;

export interface StallWatch {
  /** A sign of life between two steps. */
  heard(): void;
  stop(): void;
}

/**
 * Calls `onStall` once when work that gave signs of life gives none for a minute, and for ten times its longest silence so far.
 * Counted in ticks of the page, so that neither a pause nor the sleep of the machine counts.
 */
export function watchForStall(isPaused: () => boolean, onStall: () => void): StallWatch {
  let silentMs = 0;
  let longestMs = 0;
  let hasBegun = false;
  const timer = setInterval(() => {
    if (!hasBegun || isPaused()) return;
    silentMs += TICK_MS;
    if (silentMs <= Math.max(LEAST_LIMIT_MS, PATIENCE * longestMs)) return;
    clearInterval(timer);
    onStall();
  }, TICK_MS);
  return {
    heard() {
      hasBegun = true;
      longestMs = Math.max(longestMs, silentMs);
      silentMs = 0;
    },
    stop: () => clearInterval(timer),
  };
}
